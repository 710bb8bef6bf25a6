/**
 * What `coffer ab` of two equal sides says of the machine: how small a change so many blocks would
 * show, how often they would call one that is not there, and how many would show the margin.
 */

import type { NamedColumn, Row } from '../record/columns.ts';
import type { Units } from './blocks.ts';
import { termsOf } from './decide.ts';
import type { Difference } from './difference.ts';
import { judgeSampled } from './judge-sampled.ts';
import { logMargin, type Rules } from './rules.ts';
import { benjaminiHochberg } from './statistics/benjamini-hochberg.ts';
import { averagesOutside } from './statistics/paired-shift.ts';
import { type Relabelled, shareOfRelabellings } from './statistics/relabel.ts';
import { repetitionsForDistance } from './statistics/repetitions.ts';
import { signFlipTest } from './statistics/sign-flip.ts';
import { signedRankP } from './statistics/signed-rank.ts';

export interface NoiseFloor {
  readonly row: Row;
  readonly column: NamedColumn;
  /**
   * Half the width of the interval, as a share: 0.02 is ±2 %. Infinite where the blocks are too few
   * for an interval.
   */
  readonly floor: number;
  /** For an interval that fits into the margin; null: more than anybody runs. */
  readonly blocks: number | null;
}

export interface Calibration {
  /** The loudest first. */
  readonly floors: readonly NoiseFloor[];
  /** Relabellings of the blocks for which the gate would call a regression. */
  readonly falseAlarms: Relabelled;
}

interface NoisyCell {
  readonly row: Row;
  readonly column: NamedColumn;
  readonly difference: Difference;
  /** As the logarithm of a ratio. */
  readonly margin: number;
}

/** null: no figure was measured. */
export function calibrateBlocks(
  a: Units,
  b: Units,
  rules: Rules,
  seed: number,
): Calibration | null {
  const cells = noisyCells(a, b, rules);
  if (cells.length === 0) return null;
  const blocks = cells.reduce((most, { difference }) => Math.max(most, difference.pairs.length), 0);
  // Of a row that some blocks lack, nothing tells which of them to exchange.
  const whole = cells.filter(({ difference }) => difference.pairs.length === blocks);
  const atLeast = termsOf(rules.alpha, cells.length).repetitionsAtLeast.paired;
  const floors = cells.map(({ row, column, difference, margin }) => {
    const { low, high, spread } = difference;
    const settled = repetitionsForDistance('paired', spread ?? 0, margin, 'inside', rules.alpha);
    // An interval across the edge of the margin is open: what there is has not done.
    const inside = low >= -margin && high <= margin;
    const open = !inside && low <= margin && high >= -margin;
    const more = open ? difference.pairs.length + 1 : 0;
    return {
      row,
      column,
      floor: Math.expm1((high - low) / 2),
      blocks: settled === null ? null : Math.max(atLeast, settled, more),
    };
  });
  return {
    floors: floors.sort((one, other) => (one.floor === other.floor ? 0 : other.floor - one.floor)),
    falseAlarms: falseAlarms(whole, blocks, rules, seed),
  };
}

function noisyCells(a: Units, b: Units, rules: Rules): readonly NoisyCell[] {
  const cells: NoisyCell[] = [];
  for (const [key, { rows, sampled }] of a) {
    const other = b.get(key);
    const [row] = rows;
    if (!sampled || row === undefined || other === undefined) continue;
    const { measured } = judgeSampled(rows, other.rows, rules, 'paired');
    for (const { column, difference } of measured) {
      cells.push({ row, column, difference, margin: logMargin(column, false, rules) });
    }
  }
  return cells;
}

/** A relabelling exchanges A and B of a block in all its figures at once. */
function falseAlarms(
  cells: readonly NoisyCell[],
  blocks: number,
  { alpha }: Rules,
  seed: number,
): Relabelled {
  const outside = averagesOutside(blocks, alpha);
  const tests = cells.map(({ difference }) => testOf(difference.pairs));
  const able = cells.flatMap((cell, place) => (canAlarm(cell, outside) ? [{ cell, place }] : []));
  return shareOfRelabellings(blocks, seed, (signs) => {
    const suspects = able.filter(({ cell }) => isBeyond(worse(cell), signs, cell.margin, outside));
    if (suspects.length === 0) return false;
    const p = (place: number): number => tests[place]?.(signs) ?? 1;
    const least = Math.min(...suspects.map(({ place }) => p(place)));
    // What the strictest correction calls, ours calls, and what none does, it does not.
    if (least * cells.length <= alpha || least > alpha) return least <= alpha;
    const adjusted = benjaminiHochberg(cells.map((_, place) => p(place)));
    return suspects.some(({ place }) => (adjusted[place] ?? 1) <= alpha);
  });
}

/** Sums of so many signs are counted: beyond that they are as good as normal, and take long. */
const SIGNS_COUNTED_MAX = 24;

/** p by the signs of the pairs. */
function testOf(pairs: readonly number[]): (signs: readonly number[]) => number {
  if (!pairs.every(Number.isFinite)) {
    return (signs) => signedRankP(pairs.map((pair, block) => pair * (signs[block] ?? 1)));
  }
  const test = signFlipTest(pairs, SIGNS_COUNTED_MAX);
  return (signs) => test(pairs.reduce((sum, pair, block) => sum + pair * (signs[block] ?? 1), 0));
}

/** Differences that are above zero where B is worse. */
function worse({ column, difference }: NoisyCell): readonly number[] {
  return column.better === 'higher' ? difference.pairs.map((pair) => -pair) : difference.pairs;
}

/** No relabelling moves an interval further out than all differences on one side: most cells go. */
function canAlarm({ difference, margin }: NoisyCell, outside: number): boolean {
  const signs = difference.pairs.map(() => 1);
  return isBeyond(difference.pairs.map(Math.abs), signs, margin, outside);
}

/**
 * Whether the interval of the signed differences lies above the margin, as pairedShift has it:
 * fewer than `outside` of their averages do not.
 */
function isBeyond(
  pairs: readonly number[],
  signs: readonly number[],
  margin: number,
  outside: number,
): boolean {
  let within = 0;
  for (let i = 0; i < pairs.length; i += 1) {
    const one = (pairs[i] ?? 0) * (signs[i] ?? 1);
    for (let j = i; j < pairs.length; j += 1) {
      const other = (pairs[j] ?? 0) * (signs[j] ?? 1);
      // Opposite infinities have no middle: 0, as in pairedShift.
      const average = one === -other ? 0 : (one + other) / 2;
      if (average > margin) continue;
      within += 1;
      if (within >= outside) return false;
    }
  }
  return outside > 0;
}
