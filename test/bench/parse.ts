/** How long a job file takes from text to plan: of 4,000 jobs, and of fewer, to see it is linear. */

import { formatDiagnostic, loadPlan } from '../../src/job/load.ts';
import { median, REPEATS } from './interleaved.ts';

const JOBS = [1000, 2000, 4000] as const;

const KINDS: Readonly<Record<string, string>> = {
  real: '[global]\nioengine=null\nsize=1m\nrw=randread\n',
  simulated:
    '[device d]\ndriver=nvme\nsize=1g\n' +
    '[global]\nfilename=d\nrw=copy\nsize=1m\ndest_offset=512m\n',
};

export function benchParse(): Promise<void> {
  for (const [kind, head] of Object.entries(KINDS)) {
    const times = JOBS.map((jobs) => `${jobs} in ${cpuMs(jobFile(head, jobs)).toFixed(0)}`);
    process.stdout.write(
      `parse, ${kind} jobs: ${times.join(', ')} CPU ms (aim: 4000 below 1000)\n`,
    );
  }
  return Promise.resolve();
}

function jobFile(head: string, jobs: number): string {
  const job = (index: number): string =>
    `[job${index}]\nbs=${4 * (1 + (index % 8))}k\niodepth=${1 + (index % 32)}\nnumber_ios=100\n`;
  return head + Array.from({ length: jobs }, (_, index) => job(index)).join('');
}

function cpuMs(text: string): number {
  const times = Array.from({ length: REPEATS }, () => {
    const before = process.cpuUsage();
    const loaded = loadPlan({ jobFile: 'parse.fio', text });
    const { user, system } = process.cpuUsage(before);
    if (!loaded.ok) throw new Error(loaded.diagnostics.map(formatDiagnostic)[0]);
    return (user + system) / 1000;
  });
  return median(times);
}
