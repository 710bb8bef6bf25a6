import { expect, test } from 'vitest';
import { Attempts, EMULATION, OFFLOAD, READ_WRITE } from '../../../src/linux/engine.ts';
import { Errno } from '../../../src/linux/errno.ts';
import { type Fallback, SlotState } from '../../../src/linux/slot-state.ts';
import { Measurement } from '../../../src/measure/measurement.ts';
import { COPY, READ, Slots } from '../../../src/workload/slots.ts';

const LENGTH = 8192;

function slotOf(direction: number, fallback: Fallback = 'never') {
  const slots = new Slots(1, 1);
  const attempts = new Attempts(1);
  const measurement = direction === COPY ? new Measurement() : null;
  const paths = [OFFLOAD, EMULATION, READ_WRITE];
  const state = new SlotState(slots, attempts, { paths, fallback }, measurement);
  slots.direction[0] = direction;
  slots.lengthBytes[0] = LENGTH;
  slots.offsetBytes[0] = 4096;
  slots.destOffsetBytes[0] = 65536;
  state.begin(0);
  /** An attempt brings so many bytes, or fails after them. */
  const attempt = (bytes: number, errno = 0): boolean => {
    attempts.doneBytes[0] = (attempts.doneBytes[0] ?? 0) + bytes;
    attempts.errno[0] = errno;
    return state.goesOn(0);
  };
  return { attempts, attempt, measurement, state };
}

test('a whole I/O has ended', () => {
  expect(slotOf(READ).attempt(LENGTH)).toBe(false);
});

test('a short one is tried again, as long as that brings it on', () => {
  const { attempt, state } = slotOf(READ);
  expect([attempt(4096), attempt(512), attempt(0)]).toEqual([true, true, false]);
  expect(state.failed(0)).toBe(false);
});

test('an error ends it, and says call, range and what was good', () => {
  const { attempts, attempt, state } = slotOf(COPY);
  attempts.call[0] = 2;
  expect([attempt(4096), attempt(0, Errno.ENOSPC)]).toEqual([true, false]);
  expect(state.failed(0)).toBe(true);
  expect(state.describe(0)).toBe(
    'ENOSPC: copy_file_range, copy of 8192 bytes at 4096 to 65536, after 4096 of them ' +
      '(the file system is full)',
  );
});

test('a read has no destination to tell', () => {
  const { attempt, state } = slotOf(READ);
  attempt(0, Errno.EIO);
  expect(state.describe(0)).toBe('EIO: pread, read of 8192 bytes at 4096');
});

test('bytes are credited to the path that brought them, and why it was left', () => {
  const { attempts, attempt, measurement, state } = slotOf(COPY, 'unsupported');
  expect([attempt(1024, Errno.EXDEV), attempts.path[0], attempts.errno[0]]).toEqual([
    true,
    EMULATION,
    0,
  ]);
  expect([attempt(2048, Errno.EINVAL), attempts.path[0]]).toEqual([true, READ_WRITE]);
  expect(attempt(5120)).toBe(false);
  state.credit(0);
  const { offloadBytes, emulationBytes, readWriteBytes, fallbacks } = measurement ?? {};
  expect([offloadBytes, emulationBytes, readWriteBytes, fallbacks]).toEqual([1024, 2048, 5120, 2]);
  expect([...(measurement?.fallbackReasons ?? [])]).toEqual([
    ['offload: EXDEV', 1],
    ['emulation: EINVAL', 1],
  ]);
});

test.each<[Fallback, number, boolean]>([
  ['never', Errno.EOPNOTSUPP, false],
  ['unsupported', Errno.EOPNOTSUPP, true],
  ['unsupported', Errno.EIO, false],
  ['error', Errno.EIO, true],
])('fallback=%s after errno %i: %j', (fallback, errno, goesOn) => {
  expect(slotOf(COPY, fallback).attempt(0, errno)).toBe(goesOn);
});

test('the last path has nowhere to go', () => {
  const { attempt } = slotOf(COPY, 'error');
  expect([attempt(0, Errno.EIO), attempt(0, Errno.EIO), attempt(0, Errno.EIO)]).toEqual([
    true,
    true,
    false,
  ]);
});

test('a new I/O in the slot begins on the first path again', () => {
  const { attempts, attempt, state } = slotOf(COPY, 'error');
  attempt(0, Errno.EIO);
  state.begin(0);
  expect([attempts.path[0], attempts.doneBytes[0], attempts.errno[0]]).toEqual([OFFLOAD, 0, 0]);
});
