/**
 * The lines of a job file: section headers and option lines, each with its place. fio's grammar
 * (init.c `__parse_jobs_ini`), but for: a comment behind an option begins only after white space,
 * so that `filename=/data/a#b` keeps its name; blanks around `=` are fine; a header needs its `]`.
 */

import { basename } from 'node:path';
import type { Diagnostics, Place } from './diagnostics.ts';
import { type Include, IncludedFiles, parseInclude } from './include.ts';
import { substitute } from './substitute.ts';
import type { TextSource } from './text-source.ts';

export interface SectionLine {
  readonly kind: 'section';
  readonly place: Place;
  /** What stands between the brackets. */
  readonly title: string;
}

export interface OptionLine {
  readonly kind: 'option';
  readonly place: Place;
  readonly name: string;
  /** null: the option stands without `=`. */
  readonly text: string | null;
}

export type Line = SectionLine | OptionLine;

export interface Lexed {
  readonly lines: readonly Line[];
  /** The text, with what it includes in place of the lines that do. */
  readonly text: string;
}

/** fio cuts a longer one off. */
const TITLE_MAX = 255;

export function lex(
  file: string,
  text: string,
  source: TextSource,
  diagnostics: Diagnostics,
): Lexed {
  const included = new IncludedFiles(file, source, diagnostics);
  const lexer: Lexer = { source, diagnostics, included, lines: [], texts: [] };
  lexFile(lexer, file, text, null);
  return { lines: lexer.lines, text: included.isEmpty ? text : lexer.texts.join('\n') };
}

interface Lexer {
  readonly source: TextSource;
  readonly diagnostics: Diagnostics;
  readonly included: IncludedFiles;
  readonly lines: Line[];
  readonly texts: string[];
}

/** `topLine`: of the line in the job file itself that includes this one; null: this is it. */
function lexFile(lexer: Lexer, file: string, text: string, topLine: number | null): void {
  const { diagnostics } = lexer;
  if (text.includes('\0')) {
    const place = topLine === null ? { file, line: 1 } : { file, line: 1, topLine };
    diagnostics.error(place, '', 'this is no job file: it holds binary data');
    return;
  }
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = index + 1;
    const place = topLine === null ? { file, line } : { file, line, topLine };
    const content = withoutComment(raw);
    const include = content === '' ? null : parseInclude(content);
    if (include !== null) {
      takeIncluded(lexer, place, include);
      continue;
    }
    lexer.texts.push(raw);
    if (content === '') continue;
    if (content.startsWith('[')) {
      if (topLine !== null) {
        const what = 'a section begins in an included file; move it to the job file, as in fio';
        diagnostics.error(place, content, what);
        return;
      }
      lexer.lines.push(lexSection(place, content, diagnostics));
    } else {
      const option = lexOption(place, content, lexer);
      if (option !== null) lexer.lines.push(option);
    }
  }
}

function takeIncluded(lexer: Lexer, place: Place, include: Include): void {
  if (lexer.lines.every(({ kind }) => kind !== 'section')) {
    const what = 'stands before any section; put it below [global] or a [NAME]';
    lexer.diagnostics.error(place, 'include', what);
    return;
  }
  const path = substitute(include.path, place, lexer.source, lexer.diagnostics);
  if (path === null) return;
  lexer.included.take({ path }, place, (file, text) => {
    lexer.texts.push(`; ${basename(file)}:`);
    lexFile(lexer, file, text, place.topLine ?? place.line);
    lexer.texts.push(`; end of ${basename(file)}`);
  });
}

function withoutComment(raw: string): string {
  const trimmed = raw.trim();
  if (trimmed.startsWith(';') || trimmed.startsWith('#')) return '';
  const comment = /\s[;#]/.exec(trimmed);
  return comment === null ? trimmed : trimmed.slice(0, comment.index).trimEnd();
}

function lexSection(place: Place, content: string, diagnostics: Diagnostics): SectionLine {
  const end = content.indexOf(']');
  if (end === -1) {
    diagnostics.error(place, content, 'the section header has no ]; write [NAME]');
    return { kind: 'section', place, title: content.slice(1).trim() };
  }
  if (end !== content.length - 1) {
    const what =
      `"${content.slice(end + 1).trim()}" stands behind the section header; move it to its own ` +
      'line';
    diagnostics.error(place, content.slice(0, end + 1), what);
  }
  const title = content.slice(1, end).trim().replace(/\s+/g, ' ');
  if (title === '') diagnostics.error(place, '[]', 'the section has no name; write [NAME]');
  if (title.length > TITLE_MAX) {
    const what = `the name has ${title.length} characters, and fio cuts it after ${TITLE_MAX}; shorten it`;
    diagnostics.error(place, `[${title.slice(0, 16)}…]`, what);
  }
  return { kind: 'section', place, title };
}

function lexOption(place: Place, written: string, lexer: Lexer): OptionLine | null {
  const content = substitute(written, place, lexer.source, lexer.diagnostics);
  if (content === null) return null;
  const equals = content.indexOf('=');
  const name = (equals === -1 ? content : content.slice(0, equals)).trim();
  if (name === '') {
    const what = 'no option stands before the =; write OPTION=VALUE';
    lexer.diagnostics.error(place, content === '' ? written : content, what);
    return null;
  }
  return {
    kind: 'option',
    place,
    name,
    text: equals === -1 ? null : content.slice(equals + 1).trim(),
  };
}
