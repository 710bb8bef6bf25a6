/** The recorded answers of real devices, in shared/ beside the checkout. */

import { readFileSync } from 'node:fs';

const FOLDER = new URL('../../../shared/vectors/', import.meta.url);

export interface VectorLine {
  readonly type?: string;
  readonly [field: string]: unknown;
}

/** The lines of a recording, its header left out. A recording that is missing fails the test that asks. */
export function vectorLines<Line = VectorLine>(name: string): Line[] {
  const lines = readFileSync(new URL(name, FOLDER), 'utf8').trim().split('\n');
  return lines.slice(1).map((line) => JSON.parse(line));
}
