/**
 * Collects what is to be said of a job file, so that one reading names it all: mistakes, what is
 * well written and not done (fio accepts it, and so does `coffer check --syntax`), and warnings.
 */

import type { Point } from './assignment.ts';
import type { Diagnostic } from './plan.ts';
import { formatPoint } from './points.ts';

export interface Place {
  readonly file: string;
  /** From 1; 0 for what the command line gave. */
  readonly line: number;
  /** Of an included file: where the job file itself includes it. */
  readonly topLine?: number;
}

/** Where in a sweep something is told. */
export interface Occasion {
  readonly point: Point;
  /** Of the sweep, those it stands for: as many as share what it is about. */
  readonly points: number;
  /** Points of the sweep. */
  readonly all: number;
}

interface Placed {
  readonly place: Place;
  readonly diagnostic: Diagnostic;
  /** When it was told first, and last; null: of the file, before any point is looked at. */
  readonly first: Occasion | null;
  last: Occasion | null;
  points: number;
}

const MANY = 200;

export class Diagnostics {
  private readonly mistakesByText = new Map<string, Placed>();
  private readonly notDoneByText = new Map<string, Placed>();
  private readonly warningsByText = new Map<string, Placed>();
  private now: Occasion | null = null;

  /** What is told from now on is told of this. */
  at(occasion: Occasion): void {
    this.now = occasion;
  }

  /**
   * The same mistake at many points of a sweep, or in many clones, is one mistake: at how many it
   * is, and which is the first, is told with it, unless it is at all.
   */
  error(place: Place, option: string, what: string): void {
    collect(this.mistakesByText, place, option, what, this.now);
  }

  /** Well written, and not done: an error of every run, none of the grammar. */
  refuse(place: Place, option: string, what: string): void {
    collect(this.notDoneByText, place, option, what, this.now);
  }

  warn(place: Place, option: string, what: string): void {
    collect(this.warningsByText, place, option, what, this.now);
  }

  get hasErrors(): boolean {
    return this.mistakesByText.size + this.notDoneByText.size > 0;
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

function collect(
  into: Map<string, Placed>,
  place: Place,
  option: string,
  what: string,
  now: Occasion | null,
): void {
  const diagnostic = { file: place.file, line: place.line, option, what };
  const text = formatDiagnostic(diagnostic);
  const known = into.get(text);
  if (known === undefined) {
    into.set(text, { place, diagnostic, first: now, last: now, points: now?.points ?? 0 });
  } else if (known.last !== now) {
    known.points += now?.points ?? 0;
    known.last = now;
  }
}

function inOrder(placed: Placed[]): readonly Diagnostic[] {
  return placed
    .sort((left, right) => comparePlaces(left.place, right.place))
    .map(({ diagnostic, first, points }) => ({
      ...diagnostic,
      what: diagnostic.what + pointsText(first, points),
    }));
}

function pointsText(first: Occasion | null, points: number): string {
  if (first === null || points === first.all) return '';
  const which = `${points === 1 ? ':' : ', first'} ${formatPoint(first.point)}`;
  return ` (at ${points} of ${first.all} points${which})`;
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
