/** `coffer options [NAME]`: the option tables, in words. */

import { deviceModels, hostModel, linkModel } from '../job/models.ts';
import { knownOptions, optionNames } from '../job/option-table.ts';
import { foreignEngineOf } from '../job/options/fio-engines.ts';
import { dispositionText } from '../job/reference-fio.ts';
import { suggest } from '../job/suggest.ts';
import type { JobOption } from '../job/options/job-option.ts';
import type { Option } from '../units/option.ts';
import { EXIT } from './exit-code.ts';
import { UsageError } from './usage-error.ts';

interface Table {
  /** Where its options are written. */
  readonly where: string;
  readonly options: readonly JobOption[];
}

const TABLES: readonly Table[] = [
  { where: 'a job section', options: knownOptions },
  ...deviceModels.map(({ model, options }) => ({ where: `[device] driver=${model}`, options })),
  { where: '[host]', options: hostModel.options },
  { where: '[link]', options: linkModel.options },
];

export function explainOptions(name: string | undefined): number {
  process.stdout.write(name === undefined ? listOptions() : explainOption(name));
  return EXIT.good;
}

export function listOptions(): string {
  const all = TABLES.flatMap(({ options }) => options);
  const width = Math.max(...all.map((option) => option.name.length));
  const line = (option: JobOption): string =>
    `  ${option.name.padEnd(width)}  ${markOf(option)}${summaryOf(option)}`;
  return TABLES.map(({ where, options }) => {
    const categories = [...new Set(options.map(({ category }) => category))];
    const lines = categories.flatMap((category) => [
      ` ${category}`,
      ...options.filter((option) => option.category === category).map(line),
    ]);
    return `${where}:\n${lines.join('\n')}\n`;
  }).join('\n');
}

function markOf({ disposition }: JobOption): string {
  return disposition === undefined ? '' : `(${disposition.kind}) `;
}

/** Throws UsageError for a name that no table has. */
export function explainOption(name: string): string {
  const plain = name.replace(/^sweep_/, '');
  const found = TABLES.flatMap(({ where, options }) =>
    options
      .filter((option) => option.name === plain || option.aliases?.includes(plain) === true)
      .map((option) => explain(where, option)),
  );
  if (found.length > 0) return found.join('\n');
  const engine = foreignEngineOf(plain);
  if (engine !== null) {
    throw new UsageError(`${name}: is of fio's engine ${engine}, which coffer does not have`);
  }
  const nearest = suggest(
    plain,
    TABLES.flatMap(({ options }) => optionNames(options)),
  );
  const hint = nearest === null ? 'coffer options lists all' : `did you mean ${nearest}?`;
  throw new UsageError(`${name}: no option is called so; ${hint}`);
}

/** The first sentence. */
function summaryOf({ help }: Option): string {
  return /^.*?[.;:](?=\s|$)/.exec(help)?.[0].replace(/[.;:]$/, '') ?? help;
}

function explain(where: string, option: JobOption): string {
  const facts: [string, string][] = [
    ['in', where],
    ['type', typeOf(option)],
  ];
  const supported = option.disposition === undefined && option.restates === undefined;
  if (!supported) facts.push(['here', dispositionText(option)]);
  if (option.disposition === undefined) facts.push(['default', option.default ?? 'none']);
  if (option.realDefault !== undefined) facts.push(['default on real files', option.realDefault]);
  if (option.unit !== undefined) facts.push(['a bare number counts', option.unit]);
  if (option.suffixRequired === true) facts.push(['a bare number', 'is refused: write a suffix']);
  if (option.aliases !== undefined && option.aliases.length > 0) {
    facts.push(['also called', option.aliases.join(', ')]);
  }
  if (option.min !== undefined) facts.push(['least', String(option.min)]);
  if (option.max !== undefined) facts.push(['most', String(option.max)]);
  const lines = facts.map(([name, text]) => `  ${name}: ${text}`);
  return `${option.name}: ${option.help}\n${lines.join('\n')}\n`;
}

function typeOf({ type, list, choices }: Option): string {
  const one = choices === undefined ? type : choices.join(' | ');
  if (list === 'directions') return `${one}; up to four, read,write,trim,copy`;
  if (list === 'lines') return `${one}; once per line`;
  return one;
}
