/** The I/Os in flight, as rows of typed arrays: what was asked, and when. */

export const READ = 0;
export const WRITE = 1;
export const COPY = 2;
/** By the number that `direction` holds. */
export const SLOT_DIRECTIONS = ['read', 'write', 'copy'] as const;

export class Slots {
  readonly depth: number;
  readonly numRange: number;
  readonly direction: Uint8Array;
  readonly offsetBytes: Float64Array;
  /** Of the whole I/O: of a copy, all its ranges. */
  readonly lengthBytes: Float64Array;
  readonly destOffsetBytes: Float64Array;
  /** Sources of the copy in slot s: entries s × numRange … + rangeCount[s]. */
  readonly rangeOffsetBytes: Float64Array;
  readonly rangeCount: Int32Array;
  readonly startNs: Float64Array;
  readonly issuedNs: Float64Array;

  constructor(depth: number, numRange: number) {
    this.depth = depth;
    this.numRange = numRange;
    this.direction = new Uint8Array(depth);
    this.offsetBytes = new Float64Array(depth);
    this.lengthBytes = new Float64Array(depth);
    this.destOffsetBytes = new Float64Array(depth);
    this.rangeOffsetBytes = new Float64Array(depth * numRange);
    this.rangeCount = new Int32Array(depth);
    this.startNs = new Float64Array(depth);
    this.issuedNs = new Float64Array(depth);
  }
}
