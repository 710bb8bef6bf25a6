/** The two plans of `coffer ab` from one job file, and whether they can be paired at all. */

import { parse } from 'node:path';
import { type Units, unitsOfBlocks } from '../compare/blocks.ts';
import { labelsOf } from '../compare/label.ts';
import type { ColumnName, Row } from '../record/columns.ts';
import { findOption, jobOptions } from '../job/option-table.ts';
import type { ClockKind, Plan, RunPlan } from '../job/plan.ts';
import { unfinishedRows } from '../runner/rows.ts';
import { present } from '../units/assert.ts';
import { type AbOption, settingName } from './ab-settings.ts';
import { loadFiles, type Selection } from './load-files.ts';
import { UsageError } from './usage-error.ts';

export interface AbSettings {
  readonly a: readonly string[];
  readonly b: readonly string[];
}

export interface AbPlans {
  readonly a: Plan;
  readonly b: Plan;
  readonly clock: ClockKind;
  /** As `LoadedFiles.reads`. */
  readonly reads: readonly string[];
  readonly warnings: readonly string[];
}

/** `blocks`: of wall-clock jobs, which they repeat. Throws UsageError with all that is wrong. */
export function abPlans(
  jobFile: string,
  settings: AbSettings,
  selection: Selection,
  blocks: number,
): AbPlans {
  const asked = loadBoth(jobFile, settings, selection, []);
  const clock = clockOf(asked);
  if (clock === 'virtual') return { ...asked, clock };
  const repeated = loadBoth(jobFile, settings, selection, [`repeat=${blocks}`]);
  const repeats = Math.max(...asked.a.runs.map(({ repetition }) => repetition));
  const what = `warning: repeat=${repeats} has no effect: each of the ${blocks} blocks is one`;
  const warnings = repeats > 1 ? [`${jobFile}: ${what}`] : [];
  return { ...repeated, clock, warnings: [...repeated.warnings, ...warnings] };
}

type Both = Pick<AbPlans, 'a' | 'b' | 'reads' | 'warnings'>;

function loadBoth(
  jobFile: string,
  { a, b }: AbSettings,
  selection: Selection,
  repeat: readonly string[],
): Both {
  const [ofA, ofB] = [a, b].map((words) =>
    loadFiles([jobFile], { ...selection, set: [...(selection.set ?? []), ...words, ...repeat] }),
  );
  const sideA = present(ofA, 'two sides');
  const sideB = present(ofB, 'two sides');
  if (!sideA.ok || !sideB.ok) {
    const problems = told(
      sideA.ok ? [] : inSettings('--a', a, sideA.problems),
      sideB.ok ? [] : inSettings('--b', b, sideB.problems),
    );
    throw new UsageError(problems.join('\n'));
  }
  return {
    a: present(sideA.plans[0], 'a plan of a file'),
    b: present(sideB.plans[0], 'a plan of a file'),
    reads: [...sideA.reads, ...sideB.reads],
    warnings: told(inSettings('--a', a, sideA.warnings), inSettings('--b', b, sideB.warnings)),
  };
}

/** What the loader says of a `--set`, said of the option that gave it. */
function inSettings(
  option: AbOption,
  settings: readonly string[],
  sentences: readonly string[],
): readonly string[] {
  return sentences.map((sentence) => {
    const setting = settings.find((word) => sentence.startsWith(`--set ${word}: `));
    return setting === undefined ? sentence : sentence.replace('--set', option);
  });
}

/** What is said of both sides once; of one, with which. */
function told(ofA: readonly string[], ofB: readonly string[]): readonly string[] {
  const alone = (side: 'A' | 'B', sentence: string): string =>
    sentence.startsWith('--') ? sentence : `${sentence} (as ${side})`;
  return [
    ...ofA.map((sentence) => (ofB.includes(sentence) ? sentence : alone('A', sentence))),
    ...ofB.filter((sentence) => !ofA.includes(sentence)).map((sentence) => alone('B', sentence)),
  ];
}

function clockOf({ a, b }: Both): ClockKind {
  const clocks = new Set([...a.runs, ...b.runs].map(({ clock }) => clock));
  const [clock] = clocks;
  if (clocks.size > 1) {
    throw new UsageError(
      `${a.jobFile}: has runs of both clocks, whose figures are not of one kind; give ` +
        '--set clock=virtual or --set clock=wall',
    );
  }
  return present(clock, 'a plan has a run');
}

/**
 * What only one side has, a sentence each, before hours are spent on it. `ignored`: as by
 * changedKeys(). Throws UsageError if they have nothing in common.
 */
export function unpaired({ a, b }: Both, ignored: ReadonlySet<ColumnName>): readonly string[] {
  const [ofA, ofB] = [pointsOf(a.runs), pointsOf(b.runs)];
  const onlyA = [...ofA].filter((point) => !ofB.has(point));
  const onlyB = [...ofB].filter((point) => !ofA.has(point));
  if (onlyA.length === ofA.size) {
    throw new UsageError(
      `nothing to pair: A runs at ${listed(onlyA)}, B at ${listed(onlyB)}; a setting replaces ` +
        'the sweep of its option, so set or sweep it in both --a and --b',
    );
  }
  return [
    ...(onlyA.length > 0 ? [`only A runs at ${listed(onlyA)}: not judged`] : []),
    ...(onlyB.length > 0 ? [`only B runs at ${listed(onlyB)}: not judged`] : []),
    ...unpairedRows(rowsOf(a.runs, ofB, ignored), rowsOf(b.runs, ofA, ignored)),
  ];
}

function pointsOf(runs: readonly RunPlan[]): ReadonlySet<string> {
  return new Set(runs.map(({ point }) => point));
}

/** Rows that the runs at these points will have, but for what devices do in the background. */
function rowsOf(
  runs: readonly RunPlan[],
  points: ReadonlySet<string>,
  ignored: ReadonlySet<ColumnName>,
): Units {
  const shared = runs.filter(({ repetition, point }) => repetition === 1 && points.has(point));
  const rows = shared.flatMap((run) => unfinishedRows(run, 'not_run', 'planned'));
  return unitsOfBlocks({ path: 'the plan', rows }, ignored);
}

/** Settings may change what rows are told apart by: numjobs, or the direction of rw. */
function unpairedRows(ofA: Units, ofB: Units): readonly string[] {
  const onlyIn = (units: Units, others: Units): readonly Row[] =>
    [...units].flatMap(([key, { rows }]) => (others.has(key) ? [] : rows));
  const [onlyA, onlyB] = [onlyIn(ofA, ofB), onlyIn(ofB, ofA)];
  const label = labelsOf(
    [...ofA.values(), ...ofB.values()].flatMap(({ rows }) => rows.map((row) => ({ row }))),
  );
  if (onlyA.length === ofA.size) {
    throw new UsageError(
      `nothing to pair: A has the rows ${listed(onlyA.map(label))}, B ` +
        `${listed(onlyB.map(label))}, for the settings change what rows are told apart by (the ` +
        'direction of rw, clones, groups); let --a and --b agree in it',
    );
  }
  return [
    ...(onlyA.length > 0 ? [`only A has the rows ${listed(onlyA.map(label))}: not judged`] : []),
    ...(onlyB.length > 0 ? [`only B has the rows ${listed(onlyB.map(label))}: not judged`] : []),
  ];
}

const POINTS_MAX = 3;

function listed(points: readonly string[]): string {
  const names = points.slice(0, POINTS_MAX).map((point) => point || 'no swept option');
  const more = points.length - names.length;
  return more > 0 ? `${names.join('; ')} and ${more} more` : names.join('; ');
}

/** Equal plans at every point: then nothing but noise tells the sides apart. */
export function isSameJob({ a, b }: Both): boolean {
  const planOf = new Map(a.runs.map(({ point, planSha256 }) => [point, planSha256]));
  return (
    a.runs.length === b.runs.length &&
    b.runs.every(({ point, planSha256 }) => planOf.get(point) === planSha256)
  );
}

/** Columns of a row's key that settings change: rows are paired without them. */
export function changedKeys({ a, b }: AbSettings): ReadonlySet<ColumnName> {
  const names = [...a, ...b].map((word) => findOption(jobOptions, settingName(word))?.name);
  const changed = new Set<ColumnName>();
  if (names.includes('rw')) changed.add('rw');
  if (names.includes('stonewall')) changed.add('group');
  return changed;
}

/** FILE.csv → FILE.a.csv and FILE.b.csv. */
export function sidePaths(output: string): { readonly a: string; readonly b: string } {
  const stem = parse(output).ext === '.csv' ? output.slice(0, -'.csv'.length) : output;
  return { a: `${stem}.a.csv`, b: `${stem}.b.csv` };
}
