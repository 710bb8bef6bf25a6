/**
 * null_blk and the host model against fio on a real null_blk (vectors/README.md): with one [host] for all
 * rows, iops and mean completion latency of the curve within 2 %, iops of the mbps row within 2 %.
 */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadPlan } from '../../src/job/load.ts';
import { run } from '../../src/runner/run.ts';
import { vectorLines } from '../support/vectors.ts';

interface Recorded {
  readonly type: 'curve' | 'mbps';
  readonly completion_nsec?: number;
  readonly hw_queue_depth?: number;
  readonly mbps?: number;
  readonly qd: number;
  readonly iops: number;
  readonly clat_mean_us: number;
}

const WITHIN = 0.02;
const jobFile = new URL('null-blk-guest.fio', import.meta.url).pathname;

async function simulate(set: readonly string[]): Promise<{ iops: number; clatMeanUs: number }> {
  const loaded = loadPlan({ jobFile, text: readFileSync(jobFile, 'utf8'), set });
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ what }) => what).join('\n'));
  const plan = loaded.plan.runs[0];
  if (plan === undefined) throw new Error('no run');
  const row = (await run(plan, { trace: false })).rows[0];
  return { iops: Number(row?.iops), clatMeanUs: Number(row?.clat_mean_ns) / 1000 };
}

function settings(recorded: Recorded): string[] {
  if (recorded.type === 'mbps') {
    // A second: fifty budgets.
    return ['nullb0.irqmode=0', `nullb0.mbps=${recorded.mbps}`, 'iodepth=1', 'runtime=1s'];
  }
  return [
    `nullb0.completion_nsec=${recorded.completion_nsec}`,
    `nullb0.hw_queue_depth=${recorded.hw_queue_depth}`,
    `iodepth=${recorded.qd}`,
  ];
}

const rows = vectorLines<Recorded>('null-blk-latency.jsonl');

test('the recording has six rows of the curve and one of mbps', () => {
  expect(rows.map(({ type }) => type)).toEqual([...Array(6).fill('curve'), 'mbps']);
});

test.each(rows)('$type completion_nsec=$completion_nsec mbps=$mbps depth $qd', async (recorded) => {
  const { iops, clatMeanUs } = await simulate(settings(recorded));
  expect(Math.abs(iops / recorded.iops - 1)).toBeLessThan(WITHIN);
  if (recorded.type === 'curve') {
    expect(Math.abs(clatMeanUs / recorded.clat_mean_us - 1)).toBeLessThan(WITHIN);
  }
});
