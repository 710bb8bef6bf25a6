/**
 * The content of a simulated job's buffers where it verifies: each unit names itself (device and
 * unit) and the write it is of, and where the world keeps bytes, all of its other words follow from
 * these two. So whatever the method, what a read brings is held against what was written; a
 * simulated device computes no checksum, and no time is charged for one.
 *
 * A reader that did not write itself cannot know of which write a unit is; it sees whether the unit
 * is where it belongs, and whole.
 */

import type { Region } from '../host/memory.ts';
import { present } from '../units/assert.ts';
import { fnv1a, mix } from '../units/hash.ts';
import type { Bytes } from '../units/quantity.ts';
import type { Contents } from '../workload/contents.ts';
import { READ, type Slots, WRITE } from '../workload/slots.ts';
import type { VerifyPhase } from '../workload/verify-phase.ts';

export interface NamedSpec {
  /** As `verify=` says, for messages. */
  readonly name: string;
  readonly unitBytes: Bytes;
  /** By file: the name of its device. */
  readonly devices: readonly string[];
  /** Of what the job wrote itself: units must be of the write that was last. */
  readonly ofWrite: boolean;
  /** Nobody looks at what was read. */
  readonly blind: boolean;
  /** Tells jobs, clones and repetitions apart. */
  readonly seeds: readonly number[];
}

const HIGH = 4_294_967_296;

export class NamedContents implements Contents {
  errors: number | null = null;
  private readonly slots: Slots;
  private readonly phase: VerifyPhase;
  private readonly spec: NamedSpec;
  private readonly writer: number;
  private readonly devices: readonly number[];
  /** By slot: its buffer, and the words that a unit is made of there. */
  private readonly buffers: Uint32Array[] = [];
  private unitWords = 0;

  constructor(slots: Slots, phase: VerifyPhase, spec: NamedSpec) {
    this.slots = slots;
    this.phase = phase;
    this.spec = spec;
    this.writer = spec.seeds.reduce((mixed, seed) => mix(mixed ^ mix(seed) ^ mix(seed / HIGH)), 1);
    this.devices = spec.devices.map(fnv1a);
  }

  /** The buffer of a slot is this region. */
  use(slot: number, { bytes, content }: Region): void {
    this.buffers[slot] = new Uint32Array(content.buffer, content.byteOffset, content.length / 4);
    this.unitWords = content.length / 4 / (bytes / this.spec.unitBytes);
  }

  fill(slot: number): void {
    if (this.slots.direction[slot] !== WRITE) return;
    const words = this.buffer(slot);
    const first = this.firstUnit(slot);
    const writer = this.writerOf(slot);
    for (let unit = 0; unit < this.units(slot); unit += 1) {
      const place = this.placeOf(slot, first + unit);
      const from = unit * this.unitWords;
      words[from] = place;
      words[from + 1] = writer;
      for (let at = 2; at < this.unitWords; at += 1) words[from + at] = wordOf(place, writer, at);
    }
  }

  check(slot: number, doneBytes: Bytes): string | null {
    // What did not come at all is an I/O error, and told as that.
    if (this.slots.direction[slot] !== READ || !this.phase.isToBeChecked(slot)) return null;
    if (doneBytes < (this.slots.lengthBytes[slot] ?? 0)) return null;
    this.errors ??= 0;
    if (this.spec.blind) return null;
    let found: string | null = null;
    for (let unit = 0; unit < this.units(slot); unit += 1) {
      const what = this.problem(slot, unit);
      if (what === null) continue;
      this.errors += 1;
      const at = (this.firstUnit(slot) + unit) * this.spec.unitBytes;
      const { name, unitBytes } = this.spec;
      found ??= `verify=${name}: the block of ${unitBytes} bytes at ${at} ${what}`;
    }
    return found;
  }

  private problem(slot: number, unit: number): string | null {
    const words = this.buffer(slot);
    const from = unit * this.unitWords;
    const place = words[from] ?? 0;
    const writer = words[from + 1] ?? 0;
    if (place !== this.placeOf(slot, this.firstUnit(slot) + unit)) {
      return place === 0 && writer === 0 ? 'holds zeros' : 'holds what belongs elsewhere';
    }
    const known = this.spec.ofWrite && this.phase.history !== null;
    if (known && writer !== this.writerOf(slot)) return 'is of another write';
    for (let at = 2; at < this.unitWords; at += 1) {
      if (words[from + at] !== wordOf(place, writer, at)) return `is torn at its byte ${at * 4}`;
    }
    return null;
  }

  private writerOf(slot: number): number {
    return mix(this.writer ^ mix(this.phase.number[slot] ?? 0));
  }

  /** Never 0, which is what nobody has written. */
  private placeOf(slot: number, unit: number): number {
    const device = this.devices[this.slots.file[slot] ?? 0] ?? 0;
    return (mix(device ^ mix(unit) ^ mix(unit / HIGH)) | 1) >>> 0;
  }

  private firstUnit(slot: number): number {
    return (this.slots.offsetBytes[slot] ?? 0) / this.spec.unitBytes;
  }

  private units(slot: number): number {
    return (this.slots.lengthBytes[slot] ?? 0) / this.spec.unitBytes;
  }

  private buffer(slot: number): Uint32Array {
    return present(this.buffers[slot], 'a buffer for each slot');
  }
}

const wordOf = (place: number, writer: number, at: number): number =>
  (Math.imul(place ^ Math.imul(at, 0x9e37_79b1), 0x85eb_ca6b) ^ writer) >>> 0;
