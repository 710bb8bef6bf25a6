/**
 * verify_dump: what a read brought that was wrong, and what it should have brought, each in a file
 * of the working directory, named as fio names them: BASENAME.OFFSET.received and .expected. A file
 * that is there already is left as it is.
 */

import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { errorCode } from '../units/error-code.ts';
import type { Bytes } from '../units/quantity.ts';

/** `expected` null: nobody knows. What came of it, in the rest of a sentence. */
export function dumpBlocks(
  path: string,
  offsetBytes: Bytes,
  received: Uint8Array,
  expected: Uint8Array | null,
): string {
  const name = `${basename(path)}.${offsetBytes}`;
  const parts = [dump(`${name}.received`, received)];
  if (expected !== null) parts.push(dump(`${name}.expected`, expected));
  return parts.join(', ');
}

function dump(file: string, bytes: Uint8Array): string {
  try {
    writeFileSync(file, bytes, { flag: 'wx' });
    return `see ${file}`;
  } catch (error) {
    return `${file} was not written (${errorCode(error) ?? 'unknown'})`;
  }
}
