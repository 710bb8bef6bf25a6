/**
 * Rates and pauses on real files, and the same jobs by fio where it is installed: never faster than
 * asked, in the shares asked for. How late they may be is the machine's business, so that this is
 * loose; figures within 2 % are held on clocks of our own (conformance/fio/pace.test.ts, and
 * unit/linux/clone-loop-pace.test.ts).
 */

import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../src/record/columns.ts';
import { loadSyscalls } from '../../src/linux/syscalls.ts';
import { present } from '../../src/units/assert.ts';
import { runJob } from '../support/real-cli.ts';
import { scratchFolder } from '../support/scratch.ts';

const COMMON = 'size=16m\nbs=4k\n';
const LATE_MS = 5000;

/** What a direction did, and in how long. */
type Done = Readonly<Record<string, { readonly ios: number; readonly ms: number }>>;

function done(rows: readonly Row[]): Done {
  return Object.fromEntries(
    rows.map((row) => [
      String(row.direction),
      { ios: Number(row.ios), ms: Number(row.runtime_ns) / 1e6 },
    ]),
  );
}

interface FioDirection {
  readonly total_ios: number;
  readonly runtime: number;
}

interface FioJob {
  readonly read: FioDirection;
  readonly write: FioDirection;
}

function byFio(options: string, cwd: string): Done {
  const lines = `filename=fio.dat\n${COMMON}${options}`.trim().split('\n');
  const words = ['--name=p', '--output-format=json', ...lines.map((line) => `--${line}`)];
  const { stdout } = spawnSync('fio', words, { cwd, encoding: 'utf8' });
  const told: { readonly jobs: readonly FioJob[] } = JSON.parse(stdout.slice(stdout.indexOf('{')));
  const { read, write } = present(told.jobs[0], 'a job of fio');
  return {
    read: { ios: read.total_ios, ms: read.runtime },
    write: { ios: write.total_ios, ms: write.runtime },
  };
}

/** Of the I/Os of each direction, at so many a second. */
function expectPaced(found: Done, expected: Readonly<Record<string, number>>, ms: number): void {
  for (const [direction, ios] of Object.entries(expected)) {
    const { ios: did, ms: took } = present(found[direction], direction);
    expect(Math.abs(did - ios) / ios).toBeLessThan(0.05);
    expect(took).toBeGreaterThan(ms * 0.98);
    expect(took).toBeLessThan(ms + LATE_MS);
  }
}

const fio = spawnSync('fio', ['--version']).status === 0;
const calls = typeof loadSyscalls() !== 'string';

describe.skipIf(!calls).each<[string, Readonly<Record<string, number>>]>([
  ['rw=randread\nrate_iops=1000\nnumber_ios=1000\n', { read: 1000 }],
  ['rw=randread\nrate=4m\nioengine=io_uring\niodepth=8\nnumber_ios=1024\n', { read: 1024 }],
  // What is caught up is drawn by rwmixread.
  [
    'rw=randrw\nrwmixread=67\nrate_iops=1000,500\nioengine=libaio\niodepth=4\nnumber_ios=1500\n',
    { read: 1000, write: 500 },
  ],
])('%j', (options, expected) => {
  test('takes the time that its rate asks for, in its shares', async () => {
    const ended = await runJob(`filename=a.dat\n${COMMON}${options}`, { cwd: scratchFolder() });
    expect(ended).toMatchObject({ exitCode: 0 });
    expectPaced(done(ended.rows), expected, 1000);
    for (const row of ended.rows) {
      expect(Number(row.intended_lat_mean_ns)).toBeGreaterThan(Number(row.lat_mean_ns));
    }
  });

  test.runIf(fio)('as in fio', () => {
    expectPaced(byFio(options, scratchFolder()), expected, 1000);
  });
});

test.skipIf(fio)('fio is not installed: rates were not held against it', () => {});

test('pauses are in the time of a real job, and a rate that is not kept fails it', async () => {
  const cwd = scratchFolder();
  const text =
    '[global]\nfilename=a.dat\nsize=4m\nbs=4k\nthinktime=20ms\n' +
    '[pauses]\nnumber_ios=20\nthinktime_blocks=4\n' +
    '[slow]\nstonewall\nruntime=4\ntime_based\nrate_iops_min=90\nrate_cycle=300\n';
  const ended = await runJob(text, { cwd });
  expect(ended.exitCode).toBe(1);
  const [pauses, slow] = ended.rows;
  expect(pauses).toMatchObject({ state: 'done', ios: 20, intended_lat_mean_ns: null });
  expect(Number(pauses?.runtime_ns)).toBeGreaterThanOrEqual(100e6);
  expect(slow?.state).toBe('failed');
  expect(slow?.error).toMatch(/^rate_iops_min=90 was not kept: \d\d I\/Os a second of read within/);
});
