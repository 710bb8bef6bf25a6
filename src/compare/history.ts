/**
 * A history of records as series: of each row and figure, its value file by file. A file is one
 * value of a sampled figure, the median of its repetitions: what differs from file to file (the
 * day, the machine's mood) is what a change has to stand out from, and repetitions do not show it.
 * Rows whose plans differ answer different questions and are series of their own. A run that was
 * cut short, crashed or was held up is no point: its neighbours are compared across it.
 */

import type { ColumnName, NamedColumn, Row } from '../record/columns.ts';
import { repeatedKey, rowKey } from '../record/key.ts';
import { comparable, isPerByte } from './figures.ts';
import { gatedColumns } from './judge-sampled.ts';
import { median } from '../measure/median.ts';

export interface HistoryFile {
  readonly path: string;
  /** Of the JSON beside it, ISO 8601; null: there is none. */
  readonly startedAt: string | null;
  /** Text of that JSON; null: there is none. */
  readonly environment: string | null;
  readonly rows: readonly Row[];
}

const SILENT: ReadonlySet<unknown> = new Set(['interrupted', 'not_run', 'overloaded', 'crashed']);

/** It says nothing of what was asked, neither figures nor how it ended. */
export function tellsNothing({ state }: Row): boolean {
  return SILENT.has(state);
}

/** A row through the files that tell of it, in their order. */
export interface Course {
  readonly sampled: boolean;
  readonly points: readonly CoursePoint[];
}

export interface CoursePoint {
  /** Place of the file in the history. */
  readonly file: number;
  /** An exact row; or a sampled one and its repetitions, at least one. */
  readonly rows: readonly Row[];
}

/** `acrossPlans`: also through files in which the plan of a row has changed. */
export function coursesOf(files: readonly HistoryFile[], acrossPlans: boolean): readonly Course[] {
  const courses = new Map<string, { sampled: boolean; points: Map<number, Row[]> }>();
  for (const [file, { rows }] of files.entries()) {
    for (const row of rows) {
      if (tellsNothing(row)) continue;
      const sampled = row.clock === 'wall';
      const key = `${acrossPlans ? '' : row.plan_sha256} ${keyOf(row)}`;
      const course = courses.get(key) ?? { sampled, points: new Map<number, Row[]>() };
      courses.set(key, course);
      const point = course.points.get(file);
      if (point === undefined) course.points.set(file, [row]);
      else point.push(row);
    }
  }
  return [...courses.values()].map(({ sampled, points }) => ({
    sampled,
    points: [...points].map(([file, rows]) => ({ file, rows })),
  }));
}

function keyOf(row: Row): string {
  return row.clock === 'wall' ? `wall ${repeatedKey(row)}` : rowKey(row);
}

export interface PlanChange {
  /** Places of the files. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

/** Where rows go on with another plan, in the order of the files. */
export function planChanges(files: readonly HistoryFile[]): readonly PlanChange[] {
  const last = new Map<string, { plan: Row['plan_sha256']; file: number }>();
  const changes = new Map<string, PlanChange>();
  for (const [file, { rows }] of files.entries()) {
    for (const row of rows) {
      const before = last.get(keyOf(row));
      last.set(keyOf(row), { plan: row.plan_sha256, file });
      if (before === undefined || before.plan === row.plan_sha256) continue;
      const place = `${before.file} ${file}`;
      const known = changes.get(place);
      changes.set(place, { from: before.file, to: file, rows: (known?.rows ?? 0) + 1 });
    }
  }
  return [...changes.values()];
}

/** Rows of which nothing is told after a file, though later ones are of their job file. */
export interface Ending {
  /** Place of the last file that tells of them. */
  readonly last: number;
  /** As they stand there; of repetitions one. */
  readonly rows: readonly Row[];
}

/** In the order of the files. */
export function endingsOf(files: readonly HistoryFile[]): readonly Ending[] {
  const lastOfJob = new Map<Row['job_file'], number>();
  const lastOfRow = new Map<string, { readonly row: Row; readonly file: number }>();
  for (const [file, { rows }] of files.entries()) {
    for (const row of rows) {
      lastOfJob.set(row.job_file, file);
      if (!tellsNothing(row)) lastOfRow.set(keyOf(row), { row, file });
    }
  }
  const endings = new Map<number, Row[]>();
  for (const { row, file } of lastOfRow.values()) {
    if (file === lastOfJob.get(row.job_file)) continue;
    const rows = endings.get(file);
    if (rows === undefined) endings.set(file, [row]);
    else rows.push(row);
  }
  return [...endings]
    .map(([last, rows]) => ({ last, rows }))
    .sort((one, other) => one.last - other.last);
}

/** One figure of a course; files that do not have it are left out. */
export interface Series {
  readonly row: Row;
  readonly column: NamedColumn;
  readonly perByte: boolean;
  /** At least one. */
  readonly values: readonly { readonly file: number; readonly value: number }[];
}

/** `gates`: in place of throughput, median and 99th percentile. */
export function seriesOf(
  { points }: Course,
  gates: readonly ColumnName[] | null,
): readonly Series[] {
  // What went wrong has no figures to speak of: its state is told instead.
  const done = points.map(({ file, rows: all }) => ({
    file,
    repetitions: all.filter(({ state }) => state === 'done'),
  }));
  const rows = done.flatMap(({ repetitions }) => repetitions);
  const [row] = rows;
  if (row === undefined) return [];
  return gatedColumns(rows, gates).flatMap((column) => {
    if (column.kind !== 'sampled') return [];
    const perByte = isPerByte(column, rows);
    const values = done.flatMap(({ file, repetitions }) => {
      const value = median(repetitions.flatMap((each) => comparable(column, each, perByte) ?? []));
      return value === null ? [] : [{ file, value }];
    });
    return values.length === 0 ? [] : [{ row, column, perByte, values }];
  });
}
