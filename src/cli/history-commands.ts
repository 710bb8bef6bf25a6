/**
 * The options of `coffer trend` and `coffer baseline`; the verbs are loaded when they are called.
 */

import type { Command } from 'commander';
import type { BaselineFlags } from './baseline.ts';
import { collected, colourOption, wholeNumber } from './command-options.ts';
import type { TrendFlags } from './trend.ts';

export function addHistory(program: Command, end: (exitCode: number) => void): void {
  program
    .command('trend')
    .description('tell where a history of records changes, newest first')
    .argument('<paths...>', 'CSVs, or folders of them')
    .option('--column <column>', 'follow this one in place of the default ones', collected)
    .option('--alpha <p>', 'how often to call a wall-clock change where there is none', '0.05')
    .option('--csv-otava <file.csv>', 'the history for apache otava; its configuration beside it')
    .option('--allow-different-plan', 'follow rows through a changed job (plan_sha256)')
    .option('--json', 'to stdout, in place of the table')
    .option('--all', 'every figure that changed')
    .option('--width <columns>', "width of the table (default: the terminal's)", wholeNumber)
    .addOption(colourOption())
    .action(async (paths: string[], flags: TrendFlags) => {
      end((await import('./trend.ts')).trend(paths, flags));
    });
  program
    .command('baseline')
    .description('keep what jobs give, for compare --against')
    .command('update')
    .description('run jobs, and write their records to results/baseline/')
    .argument('<jobfiles...>', 'job files, of the virtual clock')
    .option('--directory <folder>', 'in place of results/baseline')
    .option('--allow-wall-clock', 'keep records whose figures are samples of this machine')
    .option('--workers <n>', 'virtual runs side by side (default: one per CPU)', wholeNumber)
    .option('--all', 'all that has changed')
    .option('--width <columns>', "width of the table (default: the terminal's)", wholeNumber)
    .addOption(colourOption())
    .action(async (jobFiles: string[], flags: BaselineFlags) => {
      end(await (await import('./baseline.ts')).updateBaselines(jobFiles, flags));
    });
}
