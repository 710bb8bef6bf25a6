#!/usr/bin/env node
/**
 * argv → verb → exit code. Each verb is loaded when it is called: start-up is most of a tiny run.
 */

import { Command, CommanderError } from 'commander';
import { addAb } from './ab-command.ts';
import { addHistory } from './history-commands.ts';
import type { CalibrateFlags } from './calibrate.ts';
import type { CheckFlags } from './check.ts';
import { addCompare } from './compare-command.ts';
import {
  collected,
  colourOption,
  progressOption,
  selecting,
  wholeNumber,
} from './command-options.ts';
import { EXIT } from './exit-code.ts';
import { addFigures } from './figure-commands.ts';
import type { MergeFlags } from './merge.ts';
import type { ReferencesFlags } from './references.ts';
import type { RunFlags } from './run.ts';
import type { ShowFlags } from './show.ts';
import { toolVersion } from './version.ts';
import { UsageError } from './usage-error.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  outliveReaders();
  let exitCode: number = EXIT.good;
  const program = commands((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has said it already, help and version included.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.good : EXIT.usage;
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n`);
      return EXIT.usage;
    }
    const trace = error instanceof Error ? error.stack : String(error);
    process.stderr.write(`a defect of coffer, please report it: ${trace}\n`);
    return EXIT.failed;
  }
}

function commands(end: (exitCode: number) => void): Command {
  const program = new Command('coffer')
    .description('what fio is to reads and writes, coffer is to copies inside storage systems')
    .version(toolVersion())
    .exitOverride()
    .showSuggestionAfterError();
  selecting(program.command('run').argument('<files...>', 'job files'))
    .description('run job files; the record goes to a CSV, its table to stdout')
    .option('--output <file.csv>', 'where the record goes (default: results/STEM.csv)')
    .option('--workers <n>', 'virtual runs side by side (default: one per CPU)', wholeNumber)
    .option('--resume', 'keep what an earlier invocation with this --output has finished')
    .option('--shard <i/n>', 'only the i-th of n shares of the runs; coffer merge joins them')
    .option('--trace <file>', 'the life of every bio: .json for ui.perfetto.dev, else text')
    .option('--timeout <time>', 'end a run that takes longer, as 90s or 10m; its rows say failed')
    .option('--width <columns>', "width of the table (default: the terminal's)", wholeNumber)
    .addOption(colourOption())
    .addOption(progressOption())
    .option('--live', 'throughput in the last second and p99 so far of each job, as it goes')
    .option('--quiet', 'nothing on stderr but mistakes')
    .action(async (files: string[], flags: RunFlags) => {
      end(await (await import('./run.ts')).run(files, flags));
    });
  selecting(program.command('check').argument('<files...>', 'job files'))
    .description('tell every mistake in job files, without running them')
    .option('--syntax', 'grammar and options alone, as fio --parse-only: no sizes, devices, files')
    .option('--plan', 'list the runs, what they write, and a guess of the time')
    .action(async (files: string[], flags: CheckFlags) => {
      end((await import('./check.ts')).check(files, flags));
    });
  program
    .command('show')
    .description('print the table of a record')
    .argument('<file.csv>')
    .option('--all', 'the background rows of the devices too')
    .option('--width <columns>', "width of the table (default: the terminal's)", wholeNumber)
    .addOption(colourOption())
    .action(async (file: string, flags: ShowFlags) => {
      end((await import('./show.ts')).show(file, flags));
    });
  program
    .command('options')
    .description('explain an option of the job language, or list them all')
    .argument('[name]')
    .action(async (name: string | undefined) => {
      end((await import('./options.ts')).explainOptions(name));
    });
  addFigures(program, end);
  addCompare(program, end, collected, wholeNumber);
  addAb(program, end);
  addHistory(program, end);
  addTools(program, end);
  return program;
}

function addTools(program: Command, end: (exitCode: number) => void): void {
  program
    .command('merge')
    .description('join the records of coffer run --shard: the bytes of one run')
    .argument('<shards...>', 'the CSVs of all shards, their JSON beside them')
    .requiredOption('--output <file.csv>', 'where the record goes')
    .action(async (shards: string[], flags: MergeFlags) => {
      end((await import('./merge.ts')).merge(shards, flags));
    });
  program
    .command('calibrate')
    .description("measure this machine's costs and print them as a [host] section")
    .option('--name <name>', 'of the section', 'measured')
    .action(async (flags: CalibrateFlags) => {
      end(await (await import('./calibrate.ts')).calibrate(flags));
    });
  program
    .command('replay')
    .description('send recorded NVMe commands to the model, and tell every answer that differs')
    .argument('<file.jsonl>')
    .action(async (file: string) => {
      end((await import('./replay.ts')).replay(file));
    });
  program
    .command('references', { hidden: true })
    .description('write jobs/README.md and results/README.md from the tables they document')
    .option('--check', 'write nothing; fail if one is stale')
    .action(async (flags: ReferencesFlags) => {
      end((await import('./references.ts')).references(flags));
    });
  program
    .command('version')
    .description('print the version')
    .action(() => {
      process.stdout.write(`${toolVersion()}\n`);
    });
}

/** `coffer show FILE | head -1`: a reader that has seen enough is no failure. */
function outliveReaders(): void {
  // Nobody is left to be told, and the run goes on.
  process.stderr.on('error', () => {});
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`stdout: ${error.message}\n`);
    process.exit(EXIT.failed);
  });
}
