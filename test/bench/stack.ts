/**
 * Simulated 4k random reads through the whole stack against fio's null engine at the same depth, the
 * same latencies on: histograms of slat, clat and lat in both, no random map in either. fio's default
 * keeps one histogram of the three; that ratio stands beside it. fio reads real clocks and models
 * nothing: a yardstick, not equal work.
 */

import { spawnSync } from 'node:child_process';
import { medians, millions, perCpuSecond } from './interleaved.ts';
import { readsJob, simulate } from './simulate.ts';

/** About two seconds, as fio is given. */
const IOS = 4_000_000;
const TARGETS = new Map([
  [1, 0.45],
  [32, 0.5],
  [256, 0.45],
]);

export async function benchStack(): Promise<void> {
  for (const [depth, target] of TARGETS) {
    const result = await medians({
      coffer: () => coffer(depth),
      same: () => fioNull(depth, ['--slat_percentiles=1', '--lat_percentiles=1']),
      fewer: () => fioNull(depth, []),
    });
    const ours = result.get('coffer') ?? NaN;
    const [same, fewer] = ['same', 'fewer'].map((name) => {
      const theirs = result.get(name) ?? NaN;
      return `${millions(theirs)}, ratio ${(ours / theirs).toFixed(2)}`;
    });
    process.stdout.write(
      `stack depth ${depth}: coffer ${millions(ours)}, ${(1e9 / ours).toFixed(0)} ns an I/O; ` +
        `fio null ${same} (aim ${target}), with clat alone ${fewer}\n`,
    );
  }
}

function coffer(depth: number): Promise<number> {
  return perCpuSecond(IOS, async () => {
    await simulate(readsJob(depth, IOS));
  });
}

interface FioJson {
  readonly jobs: readonly {
    readonly usr_cpu: number;
    readonly sys_cpu: number;
    readonly read: { readonly total_ios: number; readonly runtime: number };
  }[];
}

/** I/Os per CPU second of its job thread, by its own account. */
async function fioNull(depth: number, more: readonly string[]): Promise<number> {
  const { stdout, status } = spawnSync(
    'fio',
    [
      '--name=null',
      '--ioengine=null',
      '--rw=randread',
      '--bs=4k',
      '--size=64g',
      `--iodepth=${depth}`,
      '--norandommap',
      '--time_based',
      '--runtime=2',
      '--thread',
      '--output-format=json',
      ...more,
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error('fio did not run: apt-get install fio');
  const report: FioJson = JSON.parse(stdout);
  const job = report.jobs[0];
  if (job === undefined) throw new Error('fio reported no job');
  const cpuSeconds = ((job.usr_cpu + job.sys_cpu) / 100) * (job.read.runtime / 1000);
  return job.read.total_ios / cpuSeconds;
}
