/** The first run of a job file on real targets; nothing is there but what the text lays out. */

import { loadPlan } from '../../src/job/load.ts';
import type { RunPlan } from '../../src/job/plan.ts';
import { present } from '../../src/units/assert.ts';

const GLOBAL = '[global]\nfilename=/tmp/coffer-nowhere\nsize=1m\n';

/** `text`: jobs, behind a [global] that names a file of 1 MiB. */
export function realRun(text: string): RunPlan {
  const loaded = loadPlan({ jobFile: 'real.fio', text: GLOBAL + text });
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ what }) => what).join('\n'));
  return present(loaded.plan.runs[0], 'a run');
}
