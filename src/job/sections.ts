/** The sections of a job file with their lines, in order: fio's, and those that declare a world. */

import { editDistance } from './suggest.ts';
import type { Diagnostics, Place } from './diagnostics.ts';
import type { Line, OptionLine } from './lex.ts';

const DECLARATIONS: readonly DeclarationKind[] = ['device', 'host', 'link'];

export type DeclarationKind = 'device' | 'host' | 'link';

export interface Section {
  readonly kind: 'global' | 'job' | DeclarationKind;
  readonly name: string;
  readonly place: Place;
  readonly lines: readonly OptionLine[];
}

export function groupSections(lines: readonly Line[], diagnostics: Diagnostics): Section[] {
  const sections: Section[] = [];
  const names = new Map<string, Place>();
  let current: OptionLine[] | null = null;
  for (const line of lines) {
    if (line.kind === 'section') {
      const { kind, name } = nameSection(line.title, line.place, diagnostics);
      if (kind !== 'global') claimName(name, line.place, names, diagnostics);
      current = [];
      sections.push({ kind, name, place: line.place, lines: current });
    } else if (current === null) {
      const what = 'stands before any section; put it below [global] or a [NAME]';
      diagnostics.error(line.place, line.name, what);
    } else {
      current.push(line);
    }
  }
  return sections;
}

function nameSection(
  title: string,
  place: Place,
  diagnostics: Diagnostics,
): { readonly kind: Section['kind']; readonly name: string } {
  if (title === 'global') return { kind: 'global', name: title };
  const declared = /^(device|host|link)(?: (.*))?$/.exec(title);
  if (declared !== null) {
    const kind = declarationKind(declared[1]);
    const name = declared[2] ?? '';
    checkDeclaredName(kind, name, place, diagnostics);
    return { kind, name };
  }
  if (title.startsWith('global')) {
    const what = 'fio reads this as [global]; write [global], or give the job another name';
    diagnostics.error(place, `[${title}]`, what);
  } else {
    checkJobTitle(title, place, diagnostics);
  }
  return { kind: 'job', name: title };
}

/** `[globl]` would run as a job of that name, and `[devcie n]` report its attributes one by one. */
function checkJobTitle(title: string, place: Place, diagnostics: Diagnostics): void {
  const [first = '', ...rest] = title.split(' ');
  if (rest.length === 0 && isSlipOf(first, 'global')) {
    const what =
      'this is a job, and looks like [global]; write [global], or call the job otherwise';
    diagnostics.error(place, `[${title}]`, what);
  }
  const kind = DECLARATIONS.find((known) => rest.length > 0 && isSlipOf(first, known));
  if (kind !== undefined) {
    const what = `this is a job, and looks like [${kind} ${rest.join(' ')}]; write ${kind}, or call the job otherwise`;
    diagnostics.error(place, `[${title}]`, what);
  }
}

/** One or two letters wrong, missing, doubled or swapped. */
function isSlipOf(word: string, known: string): boolean {
  return (
    word !== known && Math.abs(word.length - known.length) < 3 && editDistance(word, known) < 3
  );
}

function declarationKind(text: string | undefined): DeclarationKind {
  return text === 'device' || text === 'host' ? text : 'link';
}

/** `.` parts a device from its attribute in sweep_DEVICE.attribute, `:` parts files in a list. */
export function isDeclaredName(name: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(name);
}

function checkDeclaredName(
  kind: DeclarationKind,
  name: string,
  place: Place,
  diagnostics: Diagnostics,
): void {
  if (name === '') {
    diagnostics.error(place, `[${kind}]`, `the ${kind} has no name; write [${kind} NAME]`);
  } else if (!isDeclaredName(name)) {
    const what = `"${name}" is no name for a ${kind}; use letters, digits, _ and -`;
    diagnostics.error(place, `[${kind} ${name}]`, what);
  }
}

/**
 * A row of results names its job, a sweep its device: a name that is used twice would name neither.
 */
function claimName(
  name: string,
  place: Place,
  names: Map<string, Place>,
  diagnostics: Diagnostics,
): void {
  const first = names.get(name);
  if (first === undefined) names.set(name, place);
  else if (name !== '') {
    const what = `the name is taken on line ${first.line}; choose another`;
    // fio runs both, and so would mean what no row of results could be told by.
    diagnostics.refuse(place, `[${name}]`, what);
  }
}
