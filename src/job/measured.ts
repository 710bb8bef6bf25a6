/** What a job measures: one row of the record for each direction, and for each clone. */

import { DIRECTIONS, type Direction, type JobPlan } from './plan.ts';
import { type Access, rwMeaning } from './rw.ts';

/** What a job does to its files, whatever its rw says: one of `verify_only` reads them. */
export function accessOfPlan({ rw, verification }: Pick<JobPlan, 'rw' | 'verification'>): Access {
  return verification?.only === true ? 'read' : rwMeaning(rw).access;
}

/** Those of rw, and reads that verify; of `verify_only` these alone. In the order of the record. */
export function measuredDirections({
  rw,
  verification,
}: Pick<JobPlan, 'rw' | 'verification'>): readonly Direction[] {
  const { directions } = rwMeaning(rw);
  if (verification === null) return directions;
  const { backlog, only, phase } = verification;
  if (only) return ['read'];
  const reads = phase || backlog > 0;
  return DIRECTIONS.filter((one) => directions.includes(one) || (reads && one === 'read'));
}

/** Whose sizes the I/Os of a direction have: reads that verify have those of the writes. */
export function sizedAs({ rw }: Pick<JobPlan, 'rw'>, direction: Direction): Direction {
  return rwMeaning(rw).directions.includes(direction) ? direction : 'write';
}
