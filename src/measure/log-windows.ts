/**
 * I/Os summed over windows of time, by direction: what fio's log_avg_msec asks for. Windows begin
 * at multiples of their width, and no I/O falls between two. What remains at the end is a window of
 * its own if it is half as long as the others, and else belongs to the one before: so no rate is
 * worked out of a few I/Os in next to no time (axboe/fio #1144). A window without an I/O of a
 * direction has no row for it.
 */

import type { Nanoseconds } from '../units/quantity.ts';
import type { ChunkedRows } from './chunked-rows.ts';
import { BYTES, CLAT, ENDED_AT, LAT, SLAT } from './logged-io.ts';

/**
 * A row: from, to (ns), direction, I/Os, bytes, and of lat, slat and clat the sum and the largest
 * (ns).
 */
export const WINDOW_WORDS = 11;

/** What is kept of a direction while its window lasts, as it stands in the row. */
const KEPT_IOS = 0;
const KEPT_BYTES = 1;
const KEPT_LAT = 2;
const KEPT_SLAT = 4;
const KEPT_CLAT = 6;
const KEPT = 8;

const NONE = -1;

export class LogWindows {
  readonly windowNs: Nanoseconds;
  readonly rows: ChunkedRows;
  private readonly directions: number;
  private readonly io: Float64Array;
  private current: Float64Array;
  private currentIndex = NONE;
  /** The window before: it waits, for the last may belong to it. */
  private held: Float64Array;
  private heldIndex = NONE;

  /** `io`: of `logged-io.ts`. */
  constructor(windowNs: Nanoseconds, directions: number, rows: ChunkedRows, io: Float64Array) {
    this.windowNs = windowNs;
    this.directions = directions;
    this.rows = rows;
    this.io = io;
    this.current = new Float64Array(directions * KEPT);
    this.held = new Float64Array(directions * KEPT);
  }

  /** The I/O in `io` has ended. */
  add(direction: number): void {
    const { io } = this;
    const index = Math.floor((io[ENDED_AT] ?? 0) / this.windowNs);
    if (index !== this.currentIndex) this.next(index);
    const kept = this.current;
    const at = direction * KEPT;
    kept[at + KEPT_IOS] = (kept[at + KEPT_IOS] ?? 0) + 1;
    kept[at + KEPT_BYTES] = (kept[at + KEPT_BYTES] ?? 0) + (io[BYTES] ?? 0);
    this.latency(at + KEPT_LAT, LAT);
    this.latency(at + KEPT_SLAT, SLAT);
    this.latency(at + KEPT_CLAT, CLAT);
  }

  finish(endNs: Nanoseconds): void {
    const fromNs = this.currentIndex * this.windowNs;
    const adjacent = this.heldIndex !== NONE && this.heldIndex === this.currentIndex - 1;
    if (adjacent && endNs - fromNs < this.windowNs / 2) {
      merge(this.held, this.current);
      this.close(this.held, this.heldIndex, endNs);
      return;
    }
    this.close(this.held, this.heldIndex, (this.heldIndex + 1) * this.windowNs);
    this.close(this.current, this.currentIndex, Math.min(endNs, fromNs + this.windowNs));
  }

  private latency(at: number, which: number): void {
    const kept = this.current;
    const ns = this.io[which] ?? 0;
    kept[at] = (kept[at] ?? 0) + ns;
    if (ns > (kept[at + 1] ?? 0)) kept[at + 1] = ns;
  }

  private next(index: number): void {
    this.close(this.held, this.heldIndex, (this.heldIndex + 1) * this.windowNs);
    const empty = this.held;
    empty.fill(0);
    this.held = this.current;
    this.heldIndex = this.currentIndex;
    this.current = empty;
    this.currentIndex = index;
  }

  private close(kept: Float64Array, index: number, toNs: Nanoseconds): void {
    if (index === NONE) return;
    for (let direction = 0; direction < this.directions; direction += 1) {
      const at = direction * KEPT;
      if ((kept[at + KEPT_IOS] ?? 0) === 0) continue;
      const row = this.rows.room(WINDOW_WORDS);
      const { words } = this.rows;
      words[row] = index * this.windowNs;
      words[row + 1] = toNs;
      words[row + 2] = direction;
      words.set(kept.subarray(at, at + KEPT), row + 3);
    }
  }
}

function merge(into: Float64Array, from: Float64Array): void {
  for (const [place, more] of from.entries()) {
    const one = into[place] ?? 0;
    into[place] = isMaximum(place) ? Math.max(one, more) : one + more;
  }
}

/** Behind each sum of a latency stands the largest. */
function isMaximum(place: number): boolean {
  const within = place % KEPT;
  return within > KEPT_LAT && within % 2 === 1;
}
