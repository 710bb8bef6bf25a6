/** What a comparison finds, figure by figure: the one structure that every report is made from. */

import type { Cell, ColumnName, Row } from '../record/columns.ts';
import type { Calibration } from './calibrate-blocks.ts';
import type { Verdict } from './verdict.ts';

/** One column of one row, or of one row and its repetitions. */
export interface Judgement {
  readonly column: ColumnName;
  readonly verdict: Verdict;
  /** Of repetitions the median, of their path the worst; null: absent. */
  readonly baseline: Cell;
  readonly candidate: Cell;
  /** The figures are per byte moved, since the rows moved different amounts. */
  readonly perByte: boolean;
  /** Why the verdict is no plainer, in one sentence; null: the figures say it. */
  readonly reason: string | null;
  /** null: no statistics were needed. */
  readonly sample: SampleTest | null;
}

export interface SampleTest {
  readonly baselineCount: number;
  readonly candidateCount: number;
  /** Candidate by baseline: the Hodges–Lehmann estimate, and the interval around it. */
  readonly ratio: number;
  /** 0 and infinite where there are too few repetitions for an interval. */
  readonly ratioLow: number;
  readonly ratioHigh: number;
  readonly p: number;
  /** After correction over all figures that were tested. */
  readonly adjustedP: number;
  /** The smallest p that so many repetitions can reach, were this the only one that differs. */
  readonly attainableP: number;
  /** On each side, to settle what is inconclusive; null: it is settled, or nobody runs so many. */
  readonly repetitions: number | null;
}

/** How a row was found: on both sides, or not. */
export type Match = 'both' | 'lost' | 'new' | 'changed job';

export interface ComparedRow {
  /** Of the baseline if it is there; of repetitions the first. */
  readonly row: Row;
  readonly match: Match;
  readonly verdict: Verdict;
  /** An exact row has only those that differ, a sampled one all. */
  readonly judgements: readonly Judgement[];
}

export interface Comparison {
  readonly rows: readonly ComparedRow[];
  /** The worst of all rows; inconclusive if none was found on both sides. */
  readonly verdict: Verdict;
  /** How many figures were tested, and corrected for. */
  readonly tests: number;
  readonly confidence: number;
  /** What a reader must know beside the figures, each a sentence. */
  readonly notes: readonly string[];
  /** Of sides that ran in turns; absent: they are records of their own. */
  readonly turns?: Turns;
}

export interface Turns {
  /** Nothing but noise tells A from B. */
  readonly sameJob: boolean;
  /** Of two equal sides; null: no figure was measured, or all are exact. */
  readonly calibration: Calibration | null;
}
