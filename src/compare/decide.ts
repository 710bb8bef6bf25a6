/**
 * The verdict on a sampled figure. Pass: the interval lies inside the margin. Regression, or
 * better: it lies wholly beyond the margin, and the test says so after correction over all figures.
 * All else is inconclusive, with what would settle it: never a pass for lack of evidence.
 */

import type { NamedColumn } from '../record/columns.ts';
import type { Difference } from './difference.ts';
import type { SampleTest } from './judgement.ts';
import { repetitionsForDistance, repetitionsForP, type Design } from './statistics/repetitions.ts';
import type { Verdict } from './verdict.ts';

export interface Decision {
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly sample: SampleTest;
}

/** What is the same for all figures of a comparison. */
export interface Terms {
  readonly alpha: number;
  /** How many figures are tested. */
  readonly tests: number;
  /** Of each design, the fewest repetitions that the test can speak with after correction. */
  readonly repetitionsAtLeast: Readonly<Record<Design, number>>;
}

export function termsOf(alpha: number, tests: number): Terms {
  const least = (design: Design): number => repetitionsForP(design, alpha / Math.max(1, tests));
  const repetitionsAtLeast = { independent: least('independent'), paired: least('paired') };
  return { alpha, tests, repetitionsAtLeast };
}

/** `margin`: as the logarithm of a ratio. */
export function decide(
  column: NamedColumn,
  difference: Difference,
  adjustedP: number,
  margin: number,
  terms: Terms,
): Decision {
  const verdict = verdictOf(column, difference, adjustedP <= terms.alpha, margin);
  const open = verdict === 'inconclusive';
  const repetitions = open ? repetitionsFor(difference, margin, terms) : null;
  const sample = {
    baselineCount: difference.counts[0],
    candidateCount: difference.counts[1],
    ratio: Math.exp(difference.estimate),
    ratioLow: Math.exp(difference.low),
    ratioHigh: Math.exp(difference.high),
    p: difference.p,
    adjustedP,
    attainableP: Math.min(1, difference.attainableP * terms.tests),
    repetitions,
  };
  return { verdict, reason: open ? reasonOf(difference, sample, terms) : null, sample };
}

/** `called`: the test says that there is a difference. */
function verdictOf(
  { better }: NamedColumn,
  { low, high }: Difference,
  called: boolean,
  margin: number,
): Verdict {
  if (low >= -margin && high <= margin) return 'pass';
  const above = low > margin;
  const below = high < -margin;
  if (!called || (!above && !below)) return 'inconclusive';
  return above === (better === 'higher') ? 'better' : 'regression';
}

/** null: more than anybody runs. */
function repetitionsFor(
  { design, estimate, spread, counts }: Difference,
  margin: number,
  { alpha, repetitionsAtLeast }: Terms,
): number | null {
  // What there is has not done.
  const least = Math.max(repetitionsAtLeast[design], Math.min(...counts) + 1);
  if (spread === null) return least;
  const beyond = Math.abs(estimate) - margin;
  const position = beyond < 0 ? 'inside' : 'outside';
  const settled = repetitionsForDistance(design, spread, Math.abs(beyond), position, alpha);
  return settled === null ? null : Math.max(least, settled);
}

function reasonOf(
  { design, spread, low }: Difference,
  sample: SampleTest,
  { alpha }: Terms,
): string {
  const { repetitions, attainableP } = sample;
  const what = design === 'paired' ? 'blocks' : 'repetitions';
  const sides = design === 'paired' ? '' : ' on each side';
  const wanted =
    repetitions === null
      ? `no number of ${what} that anybody runs would settle it: it lies at the margin`
      : `${spread === null ? 'at least' : 'about'} ${repetitions} ${what}${sides} would do`;
  if (attainableP > alpha) return `too few ${what}, p can reach ${formatP(attainableP)}; ${wanted}`;
  if (low === Number.NEGATIVE_INFINITY) return `too few ${what} for an interval; ${wanted}`;
  return wanted;
}

/** As papers write it: two digits, and none that would say it cannot be. */
export function formatP(p: number): string {
  return p < 0.0001 ? '<0.0001' : String(Number(p.toPrecision(2)));
}
