/**
 * A job at a pace, whatever its rates, pauses, depth and device: it does all it is to do, no I/O
 * starts before it was meant to, none is ahead of its rate, and none starts in a pause.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PaceSpec } from '../../src/workload/pace.ts';
import { READ, WRITE } from '../../src/workload/slots.ts';
import { DONE, ISSUE, LATER, type Workload } from '../../src/workload/workload.ts';
import { aWorkload } from '../support/workload-spec.ts';

const IOS = 60;

const rate = fc.option(fc.integer({ min: 1000, max: 10_000_000 }));
const pace: fc.Arbitrary<PaceSpec> = fc.record({
  rates: fc.record({ read: rate, write: rate, copy: fc.constant(null), trim: fc.constant(null) }),
  countsIos: fc.constant(true),
  process: fc.constantFrom('linear', 'poisson'),
  ignoresThinkTime: fc.boolean(),
  think: fc.option(
    fc.record({
      pauseNs: fc.integer({ min: 1, max: 100_000 }),
      spinNs: fc.constant(0),
      blocks: fc.integer({ min: 1, max: 10 }),
      counts: fc.constantFrom('issue', 'complete'),
      ioTimeNs: fc.option(fc.integer({ min: 1, max: 50_000 })),
    }),
  ),
});

interface Started {
  readonly direction: number;
  readonly atNs: number;
  readonly intendedNs: number;
}

/** Runs it as an engine would: whatever ends first comes first. */
function runs(workload: Workload, depth: number, ioNs: (nth: number) => number): Started[] {
  const started: Started[] = [];
  const ends = new Map<number, number>();
  let nowNs = 0;
  workload.begin(nowNs);
  for (let turns = 0; turns < 100 * IOS; turns += 1) {
    const slot = Array.from({ length: depth }, (_, at) => at).find((at) => !ends.has(at));
    const verdict = slot === undefined ? null : workload.next(slot, nowNs);
    if (verdict === DONE) return started;
    if (verdict === ISSUE && slot !== undefined) {
      const { direction, intendedNs } = workload.slots;
      started.push({
        direction: direction[slot] ?? -1,
        atNs: nowNs,
        intendedNs: intendedNs[slot] ?? 0,
      });
      workload.issued(slot, nowNs);
      ends.set(slot, nowNs + ioNs(started.length));
      continue;
    }
    const wakeNs = verdict === LATER ? workload.wakeNs : Infinity;
    const endNs = Math.min(Infinity, ...ends.values());
    nowNs = Math.min(wakeNs, endNs);
    for (const [done, atNs] of ends) {
      if (atNs > nowNs) continue;
      ends.delete(done);
      workload.complete(done, nowNs, 4096, false);
    }
  }
  throw new Error('it does not end');
}

test('all is done, nothing before it was meant to be, and nothing in a pause', () => {
  const durations = fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 1 });
  fc.assert(
    fc.property(pace, fc.integer({ min: 1, max: 8 }), durations, (spec, depth, ioNs) => {
      const workload = aWorkload({
        pace: spec,
        access: 'mixed',
        depth,
        numberIos: IOS,
        loops: IOS,
      });
      const started = runs(workload, depth, (nth) => ioNs[nth % ioNs.length] ?? 0);
      expect(started).toHaveLength(IOS);
      for (const { atNs, intendedNs } of started) expect(atNs).toBeGreaterThanOrEqual(intendedNs);
      const { think, process, rates } = spec;
      if (process === 'linear' && !(spec.ignoresThinkTime && think !== null)) {
        for (const [direction, perSecond] of [
          [READ, rates.read],
          [WRITE, rates.write],
        ] as const) {
          const own = started.filter((one) => one.direction === direction);
          own.forEach(({ intendedNs }, nth) => {
            if (perSecond !== null) expect(intendedNs).toBe((nth * 1e9) / perSecond);
            else expect(intendedNs).toBeLessThan(0);
          });
        }
      }
      const blocks = think?.blocks ?? null;
      if (think !== null && blocks !== null && think.counts === 'issue') {
        // Between one and the next but `blocks` there is a pause at least.
        for (let nth = blocks; nth < IOS; nth += 1) {
          const gapNs = (started[nth]?.atNs ?? 0) - (started[nth - blocks]?.atNs ?? 0);
          expect(gapNs).toBeGreaterThanOrEqual(think.pauseNs);
        }
      }
    }),
  );
});
