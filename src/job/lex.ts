/**
 * The lines of a job file: section headers and option lines, each with its place. fio's grammar
 * (init.c `__parse_jobs_ini`), but for: a comment behind an option begins only after white space,
 * so that `filename=/data/a#b` keeps its name; blanks around `=` are fine; a header needs its `]`;
 * `${VAR}` and `$ncpus` are refused, not passed on unread. Left out: include.
 */

import type { Diagnostics, Place } from './diagnostics.ts';

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

export function lex(file: string, text: string, diagnostics: Diagnostics): Line[] {
  if (text.includes('\0')) {
    diagnostics.error({ file, line: 1 }, '', 'this is no job file: it holds binary data');
    return [];
  }
  const lines: Line[] = [];
  const texts = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, raw] of texts.entries()) {
    const place = { file, line: index + 1 };
    const content = withoutComment(raw);
    if (content === '') continue;
    const line = content.startsWith('[')
      ? lexSection(place, content, diagnostics)
      : lexOption(place, content, diagnostics);
    if (line !== null) lines.push(line);
  }
  return lines;
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
  return { kind: 'section', place, title };
}

function lexOption(place: Place, content: string, diagnostics: Diagnostics): OptionLine | null {
  const equals = content.indexOf('=');
  const name = (equals === -1 ? content : content.slice(0, equals)).trim();
  if (name === '') {
    diagnostics.error(place, content, 'no option stands before the =; write OPTION=VALUE');
    return null;
  }
  const variable = /\$(?:\{[^}]*\}?|pagesize|mb_memory|ncpus)/.exec(content);
  if (variable !== null) {
    diagnostics.error(place, name, `${variable[0]} is not replaced yet; write the value itself`);
    return null;
  }
  if (/^include(\s|$)/.test(name)) {
    diagnostics.error(place, 'include', 'files are not included yet; write the lines here');
    return null;
  }
  return {
    kind: 'option',
    place,
    name,
    text: equals === -1 ? null : content.slice(equals + 1).trim(),
  };
}
