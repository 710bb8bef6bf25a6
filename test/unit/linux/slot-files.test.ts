import { expect, test } from 'vitest';
import { SlotFiles } from '../../../src/linux/slot-files.ts';
import { Syncer } from '../../../src/linux/sync-policy.ts';
import { Slots } from '../../../src/workload/slots.ts';

const ENDS = { sourceBytes: 0, destinationBytes: 0 };
const FILES = [
  { sourceFd: 3, destinationFd: 5, ...ENDS },
  { sourceFd: 4, destinationFd: 6, ...ENDS },
  { sourceFd: 8, destinationFd: 6, ...ENDS },
];

test('a slot has the descriptors of the file that stands in it', () => {
  const { file } = new Slots(2, 1);
  const files = new SlotFiles(file, FILES);
  file[1] = 1;
  expect([files.source(0), files.destination(0)]).toEqual([3, 5]);
  expect([files.source(1), files.destination(1)]).toEqual([4, 6]);
  const numbered = files.numbered(
    (nth) => 2 * nth,
    (nth) => 2 * nth + 1,
  );
  expect([numbered.source(1), numbered.destination(1)]).toEqual([2, 3]);
});

test('a sync that is due is of the file that was written; at the end each is synced once', () => {
  const calls: string[] = [];
  const of = (call: string) => (fd: number) => {
    calls.push(`${call} ${fd}`);
    return fd === 6 && call === 'fdatasync' ? -5 : 0;
  };
  const files = new SlotFiles(new Slots(1, 1).file, FILES);
  const policy = { fsync: 2, fdatasync: 3, endFsync: true };
  const syncer = new Syncer({ fsync: of('fsync'), fdatasync: of('fdatasync') }, files, policy);
  expect([0, 1, 2].map((file) => syncer.written(file))).toEqual([null, null, 'EIO: fdatasync']);
  expect(syncer.failedFile).toBe(2);
  expect(syncer.ended()).toBeNull();
  expect(calls).toEqual(['fsync 6', 'fdatasync 6', 'fsync 5', 'fsync 6']);
});
