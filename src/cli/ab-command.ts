/** The options of `coffer ab`; the verb itself is loaded when it is called. */

import type { Command } from 'commander';
import type { AbFlags } from './ab.ts';
import { collected, progressOption, selecting, wholeNumber } from './command-options.ts';
import { judging, reporting } from './compare-command.ts';

export function addAb(program: Command, end: (exitCode: number) => void): void {
  const command = program
    .command('ab')
    .description('run a job file as A and as B in turns on this machine, and judge B against A')
    .argument('<jobfile>', 'one job file')
    .requiredOption('--a <settings>', "as --set takes them, 'path=offload bs=4k'; may be empty")
    .requiredOption('--b <settings>', 'likewise; the same as A shows how loud the machine is')
    .option('--blocks <n>', 'each runs A and B once (default: 10; virtual: 1)', wholeNumber)
    .option('--seed <n>', 'of the order of A and B in the blocks (default: chance)', wholeNumber)
    .option('--output <file.csv>', 'records to FILE.a.csv and FILE.b.csv (default: results/STEM)')
    .option('--workers <n>', 'virtual runs side by side (default: one per CPU)', wholeNumber)
    .option('--timeout <time>', 'end a run that takes longer, as 90s or 10m; its rows say failed')
    .addOption(progressOption())
    .option('--live', 'throughput in the last second and p99 so far of each job, as it goes')
    .option('--quiet', 'nothing on stderr but mistakes');
  reporting(judging(selecting(command), collected), wholeNumber).action(
    async (jobFile: string, flags: AbFlags) => {
      end(await (await import('./ab.ts')).ab(jobFile, flags));
    },
  );
}
