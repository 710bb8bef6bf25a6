/**
 * Real engines against fio beside them, and copies against a bare loop in C: I/Os per second of the
 * CPU time of the job's threads, the whole harness running, in turns. What is read is in the page
 * cache but for the rows that say O_DIRECT.
 */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecord } from '../../src/record/read.ts';
import type { Row } from '../../src/record/columns.ts';
import { medians } from './interleaved.ts';

const ROUNDS = 7;
const FILE = '256m';
const SECONDS = 2;

interface Contest {
  readonly name: string;
  readonly aim: number;
  /** Of the job, as both tools have them. */
  readonly lines: readonly string[];
  /** What only coffer has, or only fio. */
  readonly ours?: readonly string[];
  readonly theirs?: readonly string[];
}

const READ = ['rw=randread', 'bs=4k'];
const FIXED = ['fixedbufs=1', 'registerfiles=1'];

function contests(): Contest[] {
  const uring = [1, 32, 128].flatMap((depth) => {
    const batch = Math.min(depth, 32);
    const lines = [
      ...READ,
      'ioengine=io_uring',
      ...FIXED,
      `iodepth=${depth}`,
      `iodepth_batch=${batch}`,
      'iodepth_batch_complete_min=1',
      `iodepth_batch_complete_max=${batch}`,
    ];
    const name = `io_uring 4k read, depth ${depth}`;
    return [
      { name, aim: 0.95, lines },
      { name: `${name}, stamps=batch`, aim: 1.05, lines, ours: ['stamps=batch'] },
    ];
  });
  return [
    { name: 'null, depth 1', aim: 1.2, lines: [...READ, 'ioengine=null', 'norandommap=1'] },
    { name: 'psync 4k read', aim: 0.95, lines: [...READ, 'ioengine=psync'] },
    { name: 'psync 4k write', aim: 0.95, lines: ['rw=randwrite', 'bs=4k', 'ioengine=psync'] },
    { name: 'mmap 4k read', aim: 1, lines: [...READ, 'ioengine=mmap'] },
    ...uring,
  ];
}

export async function benchLinux(): Promise<void> {
  for (const folder of ['/dev/shm', tmpdir()]) {
    const place = mkdtempSync(join(folder, 'coffer-bench-'));
    try {
      for (const contest of contests()) await hold(contest, place);
      await holdDirect(place);
      await holdCopies(place);
    } finally {
      rmSync(place, { recursive: true });
    }
  }
  await holdWorkers();
  await holdMemory();
}

async function hold(contest: Contest, place: string): Promise<void> {
  const result = await medians(
    {
      coffer: async () => perCpuSecond(coffer(contest, place)),
      fio: async () => fio(contest, place),
    },
    ROUNDS,
  );
  tell(`${contest.name}, ${place.split('/')[1]}`, result, 'fio', contest.aim);
}

async function holdDirect(place: string): Promise<void> {
  if (place.startsWith('/dev/shm')) return;
  const lines = [...READ, 'ioengine=io_uring', ...FIXED, 'iodepth=32', 'direct=1'];
  await hold({ name: 'io_uring 4k read, O_DIRECT, depth 32', aim: 0.95, lines }, place);
}

/** The yardstick is built anew: it lies beside this file as C. */
async function holdCopies(place: string): Promise<void> {
  const yardstick = join(place, 'yardstick');
  execFileSync('gcc', ['-O2', '-o', yardstick, 'test/bench/yardstick.c']);
  // Not coffer's own, which would begin empty in each run: both write over blocks that are there.
  copyFileSync(`${place}/file`, `${place}/to`);
  for (const [mode, path] of [
    ['cfr', 'offload'],
    ['rw', 'read-write'],
  ] as const) {
    for (const [bs, aim, copies] of [
      [4096, mode === 'cfr' ? 0.85 : 0, 400_000],
      [65_536, 0.95, 60_000],
      [1_048_576, 0.95, 4_000],
    ] as const) {
      if (aim === 0) continue;
      const lines = [
        'rw=randcopy',
        `bs=${bs}`,
        `path=${path}`,
        `dest_filename=${place}/to`,
        'overwrite=1',
        'norandommap=1',
        `number_ios=${copies}`,
        'io_size=1t',
        'verify=none',
      ];
      const contest = { name: '', aim, lines: [], ours: lines };
      const args = [mode, `${place}/file`, `${place}/to`, String(bs), String(copies)];
      const result = await medians(
        {
          coffer: async () => perCpuSecond(coffer(contest, place)),
          c: async () => Number(execFileSync(yardstick, args, { encoding: 'utf8' }).split(' ')[0]),
        },
        ROUNDS,
      );
      tell(`${path} copies of ${bs / 1024}k, ${place.split('/')[1]}`, result, 'c', aim);
    }
  }
}

/** Two clones against two threads: wall time, for that is what scales. */
async function holdWorkers(): Promise<void> {
  const place = mkdtempSync(join('/dev/shm', 'coffer-bench-'));
  const contest = (numjobs: number): Contest => ({
    name: '',
    aim: 0,
    lines: [...READ, 'ioengine=psync', `numjobs=${numjobs}`, 'group_reporting'],
  });
  const rate = (numjobs: number) => async (): Promise<number> =>
    Number(coffer(contest(numjobs), place).iops);
  const theirs = (numjobs: number) => async (): Promise<number> =>
    fioReport(contest(numjobs), place).iops;
  const result = await medians(
    { ours1: rate(1), ours2: rate(2), fio1: theirs(1), fio2: theirs(2) },
    ROUNDS,
  );
  rmSync(place, { recursive: true });
  const scale = (who: string): string =>
    ((result.get(`${who}2`) ?? NaN) / (result.get(`${who}1`) ?? NaN)).toFixed(2);
  process.stdout.write(
    `two workers against one, psync 4k read: coffer ${scale('ours')}, fio ${scale('fio')} times\n`,
  );
}

/** Resident memory of the whole process, at its most. */
async function holdMemory(): Promise<void> {
  const place = mkdtempSync(join('/dev/shm', 'coffer-bench-'));
  for (const numjobs of [1, 8]) {
    const lines = [...READ, 'ioengine=psync', `numjobs=${numjobs}`];
    const contest = { name: '', aim: 0, lines };
    const ours = await mostResident('node', cofferArguments(contest, place));
    const theirs = await mostResident('fio', fioArguments(contest, place));
    process.stdout.write(
      `memory of ${numjobs} ${numjobs === 1 ? 'worker' : 'workers'}: ` +
        `coffer ${ours.toFixed(0)} MiB, fio ${theirs.toFixed(0)} MiB\n`,
    );
  }
  rmSync(place, { recursive: true });
}

async function mostResident(command: string, args: readonly string[]): Promise<number> {
  const child = spawn(command, args, { stdio: 'ignore' });
  let mostKiB = 0;
  const look = setInterval(() => {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    mostKiB = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? mostKiB);
  }, 100);
  await once(child, 'exit').finally(() => clearInterval(look));
  return mostKiB / 1024;
}

function coffer(contest: Contest, place: string): Row {
  const csv = join(place, 'bench.csv');
  execFileSync('node', cofferArguments(contest, place), { stdio: ['ignore', 'ignore', 'inherit'] });
  const record = readRecord(readFileSync(csv, 'utf8'), csv);
  const row = record.ok ? record.rows[0] : undefined;
  if (row === undefined || row.state !== 'done') throw new Error(`bench job: ${row?.error}`);
  return row;
}

function cofferArguments({ lines, ours = [] }: Contest, place: string): string[] {
  const job = join(place, 'bench.fio');
  const copies = ours.some((line) => line.startsWith('rw='));
  const ends = copies ? [] : ['time_based', `runtime=${SECONDS}s`];
  const target = lines.includes('ioengine=null') ? [] : [`filename=${place}/file`];
  const text = ['[job]', ...target, `size=${FILE}`, 'prewarm=1', 'invalidate=0', ...ends];
  writeFileSync(job, `${[...text, ...lines, ...ours].join('\n')}\n`);
  return ['dist/cli/main.js', 'run', job, '--output', join(place, 'bench.csv'), '--quiet'];
}

function perCpuSecond({ ios, host_cpu_ns: cpuNs }: Row): number {
  return (Number(ios) * 1e9) / Number(cpuNs);
}

function fio(contest: Contest, place: string): number {
  const { ios, cpuSeconds } = fioReport(contest, place);
  return ios / cpuSeconds;
}

interface FioJob {
  readonly usr_cpu: number;
  readonly sys_cpu: number;
  readonly read: FioSide;
  readonly write: FioSide;
}

interface FioSide {
  readonly total_ios: number;
  readonly runtime: number;
  readonly iops: number;
}

function fioReport(
  contest: Contest,
  place: string,
): { ios: number; iops: number; cpuSeconds: number } {
  const text = execFileSync('fio', fioArguments(contest, place), { encoding: 'utf8' });
  const report: { readonly jobs: readonly FioJob[] } = JSON.parse(text.slice(text.indexOf('{')));
  const [job] = report.jobs;
  if (job === undefined) throw new Error('fio reported no job');
  const side = job.read.total_ios > 0 ? job.read : job.write;
  const cpuSeconds = ((job.usr_cpu + job.sys_cpu) / 100) * (side.runtime / 1000);
  return { ios: side.total_ios, iops: side.iops, cpuSeconds };
}

function fioArguments({ lines, theirs = [] }: Contest, place: string): string[] {
  const target = lines.includes('ioengine=null') ? '--size=64g' : `--filename=${place}/file`;
  const common = ['--name=bench', target, `--size=${FILE}`, '--invalidate=0', '--thread'];
  const ends = ['--time_based', `--runtime=${SECONDS}`, '--output-format=json'];
  const latencies = ['--slat_percentiles=1', '--lat_percentiles=1'];
  return [...common, ...ends, ...latencies, ...[...lines, ...theirs].map((line) => `--${line}`)];
}

function tell(name: string, result: Map<string, number>, other: string, aim: number): void {
  const ours = result.get('coffer') ?? NaN;
  const theirs = result.get(other) ?? NaN;
  const thousands = (value: number): string => `${(value / 1e3).toFixed(1)} k/CPU s`;
  process.stdout.write(
    `${name}: coffer ${thousands(ours)}, ${other} ${thousands(theirs)}, ` +
      `ratio ${(ours / theirs).toFixed(2)} (aim ${aim})\n`,
  );
}
