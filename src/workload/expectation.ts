/**
 * The check of a job's copies: what each destination block should hold at the end is what its
 * source held when the copy was issued. Kept as a fingerprint per unit of the destination region,
 * read straight from the device's content, outside modelled time.
 *
 * Where two I/Os in flight at once touch a unit, or a copy failed over it, nobody can say what it
 * should hold: such units are not held against anything.
 */

import type { Bytes } from '../units/quantity.ts';
import type { Slots } from './slots.ts';

/** What the check reads; the device's ContentAccess has it. */
export interface Fingerprints {
  readonly unitBytes: Bytes;
  fingerprints(firstUnit: number, units: number, into: Float64Array, at: number): void;
}

const UNKNOWN = -1;

export class Expectation {
  readonly #slots: Slots;
  readonly #source: Fingerprints;
  readonly #destination: Fingerprints;
  readonly #rangeBytes: Bytes;
  readonly #firstUnit: number;
  readonly #expected: Float64Array;
  /** I/Os in flight to a unit. */
  readonly #inFlight: Uint16Array;

  constructor(
    slots: Slots,
    devices: { readonly source: Fingerprints; readonly destination: Fingerprints },
    region: { readonly offsetBytes: Bytes; readonly sizeBytes: Bytes; readonly rangeBytes: Bytes },
  ) {
    this.#slots = slots;
    this.#source = devices.source;
    this.#destination = devices.destination;
    this.#rangeBytes = region.rangeBytes;
    const unitBytes = devices.destination.unitBytes;
    this.#firstUnit = region.offsetBytes / unitBytes;
    const units = Math.ceil(region.sizeBytes / unitBytes);
    this.#expected = new Float64Array(units).fill(UNKNOWN);
    this.#inFlight = new Uint16Array(units);
  }

  issued(slot: number): void {
    const slots = this.#slots;
    const unitBytes = this.#destination.unitBytes;
    const units = this.#rangeBytes / unitBytes;
    let at = this.#begin(slot);
    const ranges = slots.rangeCount[slot] ?? 0;
    for (let range = 0; range < ranges; range += 1) {
      const offset = slots.rangeOffsetBytes[slot * slots.numRange + range] ?? 0;
      this.#source.fingerprints(offset / unitBytes, units, this.#expected, at);
      for (let unit = at; unit < at + units; unit += 1) {
        const others = this.#inFlight[unit] ?? 0;
        if (others > 0) this.#expected[unit] = UNKNOWN;
        this.#inFlight[unit] = others + 1;
      }
      at += units;
    }
  }

  ended(slot: number, doneBytes: Bytes): void {
    const unitBytes = this.#destination.unitBytes;
    const begin = this.#begin(slot);
    const units = (this.#slots.lengthBytes[slot] ?? 0) / unitBytes;
    const good = doneBytes / unitBytes;
    for (let unit = begin; unit < begin + units; unit += 1) {
      const others = (this.#inFlight[unit] ?? 0) - 1;
      this.#inFlight[unit] = others;
      if (others > 0 || unit >= begin + good) this.#expected[unit] = UNKNOWN;
    }
  }

  /** Units of the destination that do not hold what they should. */
  errors(): number {
    const found = new Float64Array(this.#expected.length);
    this.#destination.fingerprints(this.#firstUnit, found.length, found, 0);
    let errors = 0;
    for (let unit = 0; unit < found.length; unit += 1) {
      const expected = this.#expected[unit];
      if (expected !== UNKNOWN && expected !== found[unit]) errors += 1;
    }
    return errors;
  }

  #begin(slot: number): number {
    const offset = this.#slots.destOffsetBytes[slot] ?? 0;
    return offset / this.#destination.unitBytes - this.#firstUnit;
  }
}
