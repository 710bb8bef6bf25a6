/** The logs of simulated worlds, against the rows of the same runs. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Row } from '../../../src/record/columns.ts';
import { run } from '../../../src/runner/run.ts';
import { clearLogs } from '../../../src/runner/write-logs.ts';
import { readsRun } from '../../support/plan-of.ts';
import { scratchFolder } from '../../support/scratch.ts';

const LOGS = 'write_bw_log\nwrite_iops_log\nwrite_lat_log\n';

interface Logged {
  readonly folder: string;
  readonly rows: readonly Row[];
  /** The cells of a log's lines. */
  readonly of: (name: string) => readonly (readonly number[])[];
}

async function logged(lines: string): Promise<Logged> {
  const folder = scratchFolder();
  const { rows } = await run(readsRun(lines), { trace: false, logs: { folder, runs: 1 } });
  return { folder, rows, of: (name) => cellsIn(join(folder, name)) };
}

function cellsIn(path: string): number[][] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => line.split(', ').map(Number));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const column = (lines: readonly (readonly number[])[], at: number) =>
  lines.map((cells) => cells[at] ?? Number.NaN);

test('each I/O has its line, and they say what the row says', async () => {
  const { rows, of } = await logged(`${LOGS}size=256k\niodepth=4`);
  const row = rows[0];
  for (const kind of ['slat', 'clat', 'lat'] as const) {
    const lines = of(`reads_${kind}.1.log`);
    expect(lines).toHaveLength(64);
    const mean = sum(column(lines, 1)) / 64;
    expect(mean).toBeCloseTo(Number(row?.[`${kind}_mean_ns`]), 0);
  }
  const lat = column(of('reads_lat.1.log'), 1);
  expect([Math.min(...lat), Math.max(...lat)]).toEqual([row?.lat_min_ns, row?.lat_max_ns]);
  expect(of('reads_iops.1.log')).toEqual(
    Array.from({ length: 64 }, () => [expect.any(Number), 1, 0, 4096, 0]),
  );
});

test('windows lose no I/O and no byte', async () => {
  const { rows, of } = await logged(`${LOGS}loops=2000\nlog_avg_msec=1\nlog_window_value=both`);
  const lines = of('reads_iops.1.log');
  expect(lines.length).toBeGreaterThan(3);
  expect(column(lines, 0).slice(0, -1)).toEqual(lines.slice(0, -1).map((_, at) => at + 1));
  // Whole windows of a millisecond; the last is as long as what remains.
  const runtimeNs = Number(rows[0]?.runtime_ns);
  const lengths = lines.map((_, at) => (at < lines.length - 1 ? 1e6 : runtimeNs - at * 1e6));
  const ios = lengths.map((ns, at) => ((lines[at]?.[1] ?? 0) * ns) / 1e9);
  expect(Math.abs(sum(ios) - Number(rows[0]?.ios))).toBeLessThan(1);
  const bytes = of('reads_bw.1.log').map(
    (cells, at) => ((cells[1] ?? 0) * (lengths[at] ?? 0)) / 1e9,
  );
  expect(sum(bytes) * 1024).toBeCloseTo(Number(rows[0]?.bytes), -4);
  expect(Math.max(...column(of('reads_lat.1.log'), 2))).toBe(rows[0]?.lat_max_ns);
});

test('histograms hold every completion', async () => {
  const { rows, of } = await logged('write_hist_log\nlog_hist_msec=1\nloops=500');
  const bins = of('reads_clat_hist.1.log').flatMap((cells) => cells.slice(3));
  expect(sum(bins)).toBe(rows[0]?.ios);
});

test('the ramp is not logged, and time counts from its end', async () => {
  const { rows, of } = await logged(`${LOGS}ramp_time=5ms\nruntime=2ms\ntime_based`);
  const lines = of('reads_lat.1.log');
  expect(lines).toHaveLength(Number(rows[0]?.ios));
  expect(Math.max(...column(lines, 0))).toBeLessThanOrEqual(2);
});

test('a log longer than the memory of a clone is whole, and what waited on disk is gone', async () => {
  const { folder, rows, of } = await logged('write_lat_log\nlog_offset=1\nloops=3000\nnumjobs=2');
  for (const clone of [1, 2]) {
    const lines = of(`reads_clat.${clone}.log`);
    expect(lines).toHaveLength(Number(rows[clone - 1]?.ios));
    expect(column(lines, 4).slice(0, 5)).toEqual([0, 4096, 8192, 12_288, 0]);
    const times = column(lines, 0);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  }
  expect(readdirSync(folder).filter((name) => !name.endsWith('.log'))).toEqual([]);
});

test('clones that share a log are in it in the order of time', async () => {
  const { folder, rows, of } = await logged('write_bw_log=x\nper_job_logs=0\nnumjobs=3\nloops=50');
  expect(readdirSync(folder)).toEqual(['x_bw.log']);
  const times = column(of('x_bw.log'), 0);
  expect(times).toHaveLength(sum(rows.slice(0, 3).map(({ ios }) => Number(ios))));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('a log that cannot be written fails the rows, which keep their figures', async () => {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'reads_bw.1.log'));
  const options = { trace: false, logs: { folder, runs: 1 } };
  const { rows } = await run(readsRun('write_bw_log\nwrite_iops_log'), options);
  expect(rows[0]).toMatchObject({
    state: 'failed',
    error: `its logs: ${folder}/reads_bw.1.log: is a folder; name a file in it`,
    ios: 4,
  });
});

test('without a place no log is collected', async () => {
  const { rows } = await run(readsRun(LOGS), { trace: false });
  expect(rows[0]).toMatchObject({ state: 'done', ios: 4 });
});

test('a figure is the same with logs and without', async () => {
  const lines = 'loops=300\niodepth=4\nnumjobs=2';
  const { rows } = await logged(`${lines}\n${LOGS}write_hist_log\nlog_hist_msec=1`);
  expect(rows).toEqual((await run(readsRun(lines), { trace: false })).rows);
});

test('logs of earlier, and what this invocation has not finished, are cleared before a run', () => {
  const folder = scratchFolder();
  const own = [
    'reads_bw.1.log',
    `.reads_bw.1.log.coffer-${process.pid}.new`,
    `.reads.coffer-${process.pid}.1.0.partial`,
  ];
  const others = [
    '.reads.coffer-0.1.0.partial',
    'mine',
    'reads.1.0.log.partial',
    'reads_bw.1.log.new',
    'reads_bw.2.log',
  ];
  for (const name of [...own, ...others]) writeFileSync(join(folder, name), 'x');
  clearLogs(readsRun('write_bw_log'), { folder, runs: 1 });
  expect(readdirSync(folder).sort()).toEqual(others);
  expect(existsSync(folder)).toBe(true);
});

test('files that only look like an unfinished log are left, and another log that does', async () => {
  const folder = scratchFolder();
  const mine = ['q.1.0.log.partial', 'q.new.new'];
  for (const name of mine) writeFileSync(join(folder, name), 'mine');
  const jobs = readsRun('write_iolog=q\n[b]\nwrite_iolog=q.new\nloops=3000');
  const { rows } = await run(jobs, { trace: false, logs: { folder, runs: 1 } });
  expect(rows.slice(0, 2).map(({ state }) => state)).toEqual(['done', 'done']);
  expect(readdirSync(folder).sort()).toEqual(['q', 'q.1.0.log.partial', 'q.new', 'q.new.new']);
  for (const name of mine) expect(readFileSync(join(folder, name), 'utf8')).toBe('mine');
});

test('a log to be replayed is of one clone, by whichever name several jobs call it', async () => {
  const folder = scratchFolder();
  const jobs = readsRun(`write_iolog=q\n[b]\nwrite_iolog=${folder}/./q`);
  await run(jobs, { trace: false, logs: { folder, runs: 1 } });
  expect(readdirSync(folder).sort()).toEqual(['q.1', 'q.2']);
  const lines = ['q.1', 'q.2'].map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(lines[0]).toBe(lines[1]);
});
