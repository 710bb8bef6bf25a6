/** `jobs/README.md`: the job language, written from the tables that the parser reads. */

import { capitalised, code, markdownTable } from '../units/markdown.ts';
import type { AttributeTable, Option } from '../units/option.ts';
import { deviceModels, hostModel, linkModel } from './models.ts';
import { jobOptions } from './option-table.ts';
import { restatedOptions } from './options/restated.ts';
import type { JobOption } from './options/job-option.ts';
import { deviceSectionOptions, profileOption } from './options/section.ts';
import { differenceTable, fioTables, optionIndex } from './reference-fio.ts';
import * as text from './reference-text.ts';

export function jobsReadme(): string {
  const parts = [
    '# The job language',
    '<!-- Generated from the option tables by `coffer references`; do not edit. -->',
    text.GRAMMAR,
    text.EXAMPLE,
    text.LINES,
    text.UNITS,
    text.SWEEPS,
    text.REAL,
    text.DIFFERENCES,
    differenceTable(),
    text.MEANINGS,
    '## Options of a job',
    ...optionsByCategory([...jobOptions, ...restatedOptions], '###'),
    '## Sections that declare a world',
    ...sections(),
    text.FIO_OPTIONS,
    ...fioTables(),
    '## Index of option names',
    optionIndex(),
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
    `${heading} ${title(category)}`,
    optionTable(options.filter((option) => option.category === category)),
  ]);
}

/** A driver keeps the case that the kernel gives it. */
function title(category: string): string {
  const named = deviceModels.some(({ model }) => category.split(' ')[0] === model);
  return named ? category : capitalised(category);
}

function optionTable(options: readonly JobOption[]): string {
  const rows = options.map((option) => [
    [option.name, ...(option.aliases ?? [])].map(code).join(', '),
    typeText(option),
    defaultText(option),
    option.unit ?? '',
    option.help,
  ]);
  return markdownTable(['option', 'type', 'default', 'bare number counts', 'meaning'], rows);
}

/** That of simulated targets, then that of real ones where it is another. */
function defaultText({ default: simulated, realDefault }: JobOption): string {
  if (simulated === null) return '';
  return realDefault === undefined
    ? code(simulated)
    : `${code(simulated)}, real ${code(realDefault)}`;
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
  return markdownTable(['attribute', ...profiles.map(([name]) => code(name))], rows);
}
