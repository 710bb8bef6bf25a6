/** How often the paired judgement of `coffer ab` is wrong, and right, over thousands of draws. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, termsOf } from '../../src/compare/decide.ts';
import { differenceOf, differenceOfPairs } from '../../src/compare/difference.ts';
import { benjaminiHochberg } from '../../src/compare/statistics/benjamini-hochberg.ts';
import { shareOfRelabellings } from '../../src/compare/statistics/relabel.ts';
import { signFlipP } from '../../src/compare/statistics/sign-flip.ts';
import type { Verdict } from '../../src/compare/verdict.ts';
import { columnOf } from '../../src/record/columns.ts';
import { PAIRED_POWERS } from '../../src/record/reference-in-turns.ts';
import { BLOCK_ORDERS, blockOrders } from '../../src/runner/block-order.ts';
import { Random } from '../../src/sim/random.ts';
import { normal } from '../support/noises.ts';

const DRAWS = 2000;
const ALPHA = 0.05;
const LATENCY = columnOf('lat_p50_ns');

/** A run scatters by 3 %, and what happens to a whole block moves both its sides by some 20 %. */
const RUN_SPREAD = 0.03;
const BLOCK_SPREAD = 0.2;

interface Drawn {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

function drawn(random: Random, blocks: number, factor: number): Drawn {
  const shifts = Array.from({ length: blocks }, () => BLOCK_SPREAD * normal(random));
  const side = (by: number): readonly number[] =>
    shifts.map((shift) => 1e6 * by * Math.exp(shift + RUN_SPREAD * normal(random)));
  return { a: side(1), b: side(factor) };
}

/** Of a comparison of so many figures, of which the first has changed by `factor`. */
function judged(
  random: Random,
  design: 'paired' | 'independent',
  {
    blocks,
    cells,
    factor,
    margin,
  }: { blocks: number; cells: number; factor: number; margin: number },
): readonly Verdict[] {
  const differences = Array.from({ length: cells }, (_, cell) => {
    const { a, b } = drawn(random, blocks, cell === 0 ? factor : 1);
    return differenceOf(design, a, b, 1 - ALPHA);
  });
  const adjusted = benjaminiHochberg(differences.map(({ p }) => p));
  const terms = termsOf(ALPHA, cells);
  return differences.map(
    (difference, cell) =>
      decide(LATENCY, difference, adjusted[cell] ?? 1, Math.log1p(margin), terms).verdict,
  );
}

function isCalled(verdict: Verdict | undefined): boolean {
  return verdict === 'regression' || verdict === 'better';
}

/** Three standard deviations of a share that is `share` in truth. */
function scatter(share: number): number {
  return 3 * Math.sqrt((share * (1 - share)) / DRAWS);
}

describe.each([6, 10, 20])('%i blocks', (blocks) => {
  test.each([1, 6])('no change among %i figures is called no more often than alpha', (cells) => {
    const random = new Random(blocks, cells);
    let called = 0;
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const setting = { blocks, cells, factor: 1, margin: 0 };
      if (judged(random, 'paired', setting).some(isCalled)) called += 1;
    }
    expect(called / DRAWS).toBeLessThanOrEqual(ALPHA + scatter(ALPHA));
  });

  test('changes are found as often as results/README.md says', () => {
    const random = new Random(blocks);
    const shareOf = (factor: number, wanted: Verdict): number => {
      let count = 0;
      for (let draw = 0; draw < DRAWS; draw += 1) {
        const [verdict] = judged(random, 'paired', { blocks, cells: 1, factor, margin: 0.05 });
        if (verdict === wanted) count += 1;
      }
      return count / DRAWS;
    };
    const found = {
      pass: shareOf(1, 'pass'),
      fivePercent: shareOf(1.05, 'regression'),
      tenPercent: shareOf(1.1, 'regression'),
      twentyPercent: shareOf(1.2, 'regression'),
    };
    const told = PAIRED_POWERS.find((power) => power.blocks === blocks);
    for (const name of ['pass', 'fivePercent', 'tenPercent', 'twentyPercent'] as const) {
      const stated = told?.[name] ?? Number.NaN;
      expect(Math.abs(found[name] - stated), `${name} ${found[name]}`).toBeLessThanOrEqual(
        0.01 + scatter(stated),
      );
    }
    // On the margin itself: as often as an interval misses on one side.
    expect(found.fivePercent).toBeLessThanOrEqual(ALPHA / 2 + scatter(ALPHA / 2));
  });
});

test('what whole blocks suffer hides a change from two records, and not from pairs', () => {
  const random = new Random(7);
  let [paired, independent] = [0, 0];
  for (let draw = 0; draw < 500; draw += 1) {
    const setting = { blocks: 10, cells: 1, factor: 1.15, margin: 0.05 };
    if (judged(random, 'paired', setting)[0] === 'regression') paired += 1;
    if (judged(random, 'independent', setting)[0] === 'regression') independent += 1;
  }
  expect(paired / 500).toBeGreaterThan(0.95);
  expect(independent / 500).toBeLessThan(0.2);
});

test('swapping A and B mirrors the interval, and a shift of a block changes nothing', () => {
  const pair = fc.tuple(fc.integer({ min: 100, max: 999 }), fc.integer({ min: 100, max: 999 }));
  fc.assert(
    fc.property(fc.array(pair, { minLength: 1, maxLength: 12 }), (pairs) => {
      const [a, b] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
      const there = differenceOf('paired', a, b, 0.95);
      const back = differenceOf('paired', b, a, 0.95);
      expect(back.estimate).toBeCloseTo(-there.estimate, 10);
      expect(back.p).toBeCloseTo(there.p, 12);
      expect(back.low === -there.high || Math.abs(back.low + there.high) < 1e-10).toBe(true);
      const shifted = (values: readonly number[]): readonly number[] =>
        values.map((value, block) => value * 2 ** (block % 3));
      const moved = differenceOf('paired', shifted(a), shifted(b), 0.95);
      expect(moved.estimate).toBeCloseTo(there.estimate, 10);
    }),
  );
});

test('the share of relabellings as far out as what was seen is the sign-flip p', () => {
  const differences = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 10 });
  fc.assert(
    fc.property(differences, (pairs) => {
      const seen = Math.abs(pairs.reduce((sum, pair) => sum + pair, 0));
      const { share, exact } = shareOfRelabellings(pairs.length, 1, (signs) => {
        const sum = pairs.reduce((total, pair, block) => total + pair * (signs[block] ?? 1), 0);
        return Math.abs(sum) >= seen;
      });
      expect(exact).toBe(true);
      expect(signFlipP(pairs)).toBeCloseTo(share, 12);
    }),
  );
});

test('orders are balanced, and the same for the same seed', () => {
  const blocks = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(blocks, fc.nat(), (count, seed) => {
      const orders = blockOrders(count, seed);
      const first = orders.filter((order) => order === BLOCK_ORDERS[0]).length;
      expect(orders).toHaveLength(count);
      expect(Math.abs(2 * first - count)).toBeLessThanOrEqual(count % 2);
      expect(blockOrders(count, seed)).toEqual(orders);
    }),
  );
  const drawnOrders = Array.from({ length: 40 }, (_, seed) => blockOrders(4, seed).join(' '));
  // C(4, 2) ways.
  expect(new Set(drawnOrders).size).toBe(6);
});

test('values without a partner are no pairs', () => {
  expect(() => differenceOf('paired', [1, 2], [1, 2, 3], 0.95)).toThrow(/2 values of A are paired/);
});

test('differences of nothing are no difference', () => {
  const { estimate, p } = differenceOfPairs([0, 0, 0, 0, 0, 0], 0.95);
  expect([estimate, p]).toEqual([0, 1]);
});
