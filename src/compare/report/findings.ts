/** What every report tells of a comparison, in its order: what is worst comes first. */

import { columnOf } from '../../record/columns.ts';
import { figure, logRatio } from '../figures.ts';
import type { ComparedRow, Comparison, Judgement, Match } from '../judgement.ts';
import { VERDICTS, type Verdict } from '../verdict.ts';

export interface Finding {
  readonly compared: ComparedRow;
  readonly judgement: Judgement;
}

export interface Findings {
  /** How many there are. */
  readonly count: number;
  /** Those that moved most, from the largest; equals stay in the order of the rows. */
  readonly worst: readonly Finding[];
}

interface Sized extends Finding {
  readonly size: number;
}

/** The figures of a verdict, at most `limit` of them: a sweep may have millions. */
export function findingsOf({ rows }: Comparison, verdict: Verdict, limit: number): Findings {
  let count = 0;
  let worst: Sized[] = [];
  for (const compared of rows) {
    for (const judgement of compared.judgements) {
      if (judgement.verdict !== verdict) continue;
      count += 1;
      worst.push({ compared, judgement, size: sizeOf(judgement) });
    }
    if (worst.length > 2 * limit + KEPT_AT_LEAST) worst = largest(worst, limit);
  }
  return { count, worst: largest(worst, limit) };
}

/** So many are kept before they are sorted. */
const KEPT_AT_LEAST = 1000;

function largest(found: Sized[], limit: number): Sized[] {
  return found.sort((a, b) => (a.size === b.size ? 0 : b.size - a.size)).slice(0, limit);
}

/** How far it moved, whichever way; what has no size is never small. */
function sizeOf({ column, baseline, candidate, sample }: Judgement): number {
  if (column === 'state') return Number.POSITIVE_INFINITY;
  if (sample !== null) return Math.abs(Math.log(sample.ratio));
  const [before, after] = [figure(baseline), figure(candidate)];
  if (before === null || after === null || columnOf(column).type === 'boolean') {
    return Number.MAX_VALUE;
  }
  return Math.abs(logRatio(before, after));
}

/** What the figures of a verdict stand under: of equal sides none is better than the other. */
export function headingOf({ turns }: Comparison, verdict: Verdict): string {
  if (turns?.sameJob !== true) return verdict;
  if (verdict === 'regression') return 'called a regression, though A and B are the same job';
  return verdict === 'better' ? 'called better, though A and B are the same job' : verdict;
}

export interface Counts {
  /** Rows by their verdict, of those found on both sides. */
  readonly verdicts: ReadonlyMap<Verdict, number>;
  readonly matches: ReadonlyMap<Match, number>;
}

export function countsOf({ rows }: Comparison): Counts {
  const verdicts = new Map<Verdict, number>(VERDICTS.map((verdict) => [verdict, 0]));
  const matches = new Map<Match, number>();
  for (const { match, verdict } of rows) {
    matches.set(match, (matches.get(match) ?? 0) + 1);
    if (match === 'both') verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  }
  return { verdicts, matches };
}

const MATCH_TEXTS = {
  lost: 'only in the baseline (inconclusive)',
  'changed job': 'of a changed job, not judged (inconclusive)',
  new: 'only in the candidate',
} as const satisfies Readonly<Record<Exclude<Match, 'both'>, string>>;

export const UNMATCHED = Object.keys(MATCH_TEXTS).filter(isUnmatched);

function isUnmatched(match: string): match is keyof typeof MATCH_TEXTS {
  return match in MATCH_TEXTS;
}

/** `12 rows compared: 1 regression, 2 better, 9 pass; 3 only in the candidate`. */
export function summaryOf(comparison: Comparison): string {
  const { verdicts, matches } = countsOf(comparison);
  const both = matches.get('both') ?? 0;
  const parts = [...verdicts].filter(([, count]) => count > 0).map(([word, n]) => `${n} ${word}`);
  const judged = both === 0 ? 'no row compared' : `${rowsOf(both)} compared: ${parts.join(', ')}`;
  const others = UNMATCHED.filter((match) => (matches.get(match) ?? 0) > 0).map(
    (match) => `${matches.get(match)} ${MATCH_TEXTS[match]}`,
  );
  return [judged, ...others].join('; ');
}

function rowsOf(count: number): string {
  return `${count} row${count === 1 ? '' : 's'}`;
}

export function unmatchedOf(
  { rows }: Comparison,
  wanted: (typeof UNMATCHED)[number],
): readonly ComparedRow[] {
  return rows.filter(({ match }) => match === wanted);
}

export function unmatchedText(match: (typeof UNMATCHED)[number]): string {
  return MATCH_TEXTS[match];
}
