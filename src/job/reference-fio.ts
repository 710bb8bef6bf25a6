/** What `jobs/README.md` says of fio: which lines read otherwise, what becomes of its options. */

import { capitalised, code, markdownTable } from '../units/markdown.ts';
import { DIFFERENCES, type Reading } from './differences.ts';
import { fioOptions, knownOptions } from './option-table.ts';
import type { JobOption } from './options/job-option.ts';

/** Generated from examples that a test runs. */
export function differenceTable(): string {
  const rows = DIFFERENCES.map(({ lines, fio, coffer }) => [
    lines.split('\n').map(code).join(' '),
    fio,
    readingText(coffer),
  ]);
  return markdownTable(['line', 'fio', 'coffer'], rows);
}

function readingText(reading: Reading): string {
  if (reading.kind === 'refused') return `refused: ${reading.says}`;
  return `reads ${code(`${reading.option}=${reading.value}`)}`;
}

/** What is ignored and what is refused, by category, with the reason of each. */
export function fioTables(): string[] {
  const categories = [...new Set(fioOptions.map(({ category }) => category))];
  return categories.flatMap((category) => [
    `### ${capitalised(category)}`,
    markdownTable(
      ['option', 'in fio', 'here'],
      fioOptions.filter((option) => option.category === category).map(fioRow),
    ),
  ]);
}

function fioRow(option: JobOption): readonly string[] {
  const names = [option.name, ...(option.aliases ?? [])].map(code).join(', ');
  return [names, option.help, dispositionText(option)];
}

/** `ignored: why`, `refused: why`, with the values that are taken all the same. */
export function dispositionText({ disposition, harmless, restates }: JobOption): string {
  if (restates !== undefined) return `supported, by ${restates.option}`;
  if (disposition === undefined) return 'supported';
  const but = harmless === undefined ? '' : `, but for ${harmless.join(' ')}`;
  return `${disposition.kind}${but}: ${disposition.why}`;
}

/** Every name and alias, in the order of the alphabet: what a reader searches the page for. */
export function optionIndex(): string {
  const entries = knownOptions.flatMap((option) => [
    { name: option.name, option },
    ...(option.aliases ?? []).map((name) => ({ name, option })),
  ]);
  entries.sort((left, right) => (left.name < right.name ? -1 : 1));
  const rows = entries.map(({ name, option }) => [
    code(name),
    name === option.name ? '' : code(option.name),
    option.disposition?.kind ?? 'supported',
    option.category,
  ]);
  return markdownTable(['name', 'is', 'here', 'see'], rows);
}
