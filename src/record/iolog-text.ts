/**
 * The text of a log of I/Os as fio 3.33 writes it (version 3), which fio reads where there are no
 * copies: `TIMESTAMP FILE ACTION OFFSET LENGTH`, timestamps in µs. All files are opened at the
 * beginning and closed at the end, where fio opens each with its first I/O. Copies are
 * job/iolog-text.ts's.
 */

import { ISSUED_WORDS } from '../measure/issued-rows.ts';
import { MICROSECOND_NS } from '../units/quantity.ts';

export const IOLOG_HEADER = 'fio version 3 iolog';

/** By the number that `direction` of a slot holds. */
const ACTIONS = ['read', 'write', 'copy', 'trim'] as const;
/** Many lines to a piece: a system call for each would take its time. */
const PIECE_CHARACTERS = 1 << 20;

export interface IologFile {
  readonly source: string;
  /** Where its copies go. */
  readonly destination: string;
}

/** `chunks`: rows of measure/issued-rows.ts, in order. */
export function* iologText(
  files: readonly IologFile[],
  chunks: Iterable<Float64Array>,
): Generator<string> {
  const names = [...new Set(files.flatMap(({ source, destination }) => [source, destination]))];
  const all = (us: number, action: string) =>
    names.map((name) => `${us} ${name} ${action}\n`).join('');
  let piece = `${IOLOG_HEADER}\n${all(0, 'add')}${all(0, 'open')}`;
  let us = 0;
  for (const words of chunks) {
    for (let at = 0; at + ISSUED_WORDS <= words.length; at += ISSUED_WORDS) {
      // I/Os are prepared together at depth: one may be a moment before the one above it.
      us = Math.max(us, Math.floor((words[at] ?? 0) / MICROSECOND_NS));
      piece += `${us} ${lineOf(files, words, at)}\n`;
      if (piece.length < PIECE_CHARACTERS) continue;
      yield piece;
      piece = '';
    }
  }
  yield piece + all(us, 'close');
}

function lineOf(files: readonly IologFile[], words: Float64Array, at: number): string {
  const action = ACTIONS[words[at + 1] ?? 0] ?? 'read';
  const { source = '', destination = '' } = files[words[at + 2] ?? 0] ?? {};
  const line = `${source} ${action} ${words[at + 3] ?? 0} ${words[at + 4] ?? 0}`;
  if (action !== 'copy') return line;
  return `${line} ${words[at + 5] ?? 0}${destination === source ? '' : ` ${destination}`}`;
}
