/**
 * A run: a pure function of its plan to a record, in virtual time. In wall time the same world, its
 * events waited out; then the record is a sample, and says how late the loop ran.
 */

import { StoreFailure } from '../device/store/store.ts';
import type { RunPlan } from '../job/plan.ts';
import { Histogram } from '../measure/histogram.ts';
import type { Row } from '../record/columns.ts';
import { Standstill } from '../sim/simulation.ts';
import { present } from '../units/assert.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import { SLOT_DIRECTIONS } from '../workload/slots.ts';
import { endsReached } from './ends-spec.ts';
import { type Failure, inFile } from './failure.ts';
import { widenInlining } from './inlining.ts';
import { LiveMemory } from './live-memory.ts';
import { costCells, deviceMeters } from './row-cells.ts';
import {
  backgroundRow,
  mergeMeasurements,
  type Outcome,
  outcomeRow,
  type Subject,
  subjectsOf,
  unfinishedRow,
  unfinishedRows,
} from './rows.ts';
import type { RunOptions, RunResult } from './run-result.ts';
import { WallClock } from './wall-clock.ts';
import { World } from './world.ts';
import { tellLive } from './world-live.ts';
import type { Clone, Outside, WorldJob } from './world-job.ts';
import { WorldLogs } from './world-logs.ts';
import { withLogProblem } from './write-logs.ts';

widenInlining();

/** How often the loop asks whether anything still moves, and whether anybody wants to know. */
const EVENTS_PER_CHECK = 65_536;

export async function run(plan: RunPlan, options: RunOptions): Promise<RunResult> {
  let world: World | null = null;
  try {
    const clock = plan.clock === 'wall' ? new WallClock() : null;
    const outside: Outside = clock === null ? (work) => work() : (work) => clock.outside(work);
    world = new World(plan, { trace: options.trace, outside });
    const { logs: place } = options;
    const logs = place === undefined ? null : new WorldLogs(plan, place, world.jobs, outside);
    const late = new Histogram();
    const live = options.live === undefined ? null : new LiveMemory(options.live);
    const stalled =
      clock === null ? runVirtual(world, live) : await runWall({ world, clock, late, live });
    const rows = withLogProblem(rowsOf(plan, world, stalled, late), logs?.write() ?? null);
    return { rows, trace: world.trace?.events ?? null, notes: [] };
  } catch (error) {
    // The environment's failure: a full disk, a backing file that is not ours.
    if (error instanceof StoreFailure) return failed(plan, error.message);
    if (error instanceof Standstill && world !== null) {
      return failed(plan, `${error.message}; does anything in it cost time? ${world.waiting()}`);
    }
    throw error;
  } finally {
    world?.close();
  }
}

function failed(plan: RunPlan, why: string): RunResult {
  return { rows: unfinishedRows(plan, 'failed', why), trace: null, notes: [] };
}

/** Turns the clock until every job has ended; or says why that will never be. */
function runVirtual(world: World, live: LiveMemory | null): string | null {
  const { simulation } = world;
  world.startJobs();
  while (!world.finished) {
    simulation.run(EVENTS_PER_CHECK);
    if (live?.asked === true) tellLive(world, live);
    const stalled = world.finished ? null : world.stalled();
    if (stalled !== null) return stalled;
  }
  return null;
}

interface WallRun {
  readonly world: World;
  readonly clock: WallClock;
  readonly late: Histogram;
  readonly live: LiveMemory | null;
}

async function runWall({ world, clock, late, live }: WallRun): Promise<string | null> {
  const { simulation } = world;
  clock.start(simulation.nowNs);
  world.startJobs();
  while (!world.finished) {
    const dueNs = simulation.nextDueNs();
    const stalled = dueNs === Infinity ? world.stalled() : null;
    if (stalled !== null) return stalled;
    const nowNs = await clock.waitUntil(dueNs);
    late.record(nowNs > dueNs ? nowNs - dueNs : 0);
    simulation.stepAt(nowNs);
    if (live?.asked === true) clock.outside(() => tellLive(world, live));
  }
  return null;
}

function rowsOf(plan: RunPlan, world: World, stalled: string | null, late: Histogram): Row[] {
  const lateP99Ns = plan.clock === 'wall' ? Math.floor(late.percentileNs(99) + 0.5) : null;
  const rows = subjectsOf(plan).flatMap((subject) => {
    const all = partsOf(world, subject);
    const parts = all.filter(({ clone, why }) => clone.start.begun || why === null);
    if (parts.length === 0) return [unfinishedRow(plan, subject, 'not_run', all[0]?.why ?? '')];
    const outcome = outcomeOf(parts, subject, stalled, lateP99Ns);
    return [outcomeRow(plan, subject, { ...outcome, overloaded: overloaded(outcome, late) })];
  });
  for (const device of plan.devices) {
    const built = present(world.devices.get(device.name), `device ${device.name}`);
    rows.push(backgroundRow(plan, built, device.driver));
  }
  return rows;
}

interface Part {
  readonly job: WorldJob;
  readonly clone: Clone;
  /** Why it never begins if it has not; null: nothing keeps it. */
  readonly why: string | null;
}

/** The clones that a row is about. */
function partsOf({ jobs, order }: World, { plans, clone }: Subject): Part[] {
  return jobs.flatMap((job, index) => {
    if (!plans.includes(job.plan)) return [];
    const why = order.whyNotRun(index);
    const meant = clone === null ? job.clones : job.clones.slice(clone, clone + 1);
    return meant.map((each) => ({ job, clone: each, why }));
  });
}

function outcomeOf(
  parts: readonly Part[],
  { direction }: Subject,
  stalled: string | null,
  lateP99Ns: number | null,
): Omit<Outcome, 'overloaded'> {
  const index = SLOT_DIRECTIONS.indexOf(direction);
  const measured = parts.filter(
    ({ clone }) => clone.process.workload.recorder.measurements[index] !== null,
  );
  const workloads = measured.map(({ clone }) => clone.process.workload);
  const spans = workloads.map((workload) => workload.span(index));
  const fromNs = Math.min(...spans.map((span) => span.fromNs));
  // What is wrong is seen by who reads it back.
  const looks = direction !== 'write';
  const checked = measured.flatMap(({ clone }) => (looks ? (clone.verifyErrors ?? []) : []));
  const measurement = mergeMeasurements(
    workloads.map((workload) => workload.measurement(index)),
    fromNs,
  );
  const meters = deviceMeters(measured.flatMap(({ job }) => job.devices));
  return {
    measurement,
    fromNs,
    toNs: Math.max(fromNs, ...spans.map((span) => span.toNs)),
    failure: failureOf(measured, stalled),
    ...endsReached(workloads.map(({ ends }) => ends)),
    verifyErrors: checked.length === 0 ? null : checked.reduce((sum, errors) => sum + errors, 0),
    costs: costCells(measurement.account, meters),
    lateP99Ns,
    crashed: null,
    stopped: false,
  };
}

function failureOf(parts: readonly Part[], stalled: string | null): Failure | null {
  for (const { clone, job } of parts) {
    const { failure: ofIo, workload } = clone.process;
    const failure = ofIo ?? clone.contents?.failure ?? workload.ends?.failure ?? null;
    if (failure !== null) return inFile(failure, job.plan);
  }
  return parts.some(({ clone }) => clone.process.running) ? stalled : null;
}

/**
 * Half of the events later than a tenth of the median latency: the figures are the loop's, not the
 * model's.
 */
function overloaded(outcome: Omit<Outcome, 'overloaded'>, late: Histogram): string | null {
  if (outcome.lateP99Ns === null || outcome.measurement.lat.count === 0) return null;
  const lateNs: Nanoseconds = late.percentileNs(50);
  if (lateNs <= outcome.measurement.lat.percentileNs(50) / 10) return null;
  const by = Math.floor(lateNs + 0.5);
  return `the loop ran ${by} ns late in the median, over a tenth of the median latency`;
}
