import { present } from '../../../src/units/assert.ts';
import { formatDiagnostic, loadPlan, type PlanRequest } from '../../../src/job/load.ts';
import type { JobPlan, Plan, RunPlan } from '../../../src/job/plan.ts';

/** Ten lines: a body that follows begins on line 11. */
export const WORLD = `[device nvme0]
driver=nvme
size=1g
[device nvme1]
driver=nvme
size=1g
[device plain0]
driver=nvme
size=1g
mssrl=0
`;

export function load(text: string, request: Partial<PlanRequest> = {}) {
  return loadPlan({ jobFile: 'jobs/a.fio', text, ...request });
}

export function refusals(text: string, request: Partial<PlanRequest> = {}): string[] {
  const loaded = load(text, request);
  return loaded.ok ? [] : loaded.diagnostics.map(formatDiagnostic);
}

export function plan(text: string, request: Partial<PlanRequest> = {}): Plan {
  const loaded = load(text, request);
  if (loaded.ok) return loaded.plan;
  throw new Error(loaded.diagnostics.map(formatDiagnostic).join('\n'));
}

export function warnings(text: string, request: Partial<PlanRequest> = {}): string[] {
  return plan(text, request).warnings.map(formatDiagnostic);
}

export function firstRun(text: string, request: Partial<PlanRequest> = {}): RunPlan {
  return present(plan(text, request).runs[0], 'first run');
}

/** The first job of the first run of a body below WORLD. */
export function job(body: string, request: Partial<PlanRequest> = {}): JobPlan {
  return present(firstRun(WORLD + body, request).jobs[0], 'first job');
}
