/**
 * The files that a job names, as fio reads them: a list with colons between (`\:` is part of a
 * name, an empty name is none), or `nrfiles` names made of `filename_format`. Where a name that is
 * given has `$filenum` in it, it stands for `nrfiles` names too, which fio does not have.
 */

import type { Settings } from './settings.ts';

/** One file of a job: its name, in which `$jobname`, `$jobnum`, `$filenum` are to be replaced. */
export interface FileName {
  readonly template: string;
  readonly filenum: number;
}

const VARIABLE = /\$(jobname|jobnum|filenum)/g;

const DEFAULT_FORMAT = '$jobname.$jobnum.$filenum';

/** As it is given, or made of the names of job and clone. */
export function sourceNames(settings: Settings): readonly FileName[] {
  const count = settings.int('nrfiles');
  const given = settings.optionalText('filename');
  if (given !== null) return listed(given).flatMap((name) => numbered(name, count));
  const format = unescaped(settings.optionalText('filename_format') ?? DEFAULT_FORMAT);
  return everyNumber(format, count);
}

/** Of so many files; null: copies stay in the files they come from. */
export function destinationNames(settings: Settings, files: number): readonly FileName[] | null {
  const given = settings.optionalText('dest_filename');
  return given === null ? null : listed(given).flatMap((name) => numbered(name, files));
}

/** Parts between colons, `\:` taken for a colon of the name. */
export function listed(text: string): readonly string[] {
  return text
    .split(/(?<!\\):/)
    .filter((name) => name !== '')
    .map(unescaped);
}

/** A list of these names; `expansionIn` says which cannot stand in one. */
export function listText(names: readonly string[]): string {
  return names.map((name) => name.replaceAll(':', '\\:')).join(':');
}

/** What keeps a list from naming a file by the very name; null: nothing does. */
export function expansionIn(name: string): string | null {
  const variable = name.match(VARIABLE)?.[0];
  if (variable !== undefined) return `${name} has ${variable}, which is replaced in names of files`;
  return name.endsWith('\\') ? `${name} ends in \\, which joins names of files` : null;
}

export function expanded({ template, filenum }: FileName, job: string, clone: number): string {
  const values: Readonly<Record<string, string>> = {
    jobname: job,
    jobnum: `${clone}`,
    filenum: `${filenum}`,
  };
  return template.replace(VARIABLE, (_, key: string) => values[key] ?? '');
}

/** For the record, and for messages. */
export function listOf(names: readonly string[]): string {
  if (names.length <= MOST_LISTED) return names.join(':');
  return `${names[0]}:…:${names.at(-1)} (${names.length} files)`;
}

const MOST_LISTED = 16;

/** Whether there are as many files as are named; what says so is told where it is not obeyed. */
export function warnNumber(settings: Settings, count: number): void {
  if (!settings.has('nrfiles') || settings.int('nrfiles') === count) return;
  const files = count === 1 ? 'one' : `${count}`;
  settings.warn('nrfiles', `has no effect: filename names ${files}, as fio has it too`);
}

function numbered(template: string, count: number): readonly FileName[] {
  if (!template.includes('$filenum')) return [{ template, filenum: 0 }];
  return everyNumber(template, count);
}

function everyNumber(template: string, count: number): readonly FileName[] {
  return Array.from({ length: count }, (_, filenum) => ({ template, filenum }));
}

function unescaped(name: string): string {
  return name.replaceAll('\\:', ':');
}
