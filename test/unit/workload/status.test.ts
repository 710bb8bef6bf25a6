import { expect, test } from 'vitest';
import { errnoOf, Status, statusName } from '../../../src/workload/status.ts';

/** blk_errors[] of block/blk-core.c. */
test.each([
  [Status.OK, 'OK', '0'],
  [Status.NOTSUPP, 'NOTSUPP', 'EOPNOTSUPP'],
  [Status.TIMEOUT, 'TIMEOUT', 'ETIMEDOUT'],
  [Status.NOSPC, 'NOSPC', 'ENOSPC'],
  [Status.TARGET, 'TARGET', 'EREMOTEIO'],
  [Status.MEDIUM, 'MEDIUM', 'ENODATA'],
  [Status.PROTECTION, 'PROTECTION', 'EILSEQ'],
  [Status.RESOURCE, 'RESOURCE', 'ENOMEM'],
  [Status.DEV_RESOURCE, 'DEV_RESOURCE', 'EBUSY'],
  [Status.IOERR, 'IOERR', 'EIO'],
  [Status.INVAL, 'INVAL', 'EINVAL'],
])('status %d is BLK_STS_%s, %s', (status, name, errno) => {
  expect([statusName(status), errnoOf(status)]).toEqual([name, errno]);
});

test('every status is in the table above', () => {
  expect(new Set(Object.values(Status)).size).toBe(11);
});
