import { expect, test } from 'vitest';
import { LiveMemory } from '../../../src/runner/live-memory.ts';
import { jobLive } from '../../support/job-live.ts';

const TOLD = [
  jobLive({ state: 'ended', share: 1, ios: 7, bytes: 28_672, atNs: 1.5, p99Ns: 0 }),
  jobLive({ state: 'waiting', share: 0 }),
];

test('the first question has no answer, each later one that to the question before', () => {
  const asking = LiveMemory.for(2);
  const answering = new LiveMemory(asking.memory);
  expect(answering.asked).toBe(false);
  expect(asking.ask(false)).toBe(null);
  expect([answering.asked, answering.latenciesAsked]).toEqual([true, false]);
  answering.answer(TOLD);
  expect(answering.asked).toBe(false);
  expect(asking.ask(true)).toEqual(TOLD);
  expect([answering.asked, answering.latenciesAsked]).toEqual([true, true]);
});

test('what has no answer yet is asked once, and nobody reads while it is answered', () => {
  const live = LiveMemory.for(1);
  live.ask(true);
  expect(live.ask(false)).toBe(null);
  expect(live.latenciesAsked).toBe(true);
});
