/** What the blocks of `coffer ab` came to: judged, told, and as an exit code. */

import {
  compareBlocks,
  pairBlocks,
  type PairedUnits,
  unitsOfBlocks,
  unsteadyBlocks,
} from '../compare/blocks.ts';
import { type Calibration, calibrateBlocks } from '../compare/calibrate-blocks.ts';
import { whoIsFaster } from '../compare/faster.ts';
import type { Comparison } from '../compare/judgement.ts';
import { renderFloors } from '../compare/report/floors.ts';
import type { Rules } from '../compare/rules.ts';
import { asSameJob, falseAlarmsIn } from '../compare/same-job.ts';
import type { Row } from '../record/columns.ts';
import type { BlockOrder } from '../runner/block-order.ts';
import { formatSignificant } from '../units/number.ts';
import { type AbPlans, type AbSettings, changedKeys, isSameJob } from './ab-plans.ts';
import { checkGates, tell, type VerdictFlags } from './compare.ts';
import type { OutputFlags } from './compare-outputs.ts';
import { counted } from './run-files.ts';
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
  const { a, b, alone } = pairBlocks(
    unitsOfBlocks({ path: paths.a, rows: rowsOfA }, ignored),
    unitsOfBlocks({ path: paths.b, rows: rowsOfB }, ignored),
  );
  const problems: string[] = [];
  checkGates(a, b, rules, (what) => problems.push(what));
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  const sameJob = isSameJob(plans);
  const calibration = sameJob ? calibrateBlocks(a, b, rules, seed) : null;
  const called = compareBlocks(a, b, rules);
  const judged = sameJob ? asSameJob(called, calibration?.floors ?? [], rules.alpha) : called;
  const faster = sameJob ? null : whoIsFaster(judged, a, b);
  const unsteady = unsteadyBlocks(a, b);
  const notes = [
    'A is the baseline, B the candidate.',
    ...(faster === null ? [] : [faster]),
    ...(sameJob ? calibrationNotes(calibration, plans, rules) : []),
    ...(sameJob ? falseAlarmNotes(judged, rules) : []),
    ...(unsteady === null ? [] : [unsteady]),
    ...aloneNotes(alone),
  ];
  const comparison = { ...judged, notes, turns: { sameJob, calibration } };
  if (calibration !== null && isText(flags)) {
    const widthColumns = flags.width ?? widthOf(process.stdout);
    const text = renderFloors(calibration.floors, { widthColumns, all: flags.all === true });
    process.stdout.write(`${text}\n`);
  }
  return tell(comparison, flags);
}

function aloneNotes({ a, b }: PairedUnits['alone']): readonly string[] {
  if (a + b === 0) return [];
  return [
    `Not judged: ${counted(a, 'row')} of A and ${b} of B, whose blocks have none on the other side.`,
  ];
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

/** What this very run called: the exit code follows it, and says nothing of the job. */
function falseAlarmNotes(comparison: Comparison, { alpha }: Rules): readonly string[] {
  const alarms = falseAlarmsIn(comparison);
  if (alarms.length === 0) return [];
  const worse = alarms.filter(({ verdict }) => verdict === 'regression').length;
  return [
    `This run raised a false alarm: ${counted(worse, 'figure')} called a regression, ` +
      `${alarms.length - worse} called better, though nothing but chance tells A from B. That is ` +
      `the false-alarm rate at work: a share of ${alpha} of such runs at most ends so. If more do, ` +
      'the machine treats the two turns differently.',
  ];
}

function floorOf(floor: number): string {
  if (!Number.isFinite(floor)) return 'too few blocks for an interval';
  return `changes below ${formatSignificant(floor * 100)} % are lost in it`;
}
