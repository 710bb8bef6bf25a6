/**
 * Where a history of records changes. Exact rows need no statistics: any two neighbours that differ
 * are a change; across runs that went wrong, the figures of those that did not. A sampled figure is
 * cut where the parts differ most, if chance seldom gives such a cut (statistics/change-point.ts),
 * and its parts are cut again, as E-divisive (Matteson and James 2014) and apache otava do. The
 * cuts of one depth are tests of one family, corrected together: without any change, a history has
 * one called with a probability of alpha at most.
 *
 * Left out: slow drift, which comes out as steps.
 */

import type { Row } from '../record/columns.ts';
import {
  type Course,
  type CoursePoint,
  coursesOf,
  type Ending,
  endingsOf,
  type HistoryFile,
  type Series,
  seriesOf,
  tellsNothing,
} from './history.ts';
import { judgeExact } from './judge-exact.ts';
import type { Judgement } from './judgement.ts';
import type { Rules } from './rules.ts';
import { judgeStates } from './states.ts';
import { benjaminiHochberg } from './statistics/benjamini-hochberg.ts';
import { attainableChangeP, changePoint, STRETCH_MIN } from './statistics/change-point.ts';
import { median } from '../measure/median.ts';
import { twoSampleShift } from './statistics/two-sample-shift.ts';

/** A figure that changed between two files of the history. */
export interface TrendChange {
  readonly row: Row;
  readonly judgement: Judgement;
  /** Places of the last file before it and the first after it. */
  readonly from: number;
  readonly to: number;
}

export interface Trend {
  /** Newest first; of one place the rows in their order. */
  readonly changes: readonly TrendChange[];
  /** Exact rows and sampled figures that were followed. */
  readonly exactRows: number;
  readonly sampledSeries: number;
  /** Of the sampled, those with too few values for any change to be called. */
  readonly tooShort: number;
  /** Rows that two records or more tell of; of repetitions one. */
  readonly followedRows: number;
  /** Rows that one record alone tells of: nothing to follow. */
  readonly loneRows: readonly Row[];
  /** Rows that the history loses. */
  readonly endings: readonly Ending[];
  /** Rows that tell nothing: interrupted, not run, overloaded or crashed. */
  readonly silentRows: number;
}

export function trendOf(files: readonly HistoryFile[], rules: Rules, acrossPlans: boolean): Trend {
  const courses = coursesOf(files, acrossPlans);
  const followed = courses.filter(({ points }) => points.length > 1);
  const exact = followed.filter(({ sampled }) => !sampled);
  const sampled = followed.filter((course) => course.sampled);
  const series = sampled.flatMap((course) => seriesOf(course, rules.gates));
  const changes = [
    ...exact.flatMap((course) => exactChanges(course, rules)),
    ...sampled.flatMap(stateChanges),
    ...sampledChanges(series, rules.alpha),
  ];
  return {
    changes: changes.sort((one, other) => other.to - one.to || other.from - one.from),
    exactRows: exact.length,
    sampledSeries: series.length,
    tooShort: series.filter(({ values }) => attainableChangeP(values.length) > rules.alpha).length,
    followedRows: followed.length,
    loneRows: courses.flatMap(({ points: [point, another] }) =>
      another === undefined ? (point?.rows.slice(0, 1) ?? []) : [],
    ),
    endings: endingsOf(files),
    silentRows: files.reduce((sum, { rows }) => sum + rows.filter(tellsNothing).length, 0),
  };
}

/** Against the point before, and against the last that ended alike: a failure hides no change. */
function exactChanges({ points }: Course, rules: Rules): readonly TrendChange[] {
  const lastOfState = new Map<Row['state'], CoursePoint>();
  return points.flatMap((point, place) => {
    const [row] = point.rows;
    if (row === undefined) return [];
    const before = new Set([points[place - 1], lastOfState.get(row.state)]);
    lastOfState.set(row.state, point);
    return [...before].flatMap((earlier) => {
      const [was] = earlier?.rows ?? [];
      if (earlier === undefined || was === undefined) return [];
      return judgeExact(was, row, rules)
        .filter(({ verdict }) => verdict !== 'inconclusive')
        .map((judgement) => ({ row, judgement, from: earlier.file, to: point.file }));
    });
  });
}

/** Runs that began to go wrong, or no longer do. */
function stateChanges({ points }: Course): readonly TrendChange[] {
  return points.slice(1).flatMap(({ file, rows }, place) => {
    const before = points[place];
    const [row] = rows;
    if (before === undefined || row === undefined) return [];
    const judgement = judgeStates(before.rows, rows);
    if (judgement === null || judgement.verdict === 'inconclusive') return [];
    return [{ row, judgement, from: before.file, to: file }];
  });
}

/** Values `start` … `end` − 1 of a series. */
interface Segment {
  readonly series: Series;
  readonly start: number;
  readonly end: number;
}

interface Cut extends Segment {
  /** One or two places in the series where something new begins. */
  readonly at: readonly number[];
  readonly p: number;
  readonly adjustedP: number;
  /** Of its depth: what it was corrected for. */
  readonly tests: number;
}

function sampledChanges(series: readonly Series[], alpha: number): readonly TrendChange[] {
  const cuts = new Map<Series, Cut[]>(series.map((each) => [each, []]));
  let segments: readonly Segment[] = series.map((each) => ({
    series: each,
    start: 0,
    end: each.values.length,
  }));
  while (segments.length > 0) {
    const called = cutsOf(segments).filter(({ adjustedP }) => adjustedP <= alpha);
    for (const cut of called) cuts.get(cut.series)?.push(cut);
    segments = called.flatMap(partsOf);
  }
  return [...cuts].flatMap(([each, found]) => changesOf(each, found, 1 - alpha));
}

function partsOf({ series, start, end, at }: Cut): readonly Segment[] {
  const places = [start, ...at, end];
  return places.slice(1).map((next, place) => ({ series, start: places[place] ?? 0, end: next }));
}

/** The likeliest cut of each segment that is long enough for one. */
function cutsOf(segments: readonly Segment[]): readonly Cut[] {
  const found = segments.flatMap((segment) => {
    const { series, start, end } = segment;
    const point = changePoint(series.values.slice(start, end).map(({ value }) => value));
    if (point === null) return [];
    return [{ ...segment, at: point.splits.map((split) => start + split), p: point.p }];
  });
  const adjusted = benjaminiHochberg(found.map(({ p }) => p));
  return found.map((cut, place) => ({
    ...cut,
    adjustedP: adjusted[place] ?? 1,
    tests: found.length,
  }));
}

/** Sizes are of what lies between a change and its neighbours: the levels as they were found. */
function changesOf(
  series: Series,
  found: readonly Cut[],
  confidence: number,
): readonly TrendChange[] {
  const splits = found
    .flatMap((cut) => cut.at.map((at) => ({ at, cut })))
    .sort((one, other) => one.at - other.at);
  return splits.map(({ at, cut }, place) => {
    const start = splits[place - 1]?.at ?? 0;
    const end = splits[place + 1]?.at ?? series.values.length;
    const before = series.values.slice(start, at);
    const after = series.values.slice(at, end);
    return {
      row: series.row,
      judgement: judgementOf(series, cut, valuesOf(before), valuesOf(after), confidence),
      from: before.at(-1)?.file ?? 0,
      to: after[0]?.file ?? 0,
    };
  });
}

function valuesOf(points: Series['values']): readonly number[] {
  return points.map(({ value }) => value);
}

function judgementOf(
  { column, perByte }: Series,
  { p, adjustedP, tests, start, end }: Cut,
  before: readonly number[],
  after: readonly number[],
  confidence: number,
): Judgement {
  const { estimate, low, high } = twoSampleShift(
    before.map(Math.log),
    after.map(Math.log),
    confidence,
  );
  const [was, is] = [median(before), median(after)];
  const risen = (is ?? 0) > (was ?? 0);
  return {
    column: column.name,
    verdict: column.better === null ? 'changed' : verdictOf(risen === (column.better === 'higher')),
    baseline: was,
    candidate: is,
    perByte,
    reason: null,
    sample: {
      baselineCount: before.length,
      candidateCount: after.length,
      ratio: Math.exp(estimate),
      ratioLow: Math.exp(low),
      ratioHigh: Math.exp(high),
      p,
      adjustedP,
      attainableP: Math.min(1, attainableChangeP(end - start) * tests),
      repetitions: null,
    },
  };
}

function verdictOf(good: boolean): 'better' | 'regression' {
  return good ? 'better' : 'regression';
}

/** Nobody waits longer for a first answer. */
const RUNS_MAX = 50;

/** The fewest runs in which a change of a sampled figure can be called; null: more than 50. */
export function runsNeeded(alpha: number): number | null {
  for (let runs = 2 * STRETCH_MIN; runs <= RUNS_MAX; runs += 1) {
    if (attainableChangeP(runs) <= alpha) return runs;
  }
  return null;
}
