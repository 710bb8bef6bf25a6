import { expect, test } from 'vitest';
import { BlockStates } from '../../../../src/device/store/block-states.ts';

test('states change in ranges across words and chunks', () => {
  const states = new BlockStates();
  states.setWritten(32_760, 80, true);
  expect(states.isWritten(32_759)).toBe(false);
  expect(states.isWritten(32_760)).toBe(true);
  expect(states.isWritten(32_839)).toBe(true);
  expect(states.isWritten(32_840)).toBe(false);
  expect(states.next(true, 0, 100_000)).toBe(32_760);
  expect(states.next(false, 32_760, 100_000)).toBe(32_840);
  states.setWritten(32_768, 1, false);
  expect(states.next(false, 32_760, 100_000)).toBe(32_768);
});

test('nothing found is the end of the range', () => {
  const states = new BlockStates();
  expect(states.next(true, 10, 20)).toBe(20);
  states.setWritten(10, 10, true);
  expect(states.next(false, 10, 20)).toBe(20);
  expect(states.next(true, 20, 20)).toBe(20);
});
