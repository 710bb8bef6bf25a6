/** `jobs/README.md`: the job language, written from the tables that the parser reads. */

import type { AttributeTable, Option } from '../units/option.ts';
import { deviceModels, hostModel, linkModel } from './models.ts';
import { jobOptions } from './option-table.ts';
import { deviceSectionOptions, profileOption } from './options/section.ts';
import { DIFFERENCES, EXAMPLE, GRAMMAR, SWEEPS, UNITS } from './reference-text.ts';

export function jobsReadme(): string {
  const parts = [
    '# The job language',
    '<!-- Generated from the option tables by `coffer references`; do not edit. -->',
    GRAMMAR,
    EXAMPLE,
    UNITS,
    SWEEPS,
    DIFFERENCES,
    '## Options of a job',
    ...optionsByCategory(jobOptions, '###'),
    '## Sections that declare a world',
    ...sections(),
  ];
  return `${parts.join('\n\n')}\n`;
}

function sections(): string[] {
  const drivers = deviceModels.map((table) => table.model);
  return [
    '### `[device NAME]`',
    'Beside the attributes of its model:',
    optionTable([...deviceSectionOptions(drivers), profileOption(['see each model'])]),
    ...deviceModels.flatMap((table) => model(`driver=${table.model}`, table)),
    ...model('[host NAME]', hostModel),
    ...model('[link NAME]', linkModel),
  ];
}

function model(title: string, table: AttributeTable): string[] {
  const profiles = Object.entries(table.profiles ?? {});
  return [
    `### \`${title}\``,
    `${capitalised(table.summary)}.`,
    ...optionsByCategory(table.options, '####'),
    ...(profiles.length === 0 ? [] : [`#### Profiles of \`${table.model}\``, profileTable(table)]),
    ...profiles.map(([name, profile]) => `\`profile=${name}\`: ${profile.source}`),
  ];
}

function optionsByCategory(options: readonly Option[], heading: string): string[] {
  const categories = [...new Set(options.map((option) => option.category))];
  return categories.flatMap((category) => [
    `${heading} ${capitalised(category)}`,
    optionTable(options.filter((option) => option.category === category)),
  ]);
}

function optionTable(options: readonly Option[]): string {
  const rows = options.map((option) => [
    [option.name, ...(option.aliases ?? [])].map(code).join(', '),
    typeText(option),
    option.default === null ? '' : code(option.default),
    option.unit ?? '',
    option.help,
  ]);
  return table(['option', 'type', 'default', 'bare number counts', 'meaning'], rows);
}

function typeText(option: Option): string {
  const kind = option.choices === undefined ? option.type : option.choices.map(code).join(' ');
  const bounds = [
    option.min === undefined || option.min === 0 ? '' : `from ${option.min}`,
    option.max === undefined ? '' : `to ${option.max}`,
  ];
  const list = { directions: 'by direction', lines: 'one per line' };
  const notes = [
    option.list === undefined ? '' : list[option.list],
    bounds.filter((bound) => bound !== '').join(' '),
    option.suffixRequired === true ? 'suffix required' : '',
  ];
  return [kind, ...notes.filter((note) => note !== '')].join(', ');
}

/** One column per profile, one row for each attribute that any of them sets. */
function profileTable(model: AttributeTable): string {
  const profiles = Object.entries(model.profiles ?? {});
  const isSet = (name: string) =>
    profiles.some(([, profile]) => profile.values[name] !== undefined);
  const rows = model.options
    .filter((option) => isSet(option.name))
    .map(({ name }) => [code(name), ...profiles.map(([, { values }]) => values[name] ?? '')]);
  return table(['attribute', ...profiles.map(([name]) => code(name))], rows);
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

function capitalised(text: string): string {
  // Names such as null_blk and nvme keep the case that the kernel gives them.
  return /^(null_blk|nvme|an NVMe|a null)/.test(text)
    ? text
    : text.charAt(0).toUpperCase() + text.slice(1);
}
