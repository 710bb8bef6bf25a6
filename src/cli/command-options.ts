/** Options that several commands take, and how their values are read. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { PROGRESS_CHOICES } from './progress-mode.ts';
import { COLOUR_CHOICES } from './terminal.ts';

/** What selects runs from job files, for the verbs that plan. */
export function selecting(command: Command): Command {
  return command
    .option('--section <name>', 'only this job (repeatable)', collected)
    .option(
      '--set <option=value>',
      'in place of the option and its sweep in every job, or DEVICE.attribute=value (repeatable)',
      collected,
    )
    .option('--readonly', 'refuse jobs that write or copy, and lay out no file')
    .option(
      '--allow-destructive',
      'as if every job had overwrite=1 and allow_mounted_write=1: what is there may be lost',
    );
}

/** For the verbs that print a table. */
export function colourOption(): Option {
  const option = new Option(
    '--color <when>',
    'dress the table (auto: on a terminal, NO_COLOR obeyed)',
  );
  return option.choices(COLOUR_CHOICES).default('auto');
}

/** For the verbs that run. */
export function progressOption(): Option {
  const how = 'on stderr: a block on a terminal, a line every 10 s elsewhere';
  return new Option('--progress <how>', how).choices(PROGRESS_CHOICES).default('auto');
}

/** Of an option that may be given again. */
export function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Throws InvalidArgumentError. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError('give a whole number from 1 up.');
}
