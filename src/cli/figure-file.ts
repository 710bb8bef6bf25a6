/** Where a figure or a report goes: its suffix says as what, and what is written is whole. */

import { statSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { errorCode } from '../units/error-code.ts';
import { writeWhole } from '../runner/write-whole.ts';
import { UsageError } from './usage-error.ts';

/**
 * Before anything is drawn: the suffix, one of `suffixes`, of a file that can be made. An existing
 * file of that suffix is written over, as `run` does with its CSV. Throws UsageError.
 */
export function figureSuffix(output: string, suffixes: readonly string[]): string {
  const suffix = extname(output).toLowerCase();
  if (!suffixes.includes(suffix)) {
    const what = suffix === '' ? 'has no suffix' : `${suffix} is no suffix of a figure`;
    throw new UsageError(`--output ${output}: ${what}; write one of ${suffixes.join(', ')}`);
  }
  const folder = dirname(output);
  if (!isFolder(folder)) {
    throw new UsageError(`--output ${output}: there is no folder ${folder}; make it first`);
  }
  if (isFolder(output)) throw new UsageError(`--output ${output}: is a folder; name a file`);
  return suffix;
}

/** All of it or nothing. Throws UsageError where the folder does not let it. */
export function writeFigure(output: string, content: string | Uint8Array): void {
  try {
    writeWhole(output, [content]);
  } catch (error) {
    const why = errorCode(error) ?? String(error);
    throw new UsageError(`--output ${output}: cannot be written: ${why}`);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
