/**
 * What each piece of a destination was copied from, kept while a job runs: told of each copy that
 * has ended, it holds one source offset per piece. A piece that was copied in part, by a copy that
 * came up short, is not kept: the record counts it elsewhere.
 *
 * It knows what its own job does. Nobody but the job's copies may write to sources and
 * destinations; who checks them knows whether. Two copies to one place that are in flight at
 * once (a job that gathers several sources, with a depth that goes round its region) leave the
 * source of the one that ended last.
 */

import { assert } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import type { Slots } from '../workload/slots.ts';

const NOT_COPIED = -1;

export interface CopyRegion {
  /** Of the destination. */
  readonly offsetBytes: Bytes;
  readonly sizeBytes: Bytes;
  /** What sources are multiples of; destinations are aligned to it, seen from offsetBytes. */
  readonly pieceBytes: Bytes;
}

/** What was copied where. */
export interface Copied {
  readonly region: CopyRegion;
  /** By piece of pieceBytes, from the start of the region; below 0: it was not copied. */
  readonly sources: Float64Array;
}

export class CopyMap implements Copied {
  readonly region: CopyRegion;
  /**
   * By piece of pieceBytes, from the start of the region; below 0: it was not copied. In memory
   * that threads share, for who checks the copies need not be who made them.
   */
  readonly sources: Float64Array;
  private readonly slots: Slots;

  constructor(slots: Slots, region: CopyRegion) {
    this.slots = slots;
    this.region = region;
    const pieces = Math.floor(region.sizeBytes / region.pieceBytes);
    this.sources = new Float64Array(new SharedArrayBuffer(pieces * 8)).fill(NOT_COPIED);
  }

  /** A copy has ended, with so many good bytes. */
  ended(slot: number, doneBytes: Bytes): void {
    const { slots, sources } = this;
    const { offsetBytes, pieceBytes } = this.region;
    const first = ((slots.destOffsetBytes[slot] ?? 0) - offsetBytes) / pieceBytes;
    const ranges = slots.rangeCount[slot] ?? 0;
    const pieces = (slots.lengthBytes[slot] ?? 0) / pieceBytes;
    assert(first >= 0 && first + pieces <= sources.length, 'a copy lies in its region');
    assert(Number.isInteger(first), 'a copy begins where a piece may');
    const firstRange = slot * slots.numRange;
    for (let piece = 0; piece < pieces; piece += 1) {
      const whole = (piece + 1) * pieceBytes <= doneBytes;
      const range = Math.floor((piece * ranges) / pieces);
      const into = piece - (range * pieces) / ranges;
      const source = slots.rangeOffsetBytes[firstRange + range] ?? NOT_COPIED;
      sources[first + piece] = whole ? source + into * pieceBytes : NOT_COPIED;
    }
  }
}

/** Bytes of the region that are known to be copies. */
export function coveredBytes({ region, sources }: Copied): Bytes {
  let pieces = 0;
  for (const source of sources) if (source >= 0) pieces += 1;
  return pieces * region.pieceBytes;
}

/** Stretches of the destination that are known to be copies, in order. */
export function* stretches({
  region,
  sources,
}: Copied): Generator<{ readonly offsetBytes: Bytes; readonly bytes: Bytes }> {
  const { offsetBytes, pieceBytes } = region;
  for (let piece = 0; piece < sources.length; ) {
    let end = piece;
    while ((sources[end] ?? NOT_COPIED) >= 0) end += 1;
    const bytes = (end - piece) * pieceBytes;
    if (bytes > 0) yield { offsetBytes: offsetBytes + piece * pieceBytes, bytes };
    piece = end + 1;
  }
}
