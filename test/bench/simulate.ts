/** Runs a job text in this process. */

import { loadPlan } from '../../src/job/load.ts';
import type { Row } from '../../src/record/columns.ts';
import { run } from '../../src/runner/run.ts';

/** A world of one NVMe drive and one job; `lines` are the job's own. */
export function nvmeJob(lines: readonly string[], host = ''): string {
  return `[host host0]
cpus=1
${host}
[device nvme0]
driver=nvme
profile=nvme-gen5
size=64g
data=none
mssrl=256
mcl=256
[job]
filename=nvme0
${lines.join('\n')}
`;
}

/** Random reads of 4k, as many as `ios`. */
export function readsJob(depth: number, ios: number): string {
  return nvmeJob([
    'rw=randread',
    'bs=4k',
    `iodepth=${depth}`,
    `number_ios=${ios}`,
    'io_size=1000g',
    'norandommap=1',
  ]);
}

export async function simulate(text: string): Promise<Row> {
  const loaded = loadPlan({ jobFile: 'bench.fio', text });
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ what }) => what).join('\n'));
  const plan = loaded.plan.runs[0];
  if (plan === undefined) throw new Error('no run in the job');
  const row = (await run(plan, { trace: false })).rows[0];
  if (row === undefined || row.state !== 'done') throw new Error(`bench job: ${row?.error}`);
  return row;
}
