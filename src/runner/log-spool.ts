/**
 * Rows of a clone's logs that wait on disk, beside where its logs will be: chunk behind chunk, each
 * with its length before it. So a log takes memory for one chunk, however many I/Os it has.
 */

import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { assert } from '../units/assert.ts';
import { Unwritable } from './unwritable.ts';

export class LogSpool {
  /** Why chunks are missing, in a sentence; those behind the first are not kept either. */
  problem: string | null = null;
  private readonly pathOf: (stream: number) => string;
  private readonly begun = new Set<number>();

  constructor(pathOf: (stream: number) => string) {
    this.pathOf = pathOf;
  }

  append(stream: number, words: Float64Array): void {
    if (this.problem !== null) return;
    const path = this.pathOf(stream);
    try {
      // What an invocation left that was killed is none of ours.
      const descriptor = fs.openSync(path, this.begun.has(stream) ? 'a' : 'w');
      this.begun.add(stream);
      try {
        writeAll(descriptor, Float64Array.of(words.length));
        writeAll(descriptor, words);
      } finally {
        fs.closeSync(descriptor);
      }
    } catch (error) {
      this.problem = new Unwritable(path, dirname(path), error).message;
    }
  }
}

function writeAll(descriptor: number, words: Float64Array): void {
  fs.writeFileSync(descriptor, new Uint8Array(words.buffer, words.byteOffset, words.byteLength));
}

/** The chunks that wait at `path`, so many, and the rest that never had to. */
export function* spooledChunks(
  path: string,
  chunks: number,
  rest: Float64Array,
): Generator<Float64Array> {
  if (chunks > 0) {
    const descriptor = fs.openSync(path, 'r');
    try {
      for (let chunk = 0; chunk < chunks; chunk += 1) {
        const [length = 0] = readWords(descriptor, 1);
        yield readWords(descriptor, length);
      }
    } finally {
      fs.closeSync(descriptor);
    }
  }
  yield rest;
}

function readWords(descriptor: number, count: number): Float64Array {
  const words = new Float64Array(count);
  const bytes = new Uint8Array(words.buffer);
  for (let at = 0; at < bytes.length; ) {
    const read = fs.readSync(descriptor, bytes, at, bytes.length - at, null);
    assert(read > 0, 'a spool has all that was put into it');
    at += read;
  }
  return words;
}
