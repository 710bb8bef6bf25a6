import { expect, test } from 'vitest';
import { Errno, errnoName } from '../../../src/linux/errno.ts';

test.each([
  [Errno.ENOSPC, 'ENOSPC'],
  [Errno.EAGAIN, 'EAGAIN'],
  [Errno.EOPNOTSUPP, 'EOPNOTSUPP'],
  [4095, 'errno 4095'],
])('%i is %s', (errno, name) => {
  expect(errnoName(errno)).toBe(name);
});
