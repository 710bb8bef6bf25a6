/** Plans for tests that are about running them: from text, as a user's are. */

import { formatDiagnostic, loadPlan } from '../../src/job/load.ts';
import type { Plan, RunPlan } from '../../src/job/plan.ts';

/** Reads of a device that takes no time to set up; `more` are lines of `[global]`. */
export function readsPlan(more = '', jobFile = 'reads.fio', firstIndex = 0): Plan {
  const text = `[device nb0]
driver=null_blk
size=1m
data=none
memory_backed=0
[global]
filename=nb0
rw=read
size=16k
bs=4k
${more}
[reads]
`;
  const loaded = loadPlan({ jobFile, text, firstIndex });
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(formatDiagnostic).join('\n'));
  return loaded.plan;
}

export function readsRun(more = ''): RunPlan {
  const [run] = readsPlan(more).runs;
  if (run === undefined) throw new Error('a plan of no run');
  return run;
}
