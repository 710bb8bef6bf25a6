/** What the blocks of `coffer ab` came to: judged, told, and as an exit code. */

import { compareBlocks, type Units, unitsOfBlocks, unsteadyBlocks } from '../compare/blocks.ts';
import { type Calibration, calibrateBlocks } from '../compare/calibrate-blocks.ts';
import { whoIsFaster } from '../compare/faster.ts';
import { renderFloors } from '../compare/report/floors.ts';
import type { Rules } from '../compare/rules.ts';
import type { Row } from '../record/columns.ts';
import type { BlockOrder } from '../runner/block-order.ts';
import { formatSignificant } from '../units/number.ts';
import { type AbPlans, type AbSettings, changedKeys, isSameJob } from './ab-plans.ts';
import { checkGates, exitOf, junitKind, type VerdictFlags } from './compare.ts';
import { type OutputFlags, writeReports } from './compare-outputs.ts';
import { widthOf } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface RunBlocks {
  readonly plans: AbPlans;
  readonly settings: AbSettings;
  readonly rules: Rules;
  readonly order: readonly BlockOrder[];
  readonly seed: number;
  readonly paths: { readonly a: string; readonly b: string };
  readonly flags: OutputFlags & VerdictFlags;
}

/** Throws UsageError. */
export function judgeBlocks(
  rowsOfA: readonly Row[],
  rowsOfB: readonly Row[],
  run: RunBlocks,
): number {
  const { plans, settings, rules, paths, flags, seed } = run;
  const ignored = changedKeys(settings);
  const a = unitsOfBlocks({ path: paths.a, rows: rowsOfA }, ignored);
  const b = unitsOfBlocks({ path: paths.b, rows: rowsOfB }, ignored);
  checkMatch(a, b);
  const problems: string[] = [];
  checkGates(a, b, rules, (what) => problems.push(what));
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  const judged = compareBlocks(a, b, rules);
  const same = isSameJob(plans);
  const calibration = same ? calibrateBlocks(a, b, rules, seed) : null;
  const faster = whoIsFaster(judged, a, b);
  const unsteady = unsteadyBlocks(a, b);
  const notes = [
    'A is the baseline, B the candidate.',
    ...(faster === null ? [] : [faster]),
    ...(same ? calibrationNotes(calibration, plans, rules) : []),
    ...(unsteady === null ? [] : [unsteady]),
  ];
  const comparison = { ...judged, notes };
  if (calibration !== null && isText(flags)) {
    const widthColumns = flags.width ?? widthOf(process.stdout);
    const text = renderFloors(calibration.floors, { widthColumns, all: flags.all === true });
    process.stdout.write(`${text}\n`);
  }
  writeReports(comparison, flags, junitKind(flags));
  return exitOf(comparison, flags);
}

/** Settings may change what rows are told apart by: numjobs, or the direction of rw. */
function checkMatch(a: Units, b: Units): void {
  if ([...a.keys()].some((key) => b.has(key))) return;
  throw new UsageError(
    'nothing to pair: no row of A has a row of B, for the settings change what rows are told apart ' +
      'by (the direction of rw, clones, groups); the records are there to look at',
  );
}

function isText({ json, csv, markdown }: OutputFlags): boolean {
  return json !== true && csv !== true && markdown !== true;
}

function calibrationNotes(
  calibration: Calibration | null,
  { clock }: AbPlans,
  rules: Rules,
): readonly string[] {
  if (clock === 'virtual') return ['A and B are the same job, whose figures are exact: no noise.'];
  if (calibration === null) return ['A and B are the same job, and no figure of it was measured.'];
  const { floors, falseAlarms } = calibration;
  const [loudest] = floors;
  const { share, relabellings, exact } = falseAlarms;
  const drawn = exact ? `all ${relabellings}` : `${relabellings} random`;
  const needed = floors.map(({ blocks }) => blocks);
  const blocks = needed.includes(null) ? null : Math.max(...needed.map(Number));
  const margin = `±${formatSignificant(rules.margin * 100)} %`;
  return [
    'A and B are the same job, so all that differs is noise.',
    ...(loudest === undefined
      ? []
      : [`The loudest figure is ${loudest.column.name}: ${floorOf(loudest.floor)}.`]),
    `False alarms: under ${drawn} relabellings of the blocks the gate calls a regression in ` +
      `${share === 0 ? 'none' : `${formatSignificant(share * 100)} % of them`}.`,
    blocks === null
      ? `More than a thousand blocks would be needed for every interval to fit into ${margin}.`
      : `About ${blocks} blocks are needed for every interval to fit into ${margin}.`,
  ];
}

function floorOf(floor: number): string {
  if (!Number.isFinite(floor)) return 'too few blocks for an interval';
  return `changes below ${formatSignificant(floor * 100)} % are lost in it`;
}
