import { expect, test } from 'vitest';
import { ThinkTime, type ThinkTimeSpec } from '../../../src/workload/think-time.ts';

const SPEC: ThinkTimeSpec = {
  pauseNs: 1000,
  spinNs: 300,
  blocks: 3,
  counts: 'complete',
  ioTimeNs: null,
};

function thinkTime(changes: Partial<ThinkTimeSpec> = {}): ThinkTime {
  const think = new ThinkTime({ ...SPEC, ...changes });
  think.begin(0);
  return think;
}

/** An I/O ends that makes room for another. */
function count(think: ThinkTime, nowNs: number): void {
  think.counted();
  think.ask(nowNs);
}

test('is due after its blocks, and counts anew behind a pause', () => {
  const think = thinkTime();
  const due = [1, 2, 3].map((nowNs) => {
    count(think, nowNs);
    return think.due;
  });
  expect(due).toEqual([false, false, true]);
  // What was in flight ends before the pause begins, and counts towards the next.
  think.counted();
  think.pause(10);
  expect([think.due, think.untilNs, think.spinUntilNs]).toEqual([false, 1010, 310]);
  count(think, 1011);
  expect(think.due).toBe(false);
  count(think, 1012);
  expect(think.due).toBe(true);
});

test('is due after its time, which begins behind a pause', () => {
  const think = thinkTime({ blocks: null, ioTimeNs: 100 });
  count(think, 99);
  expect(think.due).toBe(false);
  count(think, 100);
  expect(think.due).toBe(true);
  think.pause(100);
  count(think, 1199);
  expect(think.due).toBe(false);
  count(think, 1200);
  expect(think.due).toBe(true);
});

test('both: whichever comes first', () => {
  const think = thinkTime({ ioTimeNs: 100 });
  count(think, 100);
  expect(think.due).toBe(true);
});
