/**
 * Collects what is to be said of a job file, so that one reading names it all: mistakes, what is
 * well written and not done (fio accepts it, and so does `coffer check --syntax`), and warnings.
 */

import type { Diagnostic } from './plan.ts';

export interface Place {
  readonly file: string;
  /** From 1; 0 for what the command line gave. */
  readonly line: number;
  /** Of an included file: where the job file itself includes it. */
  readonly topLine?: number;
}

interface Placed {
  readonly place: Place;
  readonly diagnostic: Diagnostic;
}

const MANY = 200;

export class Diagnostics {
  private readonly mistakesByText = new Map<string, Placed>();
  private readonly notDoneByText = new Map<string, Placed>();
  private readonly warningsByText = new Map<string, Placed>();

  /** The same mistake at many points of a sweep, or in many clones, is one mistake. */
  error(place: Place, option: string, what: string): void {
    collect(this.mistakesByText, place, option, what);
  }

  /** Well written, and not done: an error of every run, none of the grammar. */
  refuse(place: Place, option: string, what: string): void {
    collect(this.notDoneByText, place, option, what);
  }

  warn(place: Place, option: string, what: string): void {
    collect(this.warningsByText, place, option, what);
  }

  /** All that no run can begin with. */
  get errors(): readonly Diagnostic[] {
    return inOrder([...this.mistakesByText.values(), ...this.notDoneByText.values()]);
  }

  /** It is no job file: to guess what each line could mean would take its time. */
  get areMany(): boolean {
    return this.mistakesByText.size >= MANY;
  }

  get mistakes(): readonly Diagnostic[] {
    return inOrder([...this.mistakesByText.values()]);
  }

  get notDone(): readonly Diagnostic[] {
    return inOrder([...this.notDoneByText.values()]);
  }

  get warnings(): readonly Diagnostic[] {
    return inOrder([...this.warningsByText.values()]);
  }
}

function collect(into: Map<string, Placed>, place: Place, option: string, what: string): void {
  const diagnostic = { file: place.file, line: place.line, option, what };
  into.set(formatDiagnostic(diagnostic), { place, diagnostic });
}

function inOrder(placed: Placed[]): readonly Diagnostic[] {
  return placed
    .sort((left, right) => comparePlaces(left.place, right.place))
    .map(({ diagnostic }) => diagnostic);
}

/** As a reader meets them, who follows each include where it stands. */
export function comparePlaces(left: Place, right: Place): number {
  const top = (left.topLine ?? left.line) - (right.topLine ?? right.line);
  return top === 0 ? left.line - right.line : top;
}

/** `line 3`, or `line 3 of other.inc` when it is not in the file of `from`. */
export function lineOf(place: Place, from: Place): string {
  if (place.line === 0) return place.file;
  return place.file === from.file ? `line ${place.line}` : `line ${place.line} of ${place.file}`;
}

/**
 * `file:line: option: what`; without the line for the command line, without the option for a bare
 * line.
 */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, option, what } = diagnostic;
  const text = `${file}${line === 0 ? '' : `:${line}`}: ${option === '' ? '' : `${option}: `}${what}`;
  // What a file holds may be told back, but it must not command the terminal.
  return text.replace(/\p{Cc}/gu, '\u{fffd}');
}
