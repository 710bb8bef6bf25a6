/**
 * Two rows of the virtual clock: any difference is a change, better or worse by the column's own
 * direction, and a regression where the column has none. What a row costs is compared per byte
 * where the two moved different amounts.
 */

import {
  type Cell,
  COLUMNS,
  type ColumnName,
  type NamedColumn,
  type Row,
} from '../record/columns.ts';
import { countsUnlikeIos, OTHER_SIZE } from './block-size.ts';
import { comparable, isAbsent, isPerByte, logRatio } from './figures.ts';
import type { Judgement } from './judgement.ts';
import { sameReasons } from './reasons.ts';
import { logMargin, type Rules } from './rules.ts';
import { judgeState } from './states.ts';
import type { Verdict } from './verdict.ts';

/** All but how it ended, which goes before. */
export const JUDGED = COLUMNS.filter(
  ({ name, kind }) => (kind === 'exact' || kind === 'sampled') && name !== 'state',
);

const NONE: readonly Judgement[] = [];

/** Only what differs. */
export function judgeExact(baseline: Row, candidate: Row, rules: Rules): readonly Judgement[] {
  const state = judgeState(baseline, candidate);
  if (state !== null) return [strict(state, rules)];
  // Of most rows nothing differs: they cost one look per column, and no object.
  const sameWork = baseline.bytes === candidate.bytes;
  let found: Judgement[] | null = null;
  for (const column of JUDGED) {
    const moved = !sameWork && column.growsWithWork === true;
    if (!moved && same(baseline[column.name], candidate[column.name])) continue;
    if (rules.gates !== null && !rules.gates.includes(column.name)) continue;
    if (isExplained(column, baseline, candidate, found ?? NONE)) continue;
    const judgement = judgeColumn(column, baseline, candidate, rules);
    if (judgement === null) continue;
    found ??= [];
    found.push(strict(judgement, rules));
  }
  return found ?? NONE;
}

function same(a: Cell, b: Cell): boolean {
  return a === b || (isAbsent(a) && isAbsent(b));
}

/**
 * The column it gives reasons for was judged; or that one differs by no more than it may, and the
 * reasons differ in nothing but how often each came.
 */
function isExplained(
  { name, explains }: NamedColumn,
  baseline: Row,
  candidate: Row,
  found: readonly Judgement[],
): boolean {
  const explained = COLUMNS.find((column) => column.name === explains)?.name;
  if (explained === undefined) return false;
  if (found.some(({ column }) => column === explained)) return true;
  if (same(baseline[explained], candidate[explained])) return false;
  return sameReasons(baseline[name], candidate[name]);
}

/** null: no difference beyond the tolerance. */
function judgeColumn(
  column: NamedColumn,
  baseline: Row,
  candidate: Row,
  rules: Rules,
): Judgement | null {
  const perByte = isPerByte(column, [baseline, candidate]);
  const before = comparable(column, baseline, perByte);
  const after = comparable(column, candidate, perByte);
  if (before === null || after === null) {
    const [was, is] = [baseline[column.name], candidate[column.name]];
    if (same(was, is)) return null;
    return { ...undirected(column, was, is), perByte: false };
  }
  const moved = logRatio(before, after);
  if (Math.abs(moved) <= logMargin(column, true, rules)) return null;
  const [was, is] = perByte ? [before, after] : [baseline[column.name], candidate[column.name]];
  if (column.better === null) return { ...undirected(column, was, is), perByte };
  if (countsUnlikeIos(column, baseline, candidate)) {
    return { ...made(column.name, 'changed', was, is, perByte), reason: OTHER_SIZE };
  }
  const verdict = moved > 0 === (column.better === 'higher') ? 'better' : 'regression';
  return made(column.name, verdict, was, is, perByte);
}

function undirected(column: NamedColumn, baseline: Cell, candidate: Cell): Judgement {
  // What says how far to trust a row is no result of it.
  if (column.subject === 'trust') return made(column.name, 'changed', baseline, candidate, false);
  const reason = undirectedReason(baseline, candidate);
  return { ...made(column.name, 'regression', baseline, candidate, false), reason };
}

function undirectedReason(baseline: Cell, candidate: Cell): string {
  if (isAbsent(baseline)) return 'the baseline has no value';
  if (isAbsent(candidate)) return 'the candidate has no value';
  return 'changed, in a column that has no better or worse';
}

function made(
  column: ColumnName,
  verdict: Verdict,
  baseline: Cell,
  candidate: Cell,
  perByte: boolean,
): Judgement {
  return { column, verdict, baseline, candidate, perByte, reason: null, sample: null };
}

function strict(judgement: Judgement, { failOnChange }: Rules): Judgement {
  const { verdict } = judgement;
  if (!failOnChange || verdict === 'regression' || verdict === 'inconclusive') return judgement;
  return { ...judgement, verdict: 'regression', reason: 'changed, and --fail-on-change' };
}
