import { expect, test } from 'vitest';
import { run } from '../../../src/runner/run.ts';
import { readsRun } from '../../support/plan-of.ts';

const INTENDED = [
  'intended_lat_mean_ns',
  'intended_lat_p50_ns',
  'intended_lat_p99_ns',
  'intended_lat_p99_9_ns',
  'intended_lat_max_ns',
] as const;

async function cells(more: string) {
  const { rows } = await run(readsRun(more), { trace: false });
  return rows.filter(({ direction }) => direction === 'read');
}

test('a job without a rate has no latency from an intended start', async () => {
  for (const more of ['', 'thinktime=10us', 'rate_iops_min=1']) {
    const [row] = await cells(more);
    for (const name of INTENDED) expect(row?.[name], `${more} ${name}`).toBeNull();
  }
});

test('in time, the two latencies differ by what it takes to wake', async () => {
  const [row] = await cells('rate_iops=1000\nnumber_ios=4');
  const wakeNs = Number(row?.intended_lat_max_ns) - Number(row?.lat_max_ns);
  expect(wakeNs).toBeGreaterThan(0);
  expect(wakeNs).toBeLessThan(10_000);
});

test('a rate above what the device does: lat stays, and the intended latency grows', async () => {
  const more = 'rate_iops=10m\nio_size=4m\n';
  const [slow] = await cells(more.replace('10m', '1000'));
  const [fast] = await cells(more.replace('10m', '10000000'));
  expect(fast?.lat_p50_ns).toBe(slow?.lat_p50_ns);
  expect(Number(fast?.intended_lat_p50_ns)).toBeGreaterThan(100 * Number(fast?.lat_p50_ns));
});

test('a group has the intended latencies of its clones', async () => {
  const [group] = await cells('rate_iops=1000\nnumber_ios=3\nnumjobs=3\ngroup_reporting');
  expect(group?.ios).toBe(9);
  expect(Number(group?.intended_lat_max_ns)).toBeGreaterThan(Number(group?.lat_min_ns));
});

test('the same bytes for the same seed, another stream for another', async () => {
  const poisson = 'rate_iops=100000\nrate_process=poisson\nio_size=1m\n';
  const [first, again, other] = await Promise.all([
    cells(poisson),
    cells(poisson),
    cells(`${poisson}randseed=2\n`),
  ]);
  expect(again).toEqual(first);
  expect(other?.[0]?.runtime_ns).not.toBe(first?.[0]?.runtime_ns);
});
