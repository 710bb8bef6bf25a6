/** Whether one job writes what another has copied from or to. */

import { accessOfPlan } from '../job/measured.ts';
import type { RunPlan } from '../job/plan.ts';

/** Whether job `other` writes to sources or destinations of the copies of job `job`. */
export function mayTouch({ jobs }: RunPlan, other: number, job: number): boolean {
  const writer = jobs[other];
  const copier = jobs[job]?.real ?? null;
  if (writer === undefined || writer.real === null || copier === null) return false;
  const access = accessOfPlan(writer);
  if (access === 'read') return false;
  const written = access === 'copy' ? writer.real.destFiles : writer.real.files;
  const used = new Set([...copier.files.flat(), ...copier.destFiles.flat()]);
  return written.flat().some((path) => used.has(path));
}

/** By a job that may run beside it: a stonewall begins another group. */
export function othersWrite(plan: RunPlan, job: number): boolean {
  const { jobs } = plan;
  return jobs.some(
    ({ group }, other) => other !== job && group === jobs[job]?.group && mayTouch(plan, other, job),
  );
}
