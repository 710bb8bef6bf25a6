/**
 * Rows of doubles that come one by one and are read once, at the end: in one chunk of memory, which
 * doubles until it is full-grown; from then on it is handed on whenever it is full. A log of any
 * length takes the memory of one chunk.
 */

/** 256 KiB: to hand it on takes some 100 us, once in thousands of rows. */
export const CHUNK_WORDS = 32_768;
const FIRST_WORDS = 512;

/** Takes a full chunk, which is overwritten afterwards. */
export type Spill = (words: Float64Array) => void;

export class ChunkedRows {
  /** The row that `room` made begins at the place it gave. */
  words = new Float64Array(FIRST_WORDS);
  private readonly spill: Spill;
  private used = 0;
  /** Chunks handed on. */
  spilled = 0;

  constructor(spill: Spill) {
    this.spill = spill;
  }

  /** Where a row of so many words, CHUNK_WORDS at most, may be written. */
  room(words: number): number {
    const from = this.used;
    if (from + words > this.words.length) return this.makeRoom(words);
    this.used = from + words;
    return from;
  }

  /** What was not handed on. */
  rest(): Float64Array {
    return this.words.slice(0, this.used);
  }

  private makeRoom(words: number): number {
    if (this.words.length === CHUNK_WORDS) {
      this.spill(this.words.subarray(0, this.used));
      this.spilled += 1;
      this.used = words;
      return 0;
    }
    let length = this.words.length;
    while (length < Math.min(this.used + words, CHUNK_WORDS)) length *= 2;
    const larger = new Float64Array(length);
    larger.set(this.words.subarray(0, this.used));
    this.words = larger;
    return this.room(words);
  }
}
