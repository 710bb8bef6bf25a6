import { expect, test } from 'vitest';
import { loadPlan } from '../../../src/job/load.ts';
import { run } from '../../../src/runner/run.ts';

/** When the last of two clones that compute all the time has ended, in ns. */
async function endNs(options: string): Promise<number> {
  const text = `[host h]
cpus=4
application=1ms
[device n]
driver=null_blk
size=64m
data=none
irqmode=0
[a]
filename=n
number_ios=10
numjobs=2
${options}
`;
  const loaded = loadPlan({ jobFile: 'cpus.fio', text });
  const plan = loaded.ok ? loaded.plan.runs[0] : undefined;
  if (plan === undefined) throw new Error('the job file is good');
  const { rows } = await run(plan, { trace: false });
  const ends = rows.filter(({ job }) => job === 'a').map((row) => Number(row.runtime_ns));
  expect(ends).toHaveLength(2);
  return Math.max(...ends);
}

test('clones share a CPU that is the only one allowed, and take turns', async () => {
  const apart = await endNs('');
  expect(await endNs('cpus_allowed=2-3')).toBe(apart);
  expect(await endNs('cpus_allowed=1,3')).toBe(apart);
  expect(await endNs('cpus_allowed=3')).toBeGreaterThan(1.9 * apart);
});
