/**
 * Logs against those of fio: which files there are, how many lines, and in them all that does not
 * depend on the machine's pace. What fio 3.33 wrote stands here; where fio is installed it is run
 * again, and every line of both is held against one form. Needs the build.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { isLogLine } from '../../../src/record/log-form.ts';
import { present } from '../../../src/units/assert.ts';
import { coffer } from '../../support/command-line.ts';
import { rowsIn } from '../../support/real-cli.ts';
import { scratchFolder } from '../../support/scratch.ts';

const hasFio = spawnSync('fio', ['--version']).status === 0;
const live = hasFio ? test : test.skip;
const why = hasFio ? '' : ' (fio is not installed)';

/** `fio job.fio --output=/dev/null` */
const JOB = `[global]
ioengine=null
size=1m
number_ios=3
write_bw_log
write_iops_log
write_lat_log=lat
[a]
rw=read
bs=4k
[b]
numjobs=2
rw=write
bs=8k
iodepth=2
log_offset=1
[c]
rw=write
bs=16k
log_prio=1
disable_slat=1
[d]
rw=read
bs=4k
per_job_logs=0
write_bw_log=shared
`;

/** What stands behind time and value in each of three lines, offset by offset. */
const A = ['0, 4096, 0', '0, 4096, 0', '0, 4096, 0'];
const B = ['1, 8192, 0, 0', '1, 8192, 8192, 0', '1, 8192, 16384, 0'];
const C = ['1, 16384, 0x0000', '1, 16384, 0x0000', '1, 16384, 0x0000'];

/** As fio 3.33 left it. */
const FOUND = {
  'a_bw.1.log': A,
  'a_iops.1.log': A,
  'b_bw.2.log': B,
  'b_bw.3.log': B,
  'b_iops.2.log': B,
  'b_iops.3.log': B,
  'c_bw.4.log': C,
  'c_iops.4.log': C,
  'd_iops.log': A,
  'lat_clat.1.log': A,
  'lat_clat.2.log': B,
  'lat_clat.3.log': B,
  'lat_clat.4.log': C,
  'lat_clat.log': A,
  'lat_lat.1.log': A,
  'lat_lat.2.log': B,
  'lat_lat.3.log': B,
  'lat_lat.4.log': C,
  'lat_lat.log': A,
  // An I/O of a synchronous engine has ended when its submission is over.
  'lat_slat.1.log': [],
  'lat_slat.2.log': B,
  'lat_slat.3.log': B,
  'lat_slat.log': [],
  'shared_bw.log': A,
};

type Logs = Readonly<Record<string, readonly string[]>>;

function logsIn(folder: string): Logs {
  const names = readdirSync(folder).filter((name) => name.endsWith('.log'));
  const linesOf = (name: string) => readFileSync(join(folder, name), 'utf8').split('\n');
  return Object.fromEntries(names.map((name) => [name, linesOf(name).slice(0, -1)]));
}

/** The folder that coffer has left its logs in. */
async function ranIn(job: string): Promise<string> {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, 'job.fio'), job);
  const ended = await coffer(['run', 'job.fio', '--output', 'a.csv'], { cwd });
  expect(ended).toMatchObject({ exitCode: 0 });
  return cwd;
}

async function byCoffer(job: string): Promise<Logs> {
  return logsIn(await ranIn(job));
}

function byFio(job: string): Logs {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, 'job.fio'), job);
  expect(spawnSync('fio', ['job.fio', '--output=/dev/null'], { cwd }).status).toBe(0);
  return logsIn(cwd);
}

function behindValues(logs: Logs): Logs {
  const rest = (line: string) => line.split(', ').slice(2).join(', ');
  return Object.fromEntries(Object.entries(logs).map(([name, lines]) => [name, lines.map(rest)]));
}

test('the files of fio, line for line but for time and value', async () => {
  const ours = await byCoffer(JOB);
  expect(behindValues(ours)).toEqual(FOUND);
  for (const line of Object.values(ours).flat()) expect(line).toSatisfy(isLogLine);
  for (const line of ours['a_iops.1.log'] ?? []) expect(line).toMatch(/^\d+, 1, /);
});

live(`fio writes them still${why}`, () => {
  const theirs = byFio(JOB);
  expect(behindValues(theirs)).toEqual(FOUND);
  for (const line of Object.values(theirs).flat()) expect(line).toSatisfy(isLogLine);
});

/** `fio job.fio --output=/dev/null`: half a second in windows of 100 ms. */
const WINDOWED = `[a]
ioengine=null
size=1g
bs=4k
rw=read
time_based
runtime=500ms
log_avg_msec=100
write_lat_log
write_hist_log
log_hist_msec=100
log_hist_coarseness=5
`;

const HISTOGRAM_CELLS = 3 + 1856 / 32;

describe('windows', () => {
  const shapeOf = (logs: Logs, name: string) => {
    const cells = (logs[name] ?? []).map((line) => line.split(', '));
    return { times: cells.map(([time]) => time), lengths: new Set(cells.map((all) => all.length)) };
  };

  /** Whole windows, though a busy machine may skip one, and end the last I/O late. */
  function expectEnds(times: readonly (string | undefined)[]): void {
    const ends = times.map(Number);
    expect(ends.slice(0, -1).filter((end) => end % 100 !== 0)).toEqual([]);
    expect(new Set(ends).size).toBe(ends.length);
    expect(ends.at(-1)).toBeGreaterThanOrEqual(500);
  }

  test('a line for each, by its end', async () => {
    const logs = await byCoffer(WINDOWED);
    const latencies = shapeOf(logs, 'a_lat.1.log');
    expect(latencies.lengths).toEqual(new Set([5]));
    expectEnds(latencies.times);
    for (const line of logs['a_lat.1.log'] ?? []) expect(line).toMatch(/^\d+, \d+, 0, 0, 0$/);
    const histograms = shapeOf(logs, 'a_clat_hist.1.log');
    expect(histograms.lengths).toEqual(new Set([HISTOGRAM_CELLS]));
    // fio leaves the last window of histograms out, and is some milliseconds late.
    expectEnds(histograms.times);
  });

  live(`those of fio${why}`, () => {
    const logs = byFio(WINDOWED);
    const latencies = shapeOf(logs, 'a_lat.1.log');
    expect(latencies.lengths).toEqual(new Set([5]));
    expect(Number(latencies.times.at(-1))).toBeGreaterThanOrEqual(500);
    for (const line of logs['a_lat.1.log'] ?? []) expect(line).toMatch(/^\d+, \d+, 0, 0, 0$/);
    expect(shapeOf(logs, 'a_clat_hist.1.log').lengths).toEqual(new Set([HISTOGRAM_CELLS]));
  });
});

describe('tools of fio read them', () => {
  const plotter = '/usr/bin/fio2gnuplot';
  const plots = existsSync(plotter);
  const noPlotter = plots ? '' : ' (it is not installed)';

  test.skipIf(!plots)(`fio2gnuplot${noPlotter}`, async () => {
    const cwd = await ranIn(`${WINDOWED}write_bw_log=copies\n`);
    const { status, stdout } = spawnSync(plotter, ['-b'], { cwd, encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout).toContain('copies_bw.1.log');
    const means = readFileSync(join(cwd, 'result.average'), 'utf8');
    const values = (logsIn(cwd)['copies_bw.1.log'] ?? []).map((line) =>
      Number(line.split(', ')[1]),
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(means).toContain(`0 ${Math.trunc(mean)}`);
  });

  const packed = '/usr/share/doc/fio/fio-histo-log-pctiles.py.gz';
  const python = spawnSync('python3', ['--version']).status === 0 && existsSync(packed);
  const noScript = python ? '' : ' (it is not installed)';

  test.skipIf(!python)(`fio-histo-log-pctiles${noScript}`, async () => {
    const job = WINDOWED.replace('log_hist_coarseness=5\n', '');
    const cwd = await ranIn(`${job}clat_percentiles=1\n`);
    const script = join(cwd, 'percentiles.py');
    writeFileSync(script, gunzipSync(readFileSync(packed)));
    const words = [script, '--log-hist-msec', '100', 'a_clat_hist.1.log'];
    const { status, stdout } = spawnSync('python3', words, { cwd, encoding: 'utf8' });
    expect(status).toBe(0);
    const [row] = rowsIn(join(cwd, 'a.csv'));
    const cells = present(stdout.trim().split('\n').at(-1), 'figures').split(', ').map(Number);
    // From the start, samples, and in us the smallest, the median, two percentiles, the largest.
    // The script rounds shares of windows.
    expect(Math.abs(Number(cells[1]) - Number(row?.ios))).toBeLessThan(10);
    const medianNs = 1000 * present(cells[3], 'a median');
    expect(Math.abs(medianNs / Number(row?.lat_p50_ns) - 1)).toBeLessThan(0.05);
  });
});
