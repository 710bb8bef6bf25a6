/** Collects all mistakes and warnings of a job file, so that one reading names them all. */

import type { Diagnostic } from './plan.ts';

export interface Place {
  readonly file: string;
  /** From 1; 0 for what the command line gave. */
  readonly line: number;
}

export class Diagnostics {
  private readonly errorsByText = new Map<string, Diagnostic>();
  private readonly warningsByText = new Map<string, Diagnostic>();

  /** The same mistake at many points of a sweep, or in many clones, is one mistake. */
  error(place: Place, option: string, what: string): void {
    const diagnostic = { file: place.file, line: place.line, option, what };
    this.errorsByText.set(formatDiagnostic(diagnostic), diagnostic);
  }

  warn(place: Place, option: string, what: string): void {
    const diagnostic = { file: place.file, line: place.line, option, what };
    this.warningsByText.set(formatDiagnostic(diagnostic), diagnostic);
  }

  get errors(): readonly Diagnostic[] {
    return [...this.errorsByText.values()].sort(byLine);
  }

  get warnings(): readonly Diagnostic[] {
    return [...this.warningsByText.values()].sort(byLine);
  }
}

function byLine(left: Diagnostic, right: Diagnostic): number {
  return left.line - right.line;
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
