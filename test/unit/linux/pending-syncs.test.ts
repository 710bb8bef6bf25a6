import { expect, test } from 'vitest';
import { PendingSyncs } from '../../../src/linux/pending-syncs.ts';
import { SlotFiles } from '../../../src/linux/slot-files.ts';
import { Syncer } from '../../../src/linux/sync-policy.ts';
import { FDATASYNC, NO_SYNC } from '../../../src/workload/iolog.ts';

function rig(failing: number | null) {
  const told: string[] = [];
  const call = (name: string, fd: number, errno: number): number => {
    told.push(`${name} ${fd}`);
    return fd === failing ? -errno : 0;
  };
  const calls = {
    fsync: (fd: number) => call('fsync', fd, 5),
    fdatasync: (fd: number) => call('fdatasync', fd, 28),
  };
  const each = [30, 31, 32].map((fd) => {
    return { sourceFd: fd, destinationFd: fd, sourceBytes: 0, destinationBytes: 0 };
  });
  const files = new SlotFiles(new Uint16Array(1), each);
  const policy = { fsync: 2, fdatasync: 0, endFsync: false };
  return { syncs: new PendingSyncs(new Syncer(calls, files, policy), 8), told };
}

test('each is asked about once, in its turn', () => {
  const { syncs, told } = rig(null);
  for (const file of [0, 1, 2]) syncs.note(file, NO_SYNC);
  syncs.note(2, FDATASYNC);
  expect(syncs.count).toBe(4);
  expect(syncs.settle()).toBe(null);
  expect(syncs.settle()).toBe(null);
  expect(told).toEqual(['fsync 31', 'fdatasync 32']);
});

test('the first that fails is told with its file, and the others are done all the same', () => {
  const { syncs, told } = rig(31);
  for (const file of [0, 1, 2, 2]) syncs.note(file, NO_SYNC);
  expect(syncs.settle()).toBe('EIO: fsync');
  expect(syncs.failedFile).toBe(1);
  expect(told).toEqual(['fsync 31', 'fsync 32']);
});
