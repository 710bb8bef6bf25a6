/**
 * A sweep of 10,000 points, each a tiny world: what it takes until all of them are planned and
 * checked, until the first row is on disk (of the same job at one point too: what is between is the
 * price of the sweep), and how many runs follow in a second. In CPU time, as /proc tells it of the
 * process, threads included.
 */

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatDiagnostic, loadPlan } from '../../src/job/load.ts';
import { formatHeader } from '../../src/record/write.ts';
import { median, REPEATS } from './interleaved.ts';
import { nvmeJob } from './simulate.ts';

const AXIS = 100;
const POINTS = AXIS ** 2;

export async function benchPoints(): Promise<void> {
  const text = jobText(AXIS);
  const planned = median(Array.from({ length: REPEATS }, () => planMs(text)));
  const folder = mkdtempSync(join(tmpdir(), 'coffer-bench-'));
  const one: Spent[] = [];
  const many: Spent[] = [];
  for (let i = 0; i < REPEATS; i += 1) {
    one.push(await spent(folder, jobText(1)));
    many.push(await spent(folder, text));
  }
  rmSync(folder, { recursive: true });
  const first = (runs: readonly Spent[]): number => median(runs.map(({ firstMs }) => firstMs));
  const rate = median(many.map(({ firstMs, allMs }) => (1e3 * POINTS) / (allMs - firstMs)));
  process.stdout.write(
    `${POINTS} points: planned in ${planned.toFixed(0)} CPU ms, first row after ` +
      `${first(many).toFixed(0)}, of one point after ${first(one).toFixed(0)} (aim: 1000 more); ` +
      `${rate.toFixed(0)} runs per CPU second\n`,
  );
}

/** So many values on each of two axes. */
function jobText(values: number): string {
  const list = Array.from({ length: values }, (_, place) => place + 1).join(' ');
  const sweeps = [`sweep_iodepth=${list}`, `sweep_randseed=${list}`];
  return nvmeJob(['rw=randread', 'bs=4k', 'size=1m', 'number_ios=4', ...sweeps]);
}

function planMs(text: string): number {
  const before = process.cpuUsage();
  const loaded = loadPlan({ jobFile: 'points.fio', text });
  const { user, system } = process.cpuUsage(before);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(formatDiagnostic)[0]);
  return (user + system) / 1000;
}

/** CPU time of one invocation. */
interface Spent {
  /** Until its first row is on disk. */
  readonly firstMs: number;
  readonly allMs: number;
}

const LOOK_EVERY_MS = 5;
const HEADER_BYTES = Buffer.byteLength(formatHeader());

async function spent(folder: string, text: string): Promise<Spent> {
  const job = join(folder, 'points.fio');
  const output = join(folder, 'points.csv');
  writeFileSync(job, text);
  const main = new URL('../../dist/cli/main.js', import.meta.url).pathname;
  const words = [main, 'run', job, '--output', output, '--quiet'];
  const child = spawn(process.execPath, words, { stdio: 'ignore' });
  let firstMs: number | null = null;
  let allMs = 0;
  const watch = setInterval(() => {
    allMs = cpuMs(child.pid) ?? allMs;
    const size = statSync(`${output}.partial`, { throwIfNoEntry: false })?.size ?? 0;
    if (size > HEADER_BYTES) firstMs ??= allMs;
  }, LOOK_EVERY_MS);
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(watch);
  rmSync(output);
  if (status !== 0) throw new Error(`coffer ended with ${status}`);
  // One point may be over before anybody has looked.
  return { firstMs: firstMs ?? allMs, allMs };
}

const TICK_MS = 10;

/** proc_pid_stat(5), utime and stime; null: the process is gone. */
function cpuMs(pid: number | undefined): number | null {
  try {
    const [, facts = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user, system] = facts.split(' ').slice(11, 13).map(Number);
    return user === undefined || system === undefined ? null : (user + system) * TICK_MS;
  } catch {
    return null;
  }
}
