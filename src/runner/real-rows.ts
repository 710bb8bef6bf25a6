/** The rows of a run on real targets: from what its clones answered. */

import type { JobPlan, RunPlan } from '../job/plan.ts';
import type { Control } from '../linux/control.ts';
import type { UsageSince } from '../linux/thread-usage.ts';
import { Measurement } from '../measure/measurement.ts';
import type { Row } from '../record/columns.ts';
import { present } from '../units/assert.ts';
import { SLOT_DIRECTIONS } from '../workload/slots.ts';
import type { CheckReport, CloneReport } from './real-task.ts';
import { endsReached } from './ends-spec.ts';
import {
  type Cells,
  mergeMeasurements,
  type Outcome,
  outcomeRow,
  type Subject,
  subjectsOf,
  unfinishedRow,
} from './rows.ts';
import { workloadSpec } from './workload-spec.ts';

/** What became of a clone; a sentence: its thread died. */
export interface CloneOutcome {
  readonly report: CloneReport | string;
  readonly control: Control;
  /** Its place in the control block. */
  readonly place: number;
  /** It was stopped before it was through. */
  readonly stopped: boolean;
  /** Of its copies; null: nobody looked. */
  check: CheckReport | null;
}

/** By job and clone; null: it was never begun. */
export type CloneOutcomes = readonly (readonly (CloneOutcome | null)[])[];

/** `whyNotRun`: of a job, why clones that have not begun never will; null: nothing keeps them. */
export function realRows(
  plan: RunPlan,
  outcomes: CloneOutcomes,
  whyNotRun: (job: number) => string | null = () => null,
): Row[] {
  return subjectsOf(plan).map((subject) => {
    const clones = clonesOf(plan, outcomes, subject);
    if (clones.length === 0) {
      const why = whyNotRun(plan.jobs.indexOf(subject.plans[0]));
      const stopped = 'the run was stopped before it began';
      return unfinishedRow(plan, subject, 'not_run', why ?? stopped);
    }
    const outcome = outcomeOf(subject, clones);
    if (typeof outcome !== 'string') return outcomeRow(plan, subject, outcome);
    const crashed = clones.every(({ report }) => typeof report === 'string');
    return unfinishedRow(plan, subject, crashed ? 'crashed' : 'failed', outcome);
  });
}

interface Clone extends CloneOutcome {
  readonly job: JobPlan;
}

function clonesOf(plan: RunPlan, outcomes: CloneOutcomes, { plans, clone }: Subject): Clone[] {
  return plan.jobs.flatMap((job, index) => {
    if (!plans.includes(job)) return [];
    const ofJob = outcomes[index] ?? [];
    const meant = clone === null ? ofJob : ofJob.slice(clone, clone + 1);
    return meant
      .filter((outcome) => outcome !== null)
      .filter(({ report }) => typeof report === 'string' || !neverBegan(report))
      .map((outcome) => ({ ...outcome, job }));
  });
}

/** It was stopped while it waited for its time. */
export function neverBegan({ failure, measurements }: CloneReport): boolean {
  return failure === null && measurements.length === 0;
}

/** A clone that began, and what it measured. */
interface Part {
  readonly job: JobPlan;
  readonly report: CloneReport;
  readonly check: CheckReport | null;
}

/** A sentence: none of its clones began, and why. */
function outcomeOf({ plans, direction }: Subject, clones: readonly Clone[]): Outcome | string {
  const index = SLOT_DIRECTIONS.indexOf(direction);
  const parts: Part[] = [];
  const measurements: Measurement[] = [];
  let crashed: string | null = null;
  let failure: string | null = null;
  for (const { report, control, place, job, check } of clones) {
    if (typeof report === 'string') {
      crashed ??= report;
      continue;
    }
    failure ??= report.failure ?? check?.problem ?? null;
    const data = report.measurements[index] ?? null;
    if (data === null) continue;
    parts.push({ job, report, check });
    const { submission } = workloadSpec(job, 0, 0);
    const measurement = new Measurement(1, control.latencies(place, index), submission);
    measurement.restore(data);
    measurements.push(measurement);
  }
  if (parts.length === 0) return failure ?? crashed ?? 'no clone began';
  const spans = parts.flatMap(({ report }) => report.spans[index] ?? []);
  const fromNs = Math.min(...spans.map((span) => span.fromNs));
  const checked = parts.flatMap(({ check, report }) => {
    const ofReads = direction === 'read' ? report.verifyErrors : null;
    return check?.verifyErrors ?? ofReads ?? [];
  });
  const copies = direction === 'copy' && plans.some(({ ioengine }) => ioengine !== 'null');
  return {
    measurement: mergeMeasurements(measurements, fromNs),
    fromNs,
    toNs: Math.max(fromNs, ...spans.map((span) => span.toNs)),
    failure,
    ...endsReached(parts.map(({ report }) => report)),
    verifyErrors: checked.length === 0 ? null : checked.reduce((sum, errors) => sum + errors, 0),
    costs: { ...usageCells(parts, index), ...(copies ? pathCells(parts) : {}) },
    lateP99Ns: null,
    overloaded: null,
    crashed,
    stopped: clones.some(({ stopped }) => stopped),
  };
}

/** Absent unless it is known of every clone. What a mix cost is divided by its I/Os. */
function usageCells(parts: readonly Part[], index: number): Cells {
  const sum = (of: (usage: UsageSince) => number | null): number | null => {
    let total = 0;
    for (const { report } of parts) {
      const part = report.usage === null ? null : of(report.usage);
      if (part === null) return null;
      total += part * shareOf(report, index);
    }
    return Math.round(total);
  };
  return {
    host_cpu_ns: sum(({ cpuNs }) => cpuNs),
    cpu_user_ns: sum(({ userNs }) => userNs),
    cpu_system_ns: sum(({ systemNs }) => systemNs),
    voluntary_switches: sum(({ voluntarySwitches }) => voluntarySwitches),
    involuntary_switches: sum(({ involuntarySwitches }) => involuntarySwitches),
  };
}

/** Of the clone's I/Os, those of this direction; all, where there were none. */
function shareOf({ measurements }: CloneReport, index: number): number {
  const all = measurements.reduce((sum, data) => sum + (data?.ios ?? 0), 0);
  return all === 0 ? 1 : (measurements[index]?.ios ?? 0) / all;
}

const UNPROVEN: Cells = { offload_bytes: null, emulation_bytes: null, path_proof: 'unproven' };

/** By the proofs, in place of what the calls said: what is not proven is absent. */
function pathCells(parts: readonly Part[]): Cells {
  let offloadBytes = 0;
  let emulationBytes = 0;
  let how: string | null = null;
  for (const { report, check } of parts) {
    const copies = present(report.measurements[SLOT_DIRECTIONS.indexOf('copy')], 'copies');
    if (copies.bytes === 0) continue;
    const proof = check?.proof ?? null;
    // What did not go by offload our own calls have done.
    if (proof === null && copies.offloadBytes > 0) return UNPROVEN;
    if (proof?.proof === 'unproven') return UNPROVEN;
    offloadBytes += proof?.offloadBytes ?? 0;
    emulationBytes += copies.emulationBytes + (proof?.emulationBytes ?? 0);
    how = proof?.proof ?? 'call';
  }
  return { offload_bytes: offloadBytes, emulation_bytes: emulationBytes, path_proof: how };
}
