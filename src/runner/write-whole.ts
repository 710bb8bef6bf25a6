/**
 * A file that is there with all of its text or not at all, whatever happens meanwhile: what was
 * there before stays until the new one is on disk.
 */

import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Throws node:fs's error, and leaves nothing of what did not fit. */
export function writeWhole(file: string, pieces: Iterable<string | Uint8Array>): void {
  const unfinished = `${file}.new`;
  try {
    fill(unfinished, pieces, fsyncSync);
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** As it comes, for pipes and devices. `settle`: before it is closed. Throws node:fs's error. */
export function fill(
  file: string,
  pieces: Iterable<string | Uint8Array>,
  settle: (descriptor: number) => void = () => {},
): void {
  const descriptor = openSync(file, 'w');
  try {
    for (const piece of pieces) writeFileSync(descriptor, piece);
    settle(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
