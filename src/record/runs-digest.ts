/**
 * One digest for the runs of a record: which they are, in which order, and each by which plan. Made
 * of what stands in the rows, so that whoever has the rows can tell whether they are all there.
 */

import { createHash } from 'node:crypto';
import type { RunPlan } from '../job/plan.ts';
import { runKey } from './key.ts';
import type { Row } from './columns.ts';

export type RunIdentity = Pick<RunPlan, 'jobFile' | 'point' | 'repetition' | 'planSha256'>;

/** SHA-256, hex. */
export function runsDigest(runs: Iterable<RunIdentity>): string {
  const hash = createHash('sha256');
  for (const { jobFile, point, repetition, planSha256 } of runs) {
    hash.update(`${runKey({ job_file: jobFile, point, repetition })}${planSha256}\n`);
  }
  return hash.digest('hex');
}

/** The runs that rows are of, in their order. */
export function* runsOf(rows: Iterable<Row>): Generator<RunIdentity> {
  let before: string | null = null;
  for (const row of rows) {
    const key = runKey(row);
    if (key === before) continue;
    before = key;
    yield {
      jobFile: String(row.job_file),
      point: String(row.point ?? ''),
      repetition: Number(row.repetition),
      planSha256: String(row.plan_sha256),
    };
  }
}
