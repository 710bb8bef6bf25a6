/** The options of `coffer compare`; the verb itself is loaded when it is called. */

import { type Command, Option } from 'commander';
import type { CompareFlags } from './compare.ts';
import { COLOUR_CHOICES } from './terminal.ts';

type Collect = (value: string, before?: readonly string[]) => readonly string[];
type Count = (text: string) => number;

export function addCompare(
  program: Command,
  end: (exitCode: number) => void,
  collected: Collect,
  wholeNumber: Count,
): void {
  const command = program
    .command('compare')
    .description(
      'judge records against earlier ones: 0 no regression, 3 regression, 4 inconclusive',
    )
    .argument('[baseline]', 'a CSV, or a folder of them')
    .argument('[candidate]', 'likewise')
    .option('--baseline <files...>', 'more files or folders of the baseline')
    .option('--candidate <files...>', 'more files or folders of the candidate')
    .option('--against <git:REV>', 'results/baseline/ of that revision; all files are candidates');
  judging(command, collected)
    .option('--allow-different-environment', 'judge wall-clock rows of different machines')
    .option('--allow-different-plan', 'judge rows whose job has changed (plan_sha256 differs)');
  reporting(command, wholeNumber).action(
    async (first: string | undefined, second: string | undefined, flags: CompareFlags) => {
      end((await import('./compare.ts')).compare(first, second, flags));
    },
  );
}

/** Where a comparison is told, and how. */
export function reporting(command: Command, wholeNumber: Count): Command {
  return command
    .option('--markdown [file]', 'for the summary of a CI step (without a file: to stdout)')
    .option('--junit <file>', 'a test case for each row')
    .option('--github', 'annotations of GitHub Actions below the table')
    .option('--json', 'to stdout, in place of the table')
    .option('--csv [file]', 'a line for each figure judged (without a file: to stdout)')
    .option('--all', 'all that was found, and what passed')
    .option('--width <columns>', "width of the table (default: the terminal's)", wholeNumber)
    .addOption(new Option('--color <when>', 'auto: on a terminal').choices(COLOUR_CHOICES));
}

/** By which rules. */
export function judging(command: Command, collected: Collect): Command {
  return command
    .option(
      '--gate <column>',
      'judge this column in place of the default ones (repeatable)',
      collected,
    )
    .option('--margin <percent>', 'how far wall-clock figures may differ', '5%')
    .option(
      '--tolerance <column=percent>',
      'the same for one column, any clock (repeatable)',
      collected,
    )
    .option('--alpha <p>', 'how often to call a wall-clock difference where there is none', '0.05')
    .option('--fail-on-change', 'a virtual figure that got better is a regression too')
    .addOption(
      new Option('--inconclusive <what>', 'exit 0 or 3 in place of 4').choices(['pass', 'fail']),
    );
}
