/** Where the reports of a comparison go: one to stdout, others to files. */

import { closeSync, openSync, readSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import type { Comparison } from '../compare/judgement.ts';
import { renderCsv } from '../compare/report/csv.ts';
import { renderGithub } from '../compare/report/github.ts';
import { renderJson } from '../compare/report/json.ts';
import { type Inconclusive, renderJunit } from '../compare/report/junit.ts';
import { renderMarkdown } from '../compare/report/markdown.ts';
import { renderText } from '../compare/report/text.ts';
import { whyUnreadable } from './load-files.ts';
import { type ColourChoice, wantsColour, widthOf } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface OutputFlags {
  readonly all?: boolean;
  readonly width?: number;
  readonly color?: ColourChoice;
  /** true: to stdout. */
  readonly markdown?: string | true;
  readonly csv?: string | true;
  readonly junit?: string;
  readonly github?: boolean;
  readonly json?: boolean;
}

/** What every record begins with. */
const RECORD_BEGINS = 'schema_version,';

/** stdout has one reader, and no file that is read or is a record is written over. */
export function checkOutputs(
  flags: OutputFlags,
  inputs: readonly string[],
  wrong: (what: string) => void,
): void {
  const onStdout = [
    ...(flags.markdown === true ? ['--markdown'] : []),
    ...(flags.csv === true ? ['--csv'] : []),
    ...(flags.json === true ? ['--json'] : []),
    ...(flags.github === true ? ['--github'] : []),
  ];
  // Annotations stand beside a table, where GitHub picks them out.
  if (onStdout.length > 1) {
    wrong(`${onStdout.join(' and ')}: stdout can hold one; give --markdown or --csv a FILE`);
  }
  const files = [flags.markdown, flags.csv, flags.junit].filter((file) => typeof file === 'string');
  for (const [place, file] of files.entries()) {
    if (files.indexOf(file) !== place) wrong(`${file}: two reports would go there; name another`);
    if (inputs.some((input) => isSame(input, file)) || isRecord(file)) {
      wrong(`${file}: is a record, and the report would replace it; name another file`);
    }
  }
}

/** Throws UsageError. */
export function writeReports(
  comparison: Comparison,
  flags: OutputFlags,
  inconclusive: Inconclusive,
): void {
  if (typeof flags.markdown === 'string') write(flags.markdown, [renderMarkdown(comparison)]);
  if (typeof flags.csv === 'string') write(flags.csv, renderCsv(comparison));
  if (flags.junit !== undefined) write(flags.junit, [renderJunit(comparison, inconclusive)]);
  if (flags.markdown === true) return print([renderMarkdown(comparison)]);
  if (flags.csv === true) return print(renderCsv(comparison));
  if (flags.json === true) return print(renderJson(comparison));
  const widthColumns = flags.width ?? widthOf(process.stdout);
  const colour = wantsColour(process.stdout, process.env, flags.color);
  print([renderText(comparison, { widthColumns, colour, all: flags.all === true })]);
  if (flags.github === true) print([renderGithub(comparison)]);
}

/** A comparison has a line for each row, and a write is dear. */
const CHUNK_CHARACTERS = 1 << 16;

function print(texts: Iterable<string>): void {
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    process.stdout.write(chunk);
    chunk = '';
  }
  process.stdout.write(chunk);
}

function write(file: string, texts: Iterable<string>): void {
  try {
    const descriptor = openSync(file, 'w');
    for (const text of texts) writeFileSync(descriptor, text);
    closeSync(descriptor);
  } catch (error) {
    throw new UsageError(`${file}: cannot be written: ${whyUnreadable(error)}`);
  }
}

function isSame(input: string, file: string): boolean {
  const [a, b] = [statSync(input, NONE), statSync(file, NONE)];
  return a !== undefined && b !== undefined && realpathSync(input) === realpathSync(file);
}

const NONE = { throwIfNoEntry: false } as const;

function isRecord(file: string): boolean {
  if (statSync(file, NONE)?.isFile() !== true) return false;
  const begin = Buffer.alloc(RECORD_BEGINS.length);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, begin);
  closeSync(descriptor);
  return begin.toString('latin1') === RECORD_BEGINS;
}
