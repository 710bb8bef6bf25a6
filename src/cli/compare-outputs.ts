/** Where the reports of a comparison go: one to stdout, others to files. */

import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import type { Comparison } from '../compare/judgement.ts';
import { renderCsv } from '../compare/report/csv.ts';
import { renderGithub } from '../compare/report/github.ts';
import { renderJson } from '../compare/report/json.ts';
import { type Inconclusive, renderJunit } from '../compare/report/junit.ts';
import { renderMarkdown } from '../compare/report/markdown.ts';
import { renderText } from '../compare/report/text.ts';
import { RECORD_BEGINS } from '../record/file-names.ts';
import { fill, writeWhole } from '../runner/write-whole.ts';
import { whyUnreadable } from './load-files.ts';
import { type ColourChoice, wantsColour, widthOf } from './terminal.ts';

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

/**
 * First what goes to stdout, so that a full disk keeps nobody from the verdict; then the files.
 * What could not be written is returned, a sentence each.
 */
export function writeReports(
  comparison: Comparison,
  flags: OutputFlags,
  inconclusive: Inconclusive,
): readonly string[] {
  printReport(comparison, flags);
  const { markdown, csv, junit } = flags;
  const mistakes = [
    typeof markdown === 'string' ? write(markdown, [renderMarkdown(comparison)]) : null,
    typeof csv === 'string' ? write(csv, renderCsv(comparison)) : null,
    junit === undefined ? null : write(junit, [renderJunit(comparison, inconclusive)]),
  ];
  return mistakes.filter((mistake) => mistake !== null);
}

function printReport(comparison: Comparison, flags: OutputFlags): void {
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

/** All of it or nothing, and an earlier report stays until then; null: it is written. */
function write(file: string, texts: Iterable<string>): string | null {
  const there = statSync(file, NONE);
  try {
    // A pipe or a device takes it as it comes; a link stays one.
    if (there !== undefined && !there.isFile()) fill(file, texts);
    else writeWhole(there === undefined ? file : realpathSync(file), texts);
    return null;
  } catch (error) {
    return `${file}: cannot be written: ${whyUnreadable(error)}`;
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
