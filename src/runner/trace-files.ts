/**
 * Where the traces of an invocation go: FILE for one run, FILE with the run's number for several.
 */

import * as fs from 'node:fs';
import { dirname, extname } from 'node:path';
import type { TraceEvent } from '../block/trace.ts';
import { formatTracePerfetto } from '../block/trace-perfetto.ts';
import { formatTraceText } from '../block/trace-text.ts';
import { Unwritable } from './unwritable.ts';

/** `life.json` → `life.3.json`: run 3 of several, counted from 1 as `coffer check --plan` does. */
export function traceFileName(path: string, index: number, runs: number): string {
  if (runs === 1) return path;
  const suffix = extname(path);
  const stem = suffix === '' ? path : path.slice(0, -suffix.length);
  return `${stem}.${index + 1}${suffix}`;
}

/**
 * Finds a bad name before anything runs; changes nothing, the trace of an earlier run least of all.
 * Throws Unwritable.
 */
export function probeTrace(path: string): void {
  const isThere = fs.existsSync(path);
  try {
    fs.closeSync(fs.openSync(path, 'a'));
    if (!isThere) fs.unlinkSync(path);
  } catch (error) {
    throw new Unwritable(path, dirname(path), error);
  }
}

/** Throws Unwritable. */
export function writeTrace(path: string, events: readonly TraceEvent[]): void {
  const perfetto = extname(path) === '.json';
  writePieces(path, perfetto ? formatTracePerfetto(events) : formatTraceText(events));
}

/** Many pieces to a write: a system call for each line of a long trace would take its time. */
const BATCH_CHARACTERS = 1 << 20;

function writePieces(path: string, pieces: Iterable<string>): void {
  try {
    const descriptor = fs.openSync(path, 'w');
    try {
      let batch = '';
      for (const piece of pieces) {
        batch += piece;
        if (batch.length < BATCH_CHARACTERS) continue;
        fs.writeFileSync(descriptor, batch);
        batch = '';
      }
      fs.writeFileSync(descriptor, batch);
    } finally {
      fs.closeSync(descriptor);
    }
  } catch (error) {
    throw new Unwritable(path, dirname(path), error);
  }
}
