/** How long files, lines and functions may be, and which words TypeScript has that we do not use. */

import { codeOf } from './code-of.ts';
import { type Finding, finding, type SourceFile } from './source-tree.ts';

export const FILE_LINES_MAX = 300;
export const LINE_COLUMNS_MAX = 100;
export const FUNCTION_LINES_MAX = 60;

/** Code is the formatter's business, which leaves long strings alone; comments are ours. */
export function lengthFindings(file: SourceFile): Finding[] {
  const lines = file.text.replace(/\n$/, '').split('\n');
  const code = codeOf(file.text).split('\n');
  const found = lines.flatMap((line, index) => {
    const columns = Array.from(line).length;
    if (columns <= LINE_COLUMNS_MAX) return [];
    const codeColumns = code[index]?.trimEnd().length ?? 0;
    const commented = codeColumns > 0 && codeColumns <= LINE_COLUMNS_MAX;
    return commented || COMMENT.test(line) ? [finding(file, index + 1, `${columns} columns`)] : [];
  });
  if (lines.length > FILE_LINES_MAX) found.push(finding(file, 1, `${lines.length} lines`));
  return found;
}

const COMMENT = /^\s*(?:\/\/|\/\*|\*)/;

/** Several tests in one: no function of its own. */
const SUITE = /^describe\b/;

/** A line that opens the body of a function (or of an if or a loop, which is no longer than that). */
const OPENS = /(?:\)(?:: [^={]*(?:\{[^}]*\}[^={]*)?)?|=>) \{$/;

/** By indentation, which the formatter keeps: a body ends at the first line as far in as its head. */
export function functionFindings(file: SourceFile): Finding[] {
  const lines = codeOf(file.text)
    .split('\n')
    .map((line) => line.trimEnd());
  return lines.flatMap((line, index) => {
    if (!OPENS.test(line) || SUITE.test(line)) return [];
    const indent = /^ */.exec(line)?.[0] ?? '';
    const end = lines.findIndex((other, at) => at > index && other.startsWith(`${indent}}`));
    const length = (end === -1 ? lines.length : end) - index + 1;
    return length > FUNCTION_LINES_MAX ? [finding(file, index + 1, `${length} lines of body`)] : [];
  });
}

interface Word {
  readonly what: RegExp;
  readonly name: string;
}

const WORDS: readonly Word[] = [
  { what: /(?<!\.)\bany\b/, name: 'any' },
  { what: /[\w)\]]!(?!=)/, name: 'non-null !' },
  { what: /^\s*(?:export )?(?:declare )?(?:const )?enum\b/, name: 'enum' },
  { what: /^\s*(?:export )?(?:declare )?namespace \w+ \{/, name: 'namespace' },
  { what: /@ts-(?:ignore|expect-error|nocheck)/, name: '@ts-' },
];
const CAST: Word = { what: /\bas (?!const\b)/, name: 'cast' };
/** Where `as` gives another name. */
const RENAMES = /^(?:import|export (?:type )?[{*])[^;]*;/gm;
const UNDONE = /\b(?:FIXME|TODO|XXX)\b/;

export function wordFindings(file: SourceFile): Finding[] {
  const words = file.path.startsWith('src/units/') ? WORDS : [...WORDS, CAST];
  const code = codeOf(file.text).replace(RENAMES, (statement) => statement.replace(/[^\n]/g, ' '));
  const found = code
    .split('\n')
    .flatMap((line, index) =>
      words.filter(({ what }) => what.test(line)).map(({ name }) => finding(file, index + 1, name)),
    );
  file.text.split('\n').forEach((line, index) => {
    const [undone] = UNDONE.exec(line) ?? [];
    if (undone !== undefined) found.push(finding(file, index + 1, undone));
  });
  return found;
}
