/** The text of a log file, from the lines of one clone or of several that share it. */

import { LogLines } from './log-lines.ts';

/**
 * Many lines to a piece, for a system call each would take its time; not so many that they outlive
 * the young generation, which doubles it.
 */
const PIECE_CHARACTERS = 1 << 15;

/** In the order of time; lines of the same millisecond clone by clone. */
export function* logText(clones: readonly LogLines[]): Generator<string> {
  const going = clones.filter((lines) => lines.next());
  let piece = '';
  for (let first = firstOf(going); first !== null; first = firstOf(going)) {
    piece += first.line;
    if (piece.length >= PIECE_CHARACTERS) {
      yield piece;
      piece = '';
    }
    if (!first.next()) going.splice(going.indexOf(first), 1);
  }
  yield piece;
}

function firstOf(going: readonly LogLines[]): LogLines | null {
  let first: LogLines | null = null;
  for (const lines of going) if (first === null || lines.timeMs < first.timeMs) first = lines;
  return first;
}
