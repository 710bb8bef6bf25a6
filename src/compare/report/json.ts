/** A comparison as JSON, for other programs: what the CSV has, with the counts and the notes. */

import type { ComparedRow, Comparison, Judgement } from '../judgement.ts';
import { countsOf } from './findings.ts';
import { jsonOfFloor } from './floors.ts';
import { keyOfRow } from './row-key.ts';

/** Line by line, a row each: of a hundred thousand, all at once would be a text too many. */
export function* renderJson(comparison: Comparison): Generator<string> {
  const { verdicts, matches } = countsOf(comparison);
  const head = {
    verdict: comparison.verdict,
    tests: comparison.tests,
    confidence: comparison.confidence,
    rows_by_verdict: Object.fromEntries(verdicts),
    rows_by_match: Object.fromEntries(matches),
    notes: comparison.notes,
    ...noiseOf(comparison),
  };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "rows": [`;
  let between = '\n';
  for (const compared of comparison.rows) {
    if (compared.match === 'both' && compared.judgements.length === 0) continue;
    yield `${between}    ${JSON.stringify(rowOf(compared))}`;
    between = ',\n';
  }
  yield '\n  ]\n}\n';
}

/** Of sides that ran in turns. */
function noiseOf({ turns }: Comparison): object {
  if (turns === undefined) return {};
  const { sameJob, calibration } = turns;
  return {
    same_job: sameJob,
    noise_floors: calibration?.floors.map(jsonOfFloor) ?? null,
    false_alarms: calibration?.falseAlarms ?? null,
  };
}

function rowOf({ row, match, verdict, judgements }: ComparedRow): object {
  return {
    verdict,
    match,
    ...keyOfRow(row),
    figures: judgements.map(figureOf),
  };
}

/** JSON has no infinity: a bound that is none is null. */
export function figureOf({ sample, perByte, ...judgement }: Judgement): object {
  const { column, verdict, baseline, candidate, reason } = judgement;
  return {
    column,
    verdict,
    baseline,
    candidate,
    per_byte: perByte,
    ...(sample === null
      ? {}
      : {
          ratio: sample.ratio,
          ratio_low: sample.ratioLow === 0 ? null : sample.ratioLow,
          ratio_high: sample.ratioHigh,
          p: sample.p,
          adjusted_p: sample.adjustedP,
          attainable_p: sample.attainableP,
          baseline_repetitions: sample.baselineCount,
          candidate_repetitions: sample.candidateCount,
          repetitions_needed: sample.repetitions,
        }),
    reason,
  };
}
