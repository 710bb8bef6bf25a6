/** What holds of every comparison, and how often it is wrong over thousands of drawn ones. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceOf } from '../../src/compare/difference.ts';
import type { Comparison } from '../../src/compare/judgement.ts';
import { decide, termsOf } from '../../src/compare/decide.ts';
import { benjaminiHochberg } from '../../src/compare/statistics/benjamini-hochberg.ts';
import { VERDICTS, type Verdict, worst } from '../../src/compare/verdict.ts';
import { columnOf, type Row } from '../../src/record/columns.ts';
import { STATES } from '../../src/record/columns/asked.ts';
import { POWERS } from '../../src/record/reference-comparing.ts';
import { mannWhitneyP } from '../../src/compare/statistics/mann-whitney.ts';
import { repetitionsForDistance } from '../../src/compare/statistics/repetitions.ts';
import { signFlipP } from '../../src/compare/statistics/sign-flip.ts';
import { signedRankP } from '../../src/compare/statistics/signed-rank.ts';
import { Random } from '../../src/sim/random.ts';
import { aRow } from '../support/a-row.ts';
import { compared } from '../support/compared.ts';
import { wallRows } from '../support/wall-rows.ts';

const LATENCIES = fc.array(fc.integer({ min: 1000, max: 3000 }), { minLength: 1, maxLength: 9 });

const MIRRORED = { better: 'regression', regression: 'better' } as const;

function mirrored(verdict: string): string {
  return verdict === 'better' || verdict === 'regression' ? MIRRORED[verdict] : verdict;
}

function verdicts({ rows }: Comparison): readonly string[] {
  return rows.flatMap(({ judgements }) => judgements.map(({ verdict }) => verdict));
}

test('sampled: swapping the sides turns better into worse, and nothing else', () => {
  fc.assert(
    fc.property(LATENCIES, LATENCIES, fc.constantFrom(1, 1.06, 2), (a, b, factor) => {
      const [before, after] = [wallRows(a), wallRows(b.map((value) => value * factor))];
      const there = verdicts(compared(before, after));
      const back = verdicts(compared(after, before));
      expect(back).toEqual(there.map(mirrored));
    }),
  );
});

test('exact: swapping the sides turns better into worse, and nothing else', () => {
  const cells = fc.record({
    bytes: fc.constantFrom(4096, 8192),
    iops: fc.nat(5),
    lat_p99_ns: fc.option(fc.nat(5)),
    host_cpu_ns: fc.nat(5),
    steady: fc.option(fc.boolean()),
  });
  fc.assert(
    fc.property(cells, cells, (a, b) => {
      const [before, after] = [[aRow(a)], [aRow(b)]];
      const there = compared(before, after).rows[0]?.judgements ?? [];
      const back = compared(after, before).rows[0]?.judgements ?? [];
      const wanted = there.map(({ column, verdict, reason }) => [
        column,
        // A column without direction, or a value that came or went, is worse both ways.
        reason === null ? mirrored(verdict) : verdict,
      ]);
      expect(back.map(({ column, verdict }) => [column, verdict])).toEqual(wanted);
    }),
  );
});

test('states: swapping the sides turns better into worse, and nothing else', () => {
  const states = fc.array(fc.constantFrom(...STATES), { minLength: 1, maxLength: 3 });
  const rowsOf = (given: readonly string[]): readonly Row[] =>
    wallRows(given.map(() => 1000)).map((row, place) =>
      aRow({ ...row, state: given[place] ?? '' }),
    );
  fc.assert(
    fc.property(states, states, (a, b) => {
      const there = verdicts(compared(rowsOf(a), rowsOf(b)));
      expect(verdicts(compared(rowsOf(b), rowsOf(a)))).toEqual(there.map(mirrored));
      const [before, after] = [[aRow({ state: a[0] ?? '' })], [aRow({ state: b[0] ?? '' })]];
      const exact = verdicts(compared(before, after));
      expect(verdicts(compared(after, before))).toEqual(exact.map(mirrored));
    }),
  );
});

test('the path: swapping the sides turns better into worse, and nothing else', () => {
  const sides = fc.array(fc.record({ bytes: fc.constantFrom(4, 8), taken: fc.nat(4) }), {
    minLength: 1,
    maxLength: 4,
  });
  const rules = {
    gates: ['offload_bytes', 'emulation_bytes'],
    tolerances: new Map([['emulation_bytes', 0.5]] as const),
  } as const;
  const rowsOf = (side: readonly { readonly bytes: number; readonly taken: number }[]) =>
    wallRows(side.map(() => 1000)).map((row, place) => {
      const { bytes = 4, taken = 0 } = side[place] ?? {};
      return aRow({ ...row, bytes, offload_bytes: taken, emulation_bytes: bytes - taken });
    });
  fc.assert(
    fc.property(sides, sides, (a, b) => {
      const there = verdicts(compared(rowsOf(a), rowsOf(b), rules));
      expect(there).toHaveLength(2);
      expect(verdicts(compared(rowsOf(b), rowsOf(a), rules))).toEqual(there.map(mirrored));
    }),
  );
});

test('scaling the unit changes nothing', () => {
  fc.assert(
    // A power of two, so that scaling rounds nothing; ns would do as well as seconds.
    fc.property(LATENCIES, LATENCIES, fc.integer({ min: 1, max: 8 }), (a, b, power) => {
      const scale = (values: readonly number[]): readonly number[] =>
        values.map((value) => value * 2 ** power);
      for (const design of ['independent', 'paired'] as const) {
        const pairs = Math.min(a.length, b.length);
        const [before, after] =
          design === 'paired' ? [a.slice(0, pairs), b.slice(0, pairs)] : [a, b];
        const plain = differenceOf(design, before, after, 0.95);
        const scaled = differenceOf(design, scale(before), scale(after), 0.95);
        expect(scaled.p).toBeCloseTo(plain.p, 10);
        expect(scaled.estimate).toBeCloseTo(plain.estimate, 10);
        for (const bound of ['low', 'high'] as const) {
          if (Number.isFinite(plain[bound])) expect(scaled[bound]).toBeCloseTo(plain[bound], 10);
          else expect(scaled[bound]).toBe(plain[bound]);
        }
      }
    }),
  );
});

test('an exact p is what counting every deal one by one gives, ties and all', () => {
  const values = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(values, values, (a, b) => {
      expect(mannWhitneyP(a, b)).toBeCloseTo(countedP(a, b), 12);
    }),
  );
});

test('paired tests see no sign, and no order', () => {
  const differences = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(differences, (given) => {
      const flipped = given.map((value) => -value).reverse();
      expect(signFlipP(flipped)).toBeCloseTo(signFlipP(given), 12);
      expect(signedRankP(flipped)).toBeCloseTo(signedRankP(given), 12);
    }),
  );
});

/** All choices of a.length values of the two, by the sum of their midranks. */
function countedP(a: readonly number[], b: readonly number[]): number {
  const pooled = [...a, ...b];
  const midrank = (value: number): number =>
    pooled.filter((other) => other < value).length +
    (pooled.filter((other) => other === value).length + 1) / 2;
  const ranks = pooled.map(midrank);
  const sums: number[] = [];
  const choose = (from: number, left: number, sum: number): void => {
    if (left === 0) sums.push(sum);
    else if (from < ranks.length) {
      choose(from + 1, left - 1, sum + (ranks[from] ?? 0));
      choose(from + 1, left, sum);
    }
  };
  choose(0, a.length, 0);
  const seen = a.reduce((sum, value) => sum + midrank(value), 0);
  const below = sums.filter((sum) => sum <= seen).length;
  const above = sums.filter((sum) => sum >= seen).length;
  return Math.min(1, (2 * Math.min(below, above)) / sums.length);
}

const DRAWS = 2000;
const LATENCY = columnOf('lat_p50_ns');
const ALPHA = 0.05;

type Noise = (random: Random) => number;

/** Latencies as factors of their median; the spread of a repetition is some 3 %. */
const NOISES: Readonly<Record<string, Noise>> = {
  normal: (random) => 1 + 0.03 * normal(random),
  lognormal: (random) => Math.exp(0.03 * normal(random)),
  // Student's t with 2 degrees of freedom: no variance, a stall now and then.
  'heavy-tailed': (random) => Math.exp(0.02 * (normal(random) / Math.sqrt(exponential(random)))),
};

function normal(random: Random): number {
  return Math.sqrt(2 * exponential(random)) * Math.cos(2 * Math.PI * random.unit());
}

function exponential(random: Random): number {
  return -Math.log(1 - random.unit());
}

/**
 * As `coffer compare` judges: so many figures of so many repetitions, one of which is `factor` times
 * as long in the candidate; the verdict on that one.
 */
function drawnVerdict(
  random: Random,
  noise: Noise,
  { count, cells, factor, margin }: Draw,
): Verdict {
  const sample = (scale: number): readonly number[] =>
    Array.from({ length: count }, () => 10_000 * scale * noise(random));
  const differences = Array.from({ length: cells }, (_, cell) =>
    differenceOf('independent', sample(1), sample(cell === 0 ? factor : 1), 1 - ALPHA),
  );
  const adjusted = benjaminiHochberg(differences.map(({ p }) => p));
  const terms = termsOf(ALPHA, cells);
  const verdicts = differences.map(
    (difference, cell) =>
      decide(LATENCY, difference, adjusted[cell] ?? 1, Math.log1p(margin), terms).verdict,
  );
  return factor === 1 ? worst(verdicts) : (verdicts[0] ?? 'pass');
}

interface Draw {
  readonly count: number;
  readonly cells: number;
  readonly factor: number;
  readonly margin: number;
}

/** The share of draws with each verdict. */
function shares(noise: Noise, draw: Draw): ReadonlyMap<Verdict, number> {
  const random = new Random(draw.count, draw.cells);
  const found = new Map<Verdict, number>(VERDICTS.map((verdict) => [verdict, 0]));
  for (let drawn = 0; drawn < DRAWS; drawn += 1) {
    const verdict = drawnVerdict(random, noise, draw);
    found.set(verdict, (found.get(verdict) ?? 0) + 1 / DRAWS);
  }
  return found;
}

/** Three standard errors above a share of the draws. */
function atMost(share: number): number {
  return share + 3 * Math.sqrt((share * (1 - share)) / DRAWS);
}

describe.each(Object.entries(NOISES))('%s noise', (name, noise) => {
  test.each([
    [4, 1],
    [5, 1],
    [10, 1],
    [10, 6],
    [20, 1],
    [40, 1],
  ])('%i repetitions, %i figures, no change: called no more often than alpha', (count, cells) => {
    const found = shares(noise, { count, cells, factor: 1, margin: 0 });
    const called = (found.get('regression') ?? 0) + (found.get('better') ?? 0);
    expect(called).toBeLessThan(atMost(ALPHA));
  });

  test.each([5, 10, 20])('%i repetitions, a change just as large as the margin', (count) => {
    const found = shares(noise, { count, cells: 1, factor: 1.05, margin: 0.05 });
    // One side of the interval may miss it: half of alpha.
    expect(found.get('regression')).toBeLessThan(atMost(ALPHA / 2));
    expect(found.get('pass')).toBeLessThan(atMost(ALPHA / 2));
  });

  test.each(POWERS.filter((power) => power.noise === name))(
    '$repetitions repetitions: results/README.md tells the power',
    ({ repetitions: count, pass, tenPercent, twentyPercent }) => {
      const share = (factor: number, verdict: Verdict): number =>
        shares(noise, { count, cells: 1, factor, margin: 0.05 }).get(verdict) ?? 0;
      expect(share(1, 'pass')).toBeCloseTo(pass, 1.7);
      expect(share(1.1, 'regression')).toBeCloseTo(tenPercent, 1.7);
      expect(share(1.2, 'regression')).toBeCloseTo(twentyPercent, 1.7);
    },
  );

  test('a margin of 5 % keeps what has not changed from being called', () => {
    const found = shares(noise, { count: 10, cells: 6, factor: 1, margin: 0.05 });
    expect((found.get('regression') ?? 0) + (found.get('better') ?? 0)).toBeLessThan(0.002);
  });
});

test.each([
  ['inside', 1, 0.03],
  ['inside', 1.02, 0.02],
  ['outside', 1.1, 0.03],
  ['outside', 1.1, 0.06],
] as const)(
  'the count that would do settles four of five: %s the margin, %d times as long',
  (position, factor, spread) => {
    const distance = Math.abs(Math.log(factor) - Math.log1p(0.05));
    const count = repetitionsForDistance('independent', spread, distance, position, ALPHA) ?? 0;
    const noise: Noise = (random) => Math.exp(spread * normal(random));
    const found = shares(noise, { count, cells: 1, factor, margin: 0.05 });
    const settled = found.get(position === 'inside' ? 'pass' : 'regression');
    expect(settled).toBeGreaterThan(0.7);
    expect(settled).toBeLessThan(0.95);
  },
);
