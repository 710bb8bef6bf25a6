/**
 * `include FILE`: its option lines stand in place of the line. FILE is named from the folder of
 * the file that includes it (fio looks in the current folder first). As in fio it may include
 * others and begins no section; that it includes itself, or is not there, is a mistake wherever it
 * stands.
 */

import { dirname, isAbsolute, join } from 'node:path';
import type { Diagnostics, Place } from './diagnostics.ts';
import { NO_SOURCE, type TextSource } from './text-source.ts';

export interface Include {
  readonly path: string;
}

/** Two files that include each other twice would be read for ever. */
const INCLUDES_MAX = 1000;

/** null: the line includes nothing. */
export function parseInclude(content: string): Include | null {
  const match = /^include(?:\s+([^=].*))?$/.exec(content);
  return match === null ? null : { path: match[1] ?? '' };
}

export class IncludedFiles {
  private readonly source: TextSource;
  private readonly diagnostics: Diagnostics;
  /** Those that are being read, the job file first. */
  private readonly open: string[];
  private count = 0;

  constructor(jobFile: string, source: TextSource, diagnostics: Diagnostics) {
    this.open = [join(jobFile)];
    this.source = source;
    this.diagnostics = diagnostics;
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  /** `read` is called with the file, unless it is missing or includes itself: that is reported. */
  take({ path }: Include, place: Place, read: (file: string, text: string) => void): void {
    const refuse = (what: string) => this.diagnostics.error(place, 'include', what);
    if (path === '') return refuse('names no file; write include FILE');
    const file = isAbsolute(path) ? path : join(dirname(place.file), path);
    if (this.open.includes(file)) {
      const chain = [...this.open, file].join(' includes ');
      return refuse(`${file} would include itself (${chain}); take one of the lines out`);
    }
    if (++this.count > INCLUDES_MAX) {
      return refuse(`more than ${INCLUDES_MAX} files are included; write the lines here`);
    }
    const { readFile = NO_SOURCE.readFile } = this.source;
    const found = readFile(file);
    if (!found.ok) return refuse(`${file}: ${found.problem}`);
    this.open.push(file);
    read(file, found.text);
    this.open.pop();
  }
}
