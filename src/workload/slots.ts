/** The I/Os in flight, as rows of typed arrays: what was asked, and when. */

export const READ = 0;
export const WRITE = 1;
export const COPY = 2;
export const TRIM = 3;
/** By the number that `direction` holds. */
export const SLOT_DIRECTIONS = ['read', 'write', 'copy', 'trim'] as const;
export type SlotDirection = (typeof SLOT_DIRECTIONS)[number];

export class Slots {
  readonly depth: number;
  readonly numRange: number;
  readonly direction: Uint8Array;
  /** Which of the job's files; 0 where it has one. */
  readonly file: Uint16Array;
  readonly offsetBytes: Float64Array;
  /** Of the whole I/O: of a copy, all its ranges. */
  readonly lengthBytes: Float64Array;
  readonly destOffsetBytes: Float64Array;
  /** Sources of the copy in slot s, or ranges of its trim: s × numRange … + rangeCount[s]. */
  readonly rangeOffsetBytes: Float64Array;
  readonly rangeCount: Int32Array;
  readonly startNs: Float64Array;
  readonly issuedNs: Float64Array;
  /** When a job of a rate meant to start it; below 0: whenever it could. */
  readonly intendedNs: Float64Array;

  constructor(depth: number, numRange: number) {
    this.depth = depth;
    this.numRange = numRange;
    this.direction = new Uint8Array(depth);
    this.file = new Uint16Array(depth);
    this.offsetBytes = new Float64Array(depth);
    this.lengthBytes = new Float64Array(depth);
    this.destOffsetBytes = new Float64Array(depth);
    this.rangeOffsetBytes = new Float64Array(depth * numRange);
    this.rangeCount = new Int32Array(depth);
    this.startNs = new Float64Array(depth);
    this.issuedNs = new Float64Array(depth);
    this.intendedNs = new Float64Array(depth);
  }

  /** What was placed in one slot goes to another; its times are those of its beginning. */
  copyRow(from: number, to: number): void {
    const { direction, file, offsetBytes, lengthBytes, destOffsetBytes, numRange } = this;
    direction[to] = direction[from] ?? 0;
    file[to] = file[from] ?? 0;
    offsetBytes[to] = offsetBytes[from] ?? 0;
    lengthBytes[to] = lengthBytes[from] ?? 0;
    destOffsetBytes[to] = destOffsetBytes[from] ?? 0;
    this.rangeCount[to] = this.rangeCount[from] ?? 0;
    const base = from * numRange;
    this.rangeOffsetBytes.copyWithin(to * numRange, base, base + numRange);
  }
}
