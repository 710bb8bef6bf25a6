/** The rows of a run: from what was planned and what was measured, column by column. */

import { present } from '../units/assert.ts';
import type { JobPlan, RunPlan } from '../job/plan.ts';
import { devicesOf } from '../job/files-plan.ts';
import { measuredDirections, sizedAs } from '../job/measured.ts';
import { sizesText } from '../job/sizes.ts';
import { Measurement } from '../measure/measurement.ts';
import { backgroundJob } from '../record/background.ts';
import {
  type ColumnName,
  makeRow,
  type Cell,
  type Row,
  SCHEMA_VERSION,
} from '../record/columns.ts';
import type { State } from '../record/columns/asked.ts';
import type { SimulatedDevice } from '../device/simulated-device.ts';
import { SLOT_DIRECTIONS } from '../workload/slots.ts';
import { costCells, deviceMeters, measuredCells, percentileCells } from './row-cells.ts';
import { type Failure, failureText } from './failure.ts';

export type Cells = Partial<Record<ColumnName, Cell>>;

/** A job clone, or all of a reporting group, in one direction. */
export interface Subject {
  /** The job; of a group, its jobs that have I/Os of this direction. */
  readonly plans: readonly [JobPlan, ...JobPlan[]];
  /** null: a group. */
  readonly clone: number | null;
  readonly direction: (typeof SLOT_DIRECTIONS)[number];
}

/** What came of it. */
export interface Outcome {
  readonly measurement: Measurement;
  readonly fromNs: number;
  readonly toNs: number;
  readonly failure: Failure | null;
  /** What latency_target has found; null: nothing, or clones that differ, or nobody asked. */
  readonly latencyDepth: number | null;
  /** By all of its clones; null: nobody asked. */
  readonly steadyStateAttained: boolean | null;
  readonly verifyErrors: number | null;
  /** What it cost beside its time. */
  readonly costs: Cells;
  readonly lateP99Ns: number | null;
  readonly overloaded: string | null;
  /** Its thread died; null: it did not. */
  readonly crashed: string | null;
  /** It was stopped while it ran. */
  readonly stopped: boolean;
}

export function outcomeRow(run: RunPlan, subject: Subject, outcome: Outcome): Row {
  const [state, error] = stateOf(outcome);
  return toRow({
    ...runCells(run),
    ...subjectCells(run, subject),
    state,
    error,
    ...measuredCells(outcome.measurement, outcome.fromNs, outcome.toNs),
    ...percentileCells(outcome.measurement, subject.plans),
    ...pathCells(subject, outcome),
    ...outcome.costs,
    latency_depth: outcome.latencyDepth,
    steadystate_attained: outcome.steadyStateAttained,
    verify_errors: outcome.verifyErrors,
    late_p99_ns: outcome.lateP99Ns,
  });
}

/** What a device did and no job caused. */
export function backgroundRow(run: RunPlan, device: SimulatedDevice, driver: string): Row {
  return toRow({
    ...runCells(run),
    job: backgroundJob(device.name),
    state: 'done',
    device: device.name,
    driver,
    ...costCells(device.background, deviceMeters([device])),
  });
}

type Unfinished = 'interrupted' | 'crashed' | 'not_run' | 'failed';

/** Rows of a run that has no outcome: none may be missing from the table. */
export function unfinishedRows(run: RunPlan, state: Unfinished, error: string): Row[] {
  return subjectsOf(run).map((subject) => unfinishedRow(run, subject, state, error));
}

export function unfinishedRow(
  run: RunPlan,
  subject: Subject,
  state: Unfinished,
  error: string,
): Row {
  return toRow({ ...runCells(run), ...subjectCells(run, subject), state, error });
}

/**
 * One per job clone and direction, or per group where it reports as one; in the order of the file.
 */
export function subjectsOf(run: RunPlan): Subject[] {
  const subjects: Subject[] = [];
  const groups = new Map<string, [JobPlan, ...JobPlan[]]>();
  for (const plan of run.jobs) {
    for (const direction of measuredDirections(plan)) {
      if (!plan.groupReporting) {
        for (let clone = 0; clone < plan.numjobs; clone += 1) {
          subjects.push({ plans: [plan], clone, direction });
        }
        continue;
      }
      const key = `${plan.group} ${direction}`;
      const group = groups.get(key);
      if (group !== undefined) {
        group.push(plan);
        continue;
      }
      const plans: [JobPlan, ...JobPlan[]] = [plan];
      groups.set(key, plans);
      subjects.push({ plans, clone: null, direction });
    }
  }
  return subjects;
}

function runCells(run: RunPlan): Cells {
  return {
    schema_version: SCHEMA_VERSION,
    job_file: run.jobFile,
    point: run.point,
    plan_sha256: run.planSha256,
    repetition: run.repetition,
    clock: run.clock,
  };
}

/** The key of a group is that of its first job; what its jobs differ in is empty. */
function subjectCells(run: RunPlan, { plans, clone, direction }: Subject): Cells {
  const [first] = plans;
  const copies = direction === 'copy';
  return {
    group: first.group,
    job: first.name,
    clone,
    rw: first.rw,
    direction,
    device: agreed(plans, ({ device }) => device),
    driver: agreed(plans, (plan) => driverOf(run, plan)),
    path: agreed(plans, ({ path }) => (copies ? path : null)),
    copy_api: agreed(plans, ({ path, copyApi }) => (copies && path === 'offload' ? copyApi : null)),
    bs_bytes: agreed(plans, (plan) =>
      sizesText(plan, sizedAs(plan, direction)) === null
        ? plan.bsBytes[sizedAs(plan, direction)]
        : null,
    ),
    block_sizes: agreed(plans, (plan) => sizesText(plan, sizedAs(plan, direction))),
    num_range: agreed(plans, ({ numRange }) => (copies ? numRange : null)),
    ioengine: agreed(plans, ({ ioengine }) => ioengine),
    direct: agreed(plans, ({ real }) => real?.direct ?? null),
    iodepth: agreed(plans, ({ iodepth }) => iodepth),
    stamps: agreed(plans, ({ real }) => (real === null ? null : real.stamps)),
    numjobs: plans.reduce((sum, { numjobs }) => sum + numjobs, 0),
    seed: agreed(plans, ({ randseed }) => randseed),
  };
}

/** What all of the jobs were asked; null where they differ. */
function agreed([first, ...others]: Subject['plans'], asked: (plan: JobPlan) => Cell): Cell {
  const cell = asked(first);
  return others.every((plan) => asked(plan) === cell) ? cell : null;
}

/** The model of a simulated device; of a real target what kind it is; null: its files differ. */
function driverOf(run: RunPlan, plan: JobPlan): string | null {
  const byName = driversOf(run);
  const drivers = new Set(
    devicesOf(plan).map((device) => {
      const driver = byName.get(device);
      return plan.real === null ? present(driver, `device ${device}`) : (driver ?? null);
    }),
  );
  const [driver = null] = drivers;
  return drivers.size === 1 ? driver : null;
}

/** Of its devices and targets, by name and path: a job may have thousands of files. */
function driversOf(run: RunPlan): ReadonlyMap<string, string> {
  const known = DRIVERS.get(run);
  if (known !== undefined) return known;
  const found = new Map([
    ...run.devices.map(({ name, driver }) => [name, driver] as const),
    ...run.targets.map(({ path, kind }) => [path, kind] as const),
  ]);
  DRIVERS.set(run, found);
  return found;
}

/** Each row of a run asks for them. */
const DRIVERS = new WeakMap<RunPlan, ReadonlyMap<string, string>>();

/** Absent for the null engine, which copies nothing. */
function pathCells({ direction, plans }: Subject, { measurement }: Outcome): Cells {
  if (direction !== 'copy' || plans.every(({ ioengine }) => ioengine === 'null')) return {};
  const reasons = [...measurement.fallbackReasons].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    offload_bytes: measurement.offloadBytes,
    emulation_bytes: measurement.emulationBytes,
    read_write_bytes: measurement.readWriteBytes,
    fallbacks: measurement.fallbacks,
    fallback_reason:
      reasons.length === 0 ? null : reasons.map(([why, count]) => `${why} ×${count}`).join('; '),
  };
}

function stateOf(outcome: Outcome): [State, string | null] {
  if (outcome.crashed !== null) return ['crashed', outcome.crashed];
  if (outcome.failure !== null) return ['failed', failureText(outcome.failure)];
  if (outcome.verifyErrors !== null && outcome.verifyErrors > 0) {
    const blocks = `${outcome.verifyErrors} blocks of the destination`;
    return ['failed', `${blocks} do not hold what their source held when it was copied`];
  }
  if (outcome.measurement.shortIos > 0) {
    return ['short', `${outcome.measurement.shortIos} I/Os moved less than was asked`];
  }
  if (outcome.stopped) return ['interrupted', 'stopped'];
  if (outcome.overloaded !== null) return ['overloaded', outcome.overloaded];
  return ['done', null];
}

function toRow(cells: Cells): Row {
  return makeRow(({ name }) => cells[name] ?? null);
}

/** Merges what several clones measured, from the first start to the last end. */
export function mergeMeasurements(parts: readonly Measurement[], fromNs: number): Measurement {
  const sum = new Measurement();
  sum.series.begin(fromNs);
  for (const part of parts) sum.merge(part);
  return sum;
}
