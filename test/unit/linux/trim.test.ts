import {
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  readFileSync,
  closeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Attempts, CALLS } from '../../../src/linux/engine.ts';
import { SlotFiles } from '../../../src/linux/slot-files.ts';
import { Errno } from '../../../src/linux/errno.ts';
import { loadSyscalls } from '../../../src/linux/syscalls.ts';
import { NoTrim, openTrim, Trim } from '../../../src/linux/trim.ts';
import { Slots, TRIM } from '../../../src/workload/slots.ts';

const folder = mkdtempSync(join(tmpdir(), 'coffer-trim-'));
afterAll(() => rmSync(folder, { recursive: true }));
const syscalls = loadSyscalls();
const KIB = 1024;

function aFile(slots: Slots, fd: number): SlotFiles {
  const ends = { sourceBytes: 0, destinationBytes: 0 };
  return new SlotFiles(slots.file, [{ sourceFd: fd, destinationFd: fd, ...ends }]);
}

test.skipIf(typeof syscalls === 'string')(
  'a range of a file becomes a hole, its length stays',
  () => {
    if (typeof syscalls === 'string') return;
    const path = join(folder, 'file');
    writeFileSync(path, Buffer.alloc(256 * KIB, 7));
    const sourceFd = openSync(path, 'r+');
    const slots = new Slots(1, 2);
    const attempts = new Attempts(1);
    slots.direction[0] = TRIM;
    slots.lengthBytes[0] = 128 * KIB;
    slots.rangeCount[0] = 2;
    slots.rangeOffsetBytes.set([64 * KIB, 192 * KIB]);
    const files = aFile(slots, sourceFd);
    const trim = openTrim({ syscalls, slots, attempts, files, trims: true });
    trim.perform(0);
    expect([attempts.doneBytes[0], attempts.errno[0]]).toEqual([64 * KIB, 0]);
    trim.perform(0);
    expect([attempts.doneBytes[0], attempts.errno[0]]).toEqual([128 * KIB, 0]);
    expect(CALLS[attempts.call[0] ?? 0]).toBe('fallocate(FALLOC_FL_PUNCH_HOLE)');
    trim.close();
    closeSync(sourceFd);
    const blank = (at: number) =>
      readFileSync(path)
        .subarray(at, at + 64 * KIB)
        .every((b) => b === 0);
    expect([0, 64, 128, 192].map((at) => blank(at * KIB))).toEqual([false, true, false, true]);
    expect(statSync(path).size).toBe(256 * KIB);
  },
);

test.skipIf(typeof syscalls === 'string')('an error is a value', () => {
  if (typeof syscalls === 'string') return;
  const path = join(folder, 'read-only');
  writeFileSync(path, Buffer.alloc(4096, 7));
  const sourceFd = openSync(path, 'r');
  const slots = new Slots(1, 1);
  const attempts = new Attempts(1);
  slots.lengthBytes[0] = 4096;
  slots.rangeCount[0] = 1;
  const trim = new Trim({ syscalls, slots, attempts, files: aFile(slots, sourceFd) });
  trim.perform(0);
  expect([attempts.doneBytes[0], attempts.errno[0]]).toEqual([0, Errno.EBADF]);
  trim.close();
  closeSync(sourceFd);
});

test('without the system call it says so', () => {
  const attempts = new Attempts(1);
  new NoTrim(attempts).perform(0);
  expect(attempts.errno[0]).toBe(Errno.ENOSYS);
});
