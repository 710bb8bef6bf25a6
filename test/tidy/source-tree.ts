/** The files that a tidy check looks at, with their text. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const ROOT = new URL('../..', import.meta.url).pathname;

export interface SourceFile {
  /** From the root: `src/sim/timer.ts`. */
  readonly path: string;
  readonly text: string;
}

/** What a check has found: `src/sim/timer.ts:12: what`. */
export type Finding = string;

export function finding({ path }: SourceFile, line: number, what: string): Finding {
  return `${path}:${line}: ${what}`;
}

/** TypeScript below a folder of the root, by path. */
export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.m?ts$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}
