/** The rows of a run on real targets: from what its clones answered. */

import type { JobPlan, RunPlan } from '../job/plan.ts';
import type { Control } from '../linux/control.ts';
import type { UsageSince } from '../linux/thread-usage.ts';
import { Measurement } from '../measure/measurement.ts';
import type { Row } from '../record/columns.ts';
import { present } from '../units/assert.ts';
import { SLOT_DIRECTIONS } from '../workload/slots.ts';
import type { CloneReport } from './real-task.ts';
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
}

/** By job and clone; null: it was never begun. */
export type CloneOutcomes = readonly (readonly (CloneOutcome | null)[])[];

export function realRows(plan: RunPlan, outcomes: CloneOutcomes): Row[] {
  return subjectsOf(plan).map((subject) => {
    const clones = clonesOf(plan, outcomes, subject);
    if (clones.length === 0) {
      return unfinishedRow(plan, subject, 'not_run', 'the run was stopped before it began');
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
    return meant.filter((outcome) => outcome !== null).map((outcome) => ({ ...outcome, job }));
  });
}

/** A sentence: none of its clones began, and why. */
function outcomeOf({ plans, direction }: Subject, clones: readonly Clone[]): Outcome | string {
  const index = SLOT_DIRECTIONS.indexOf(direction);
  const reports: CloneReport[] = [];
  const measurements: Measurement[] = [];
  let crashed: string | null = null;
  let failure: string | null = null;
  for (const { report, control, place, job } of clones) {
    if (typeof report === 'string') {
      crashed ??= report;
      continue;
    }
    failure ??= report.failure;
    const data = report.measurements[index] ?? null;
    if (data === null) continue;
    reports.push(report);
    const { submission } = workloadSpec(job, 0, 0);
    const measurement = new Measurement(1, control.latencies(place, index), submission);
    measurement.restore(data);
    measurements.push(measurement);
  }
  if (reports.length === 0) return failure ?? crashed ?? 'no clone began';
  const fromNs = Math.min(...reports.map(({ measuredFromNs }) => measuredFromNs));
  const measurement = mergeMeasurements(measurements, fromNs);
  const checked = reports.flatMap(({ verifyErrors }) => verifyErrors ?? []);
  const copies = direction === 'copy' && plans.some(({ ioengine }) => ioengine !== 'null');
  // What a mix cost stands in the row of its reads, for its writes too.
  const mixed = direction === 'write' && plans.some(({ rw }) => rw === 'rw' || rw === 'randrw');
  return {
    measurement,
    fromNs,
    toNs: Math.max(fromNs, ...reports.map(({ endedNs }) => endedNs)),
    failure,
    verifyErrors: checked.length === 0 ? null : checked.reduce((sum, errors) => sum + errors, 0),
    costs: { ...(mixed ? {} : usageCells(reports)), ...(copies ? pathCells(reports) : {}) },
    lateP99Ns: null,
    overloaded: null,
    crashed,
  };
}

/** Absent unless it is known of every clone. */
function usageCells(reports: readonly CloneReport[]): Cells {
  const sum = (of: (usage: UsageSince) => number | null): number | null => {
    let total = 0;
    for (const { usage } of reports) {
      const part = usage === null ? null : of(usage);
      if (part === null) return null;
      total += part;
    }
    return total;
  };
  return {
    host_cpu_ns: sum(({ cpuNs }) => cpuNs),
    cpu_user_ns: sum(({ userNs }) => userNs),
    cpu_system_ns: sum(({ systemNs }) => systemNs),
    voluntary_switches: sum(({ voluntarySwitches }) => voluntarySwitches),
    involuntary_switches: sum(({ involuntarySwitches }) => involuntarySwitches),
  };
}

/** By the proofs, in place of what the calls said: what is not proven is absent. */
function pathCells(reports: readonly CloneReport[]): Cells {
  const proofs = reports.flatMap(({ proof }) => proof ?? []);
  const [first] = proofs;
  if (first === undefined) return {};
  const unproven = proofs.some(({ proof }) => proof === 'unproven');
  if (unproven) return { offload_bytes: null, emulation_bytes: null, path_proof: 'unproven' };
  let offloadBytes = 0;
  let emulationBytes = 0;
  for (const { measurements, proof } of reports) {
    const copies = present(measurements[SLOT_DIRECTIONS.indexOf('copy')], 'a clone that copies');
    // Beside what was asked of offload, a fallback may have emulated.
    offloadBytes += proof === null ? copies.offloadBytes : (proof.offloadBytes ?? 0);
    emulationBytes += copies.emulationBytes + (proof?.emulationBytes ?? 0);
  }
  return { offload_bytes: offloadBytes, emulation_bytes: emulationBytes, path_proof: first.proof };
}
