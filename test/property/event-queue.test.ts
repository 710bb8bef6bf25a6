/** The wheel fires what the heap would, timer by timer, however time goes on. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from '../../src/sim/event-queue.ts';
import { TimerHeap } from '../../src/sim/heap.ts';
import { NEVER, Timer } from '../../src/sim/timer.ts';

const TURN_NS = 4096 * 64;

/** How far ahead something is due: at once, near, at the horizon, far; whole and not. */
const ahead = fc.oneof(
  fc.constantFrom(0, 0, 0.5, 5.12, 64, 63.999),
  fc.nat({ max: 1000 }),
  fc.nat({ max: TURN_NS }),
  fc.integer({ min: -130, max: 130 }).map((delta) => TURN_NS + delta),
  fc.nat({ max: 40 * TURN_NS }),
  fc.constantFrom(1e9, 30e9, 600e9),
  fc.double({ min: 0, max: 2 * TURN_NS, noNaN: true }),
);

type Step =
  | { readonly kind: 'push'; readonly aheadNs: number }
  | { readonly kind: 'pop' }
  /** A wall clock that has run on to here when the event fires. */
  | { readonly kind: 'late'; readonly byNs: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: ahead.map((aheadNs) => ({ kind: 'push', aheadNs }) as const) },
  { weight: 3, arbitrary: fc.constant({ kind: 'pop' } as const) },
  { weight: 1, arbitrary: ahead.map((byNs) => ({ kind: 'late', byNs }) as const) },
);

function timer(dueNs: number, slot: number): Timer {
  const made = new Timer({ fire: () => {} }, 0, slot);
  made.dueNs = dueNs;
  return made;
}

test('fires the same timers in the same order as the heap', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1e7 }), fc.array(step, { maxLength: 300 }), (startNs, steps) => {
      const wheel = new EventQueue();
      const heap = new TimerHeap();
      let nowNs = 0;
      let sequence = 0;
      const push = (dueNs: number): void => {
        wheel.push(timer(dueNs, sequence));
        heap.push(timer(dueNs, sequence));
        sequence += 1;
      };
      const pop = (): void => {
        const expected = heap.pop();
        expect(wheel.peek().slot).toBe(expected.slot);
        expect(wheel.pop().slot).toBe(expected.slot);
        if (expected !== NEVER && expected.dueNs > nowNs) nowNs = expected.dueNs;
      };
      push(startNs);
      for (const each of steps) {
        if (each.kind === 'push') push(nowNs + each.aheadNs);
        else pop();
        if (each.kind === 'late') nowNs += each.byNs;
        expect(wheel.size).toBe(heap.size);
      }
      while (heap.size > 0) pop();
      expect(wheel.pop()).toBe(NEVER);
    }),
    { numRuns: 300 },
  );
});
