/**
 * A comparison as CSV: a line per figure that was judged, and per row that was on one side only.
 */

import { stringify } from 'csv-stringify/sync';
import type { ComparedRow, Comparison, Judgement } from '../judgement.ts';

const KEY = [
  'job_file',
  'group',
  'job',
  'clone',
  'point',
  'rw',
  'direction',
  'repetition',
] as const;

export const CSV_HEADER = [
  'verdict',
  'match',
  ...KEY,
  'column',
  'baseline',
  'candidate',
  'per_byte',
  'ratio',
  'ratio_low',
  'ratio_high',
  'p',
  'adjusted_p',
  'attainable_p',
  'baseline_repetitions',
  'candidate_repetitions',
  'repetitions_needed',
  'reason',
] as const;

type CsvValue = string | number | boolean | null;

/** Rows stringified together: of a hundred thousand, all at once would be a text too many. */
const CHUNK_ROWS = 1000;

/** Empty is absent: no interval, no test. An exact row that is unchanged has no line. */
export function* renderCsv({ rows }: Comparison): Generator<string> {
  const options = { record_delimiter: '\n', cast: { boolean: String } };
  yield stringify([[...CSV_HEADER]], options);
  for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
    const lines = rows.slice(from, from + CHUNK_ROWS).flatMap(linesOf);
    if (lines.length > 0) yield stringify(lines, options);
  }
}

function linesOf(compared: ComparedRow): CsvValue[][] {
  const { row, match, verdict, judgements } = compared;
  // The row of a sampled figure stands for its repetitions.
  const key = KEY.map((name) => (name === 'repetition' && row.clock === 'wall' ? null : row[name]));
  if (match !== 'both') return [[verdict, match, ...key, ...CSV_HEADER.slice(10).map(() => null)]];
  return judgements.map((judgement) => [judgement.verdict, match, ...key, ...figuresOf(judgement)]);
}

function figuresOf(judgement: Judgement): CsvValue[] {
  const { column, baseline, candidate, perByte, reason, sample } = judgement;
  return [
    column,
    baseline,
    candidate,
    perByte,
    finite(sample?.ratio),
    finite(sample?.ratioLow === 0 ? undefined : sample?.ratioLow),
    finite(sample?.ratioHigh),
    sample?.p ?? null,
    sample?.adjustedP ?? null,
    sample?.attainableP ?? null,
    sample?.baselineCount ?? null,
    sample?.candidateCount ?? null,
    sample?.repetitions ?? null,
    reason,
  ];
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
