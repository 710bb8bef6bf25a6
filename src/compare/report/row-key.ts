/** What tells a row apart, as the JSON reports have it: repetitions of the wall clock are one. */

import type { Row } from '../../record/columns.ts';

export function keyOfRow(row: Row): object {
  return {
    job_file: row.job_file,
    group: row.group,
    job: row.job,
    clone: row.clone,
    point: row.point,
    rw: row.rw,
    direction: row.direction,
    repetition: row.clock === 'wall' ? null : row.repetition,
  };
}
