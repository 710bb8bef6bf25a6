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
import type { Failure } from './failure.ts';
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
  unfinishedRows,
} from './rows.ts';
import type { RunOptions, RunResult } from './run-result.ts';
import { WallClock } from './wall-clock.ts';
import { World } from './world.ts';
import { tellLive } from './world-live.ts';
import type { Clone, Outside, WorldJob } from './world-job.ts';

widenInlining();

/** How often the loop asks whether anything still moves, and whether anybody wants to know. */
const EVENTS_PER_CHECK = 65_536;

export async function run(plan: RunPlan, options: RunOptions): Promise<RunResult> {
  let world: World | null = null;
  try {
    const clock = plan.clock === 'wall' ? new WallClock() : null;
    const outside: Outside = clock === null ? (work) => work() : (work) => clock.outside(work);
    world = new World(plan, { trace: options.trace, outside });
    const late = new Histogram();
    const live = options.live === undefined ? null : new LiveMemory(options.live);
    const stalled =
      clock === null ? runVirtual(world, live) : await runWall({ world, clock, late, live });
    const rows = rowsOf(plan, world, stalled, late);
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
    const parts = partsOf(world.jobs, subject);
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
}

/** The clones that a row is about. */
function partsOf(jobs: readonly WorldJob[], { plans, clone }: Subject): Part[] {
  return jobs
    .filter((job) => plans.includes(job.plan))
    .flatMap((job) =>
      job.clones
        .filter((_, index) => clone === null || index === clone)
        .map((each) => ({ job, clone: each })),
    );
}

function outcomeOf(
  parts: readonly Part[],
  { direction }: Subject,
  stalled: string | null,
  lateP99Ns: number | null,
): Omit<Outcome, 'overloaded'> {
  const index = SLOT_DIRECTIONS.indexOf(direction);
  const measured = parts.filter(({ clone }) => clone.process.workload.measurements[index] !== null);
  const workloads = measured.map(({ clone }) => clone.process.workload);
  const fromNs = Math.min(...workloads.map(({ measuredFromNs }) => measuredFromNs));
  const checked = measured.flatMap(({ clone }) => clone.verifyErrors ?? []);
  const measurement = mergeMeasurements(
    workloads.map((workload) => workload.measurement(index)),
    fromNs,
  );
  const meters = deviceMeters(measured.flatMap(({ job }) => [job.device, job.destDevice]));
  return {
    measurement,
    fromNs,
    toNs: Math.max(fromNs, ...workloads.map(({ endedNs }) => endedNs)),
    failure: failureOf(measured, stalled),
    verifyErrors: checked.length === 0 ? null : checked.reduce((sum, errors) => sum + errors, 0),
    costs: costCells(measurement.account, meters),
    lateP99Ns,
    crashed: null,
    stopped: false,
  };
}

function failureOf(parts: readonly Part[], stalled: string | null): Failure | null {
  for (const { clone } of parts) {
    if (clone.process.failure !== null) return clone.process.failure;
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
