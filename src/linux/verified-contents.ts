/**
 * The buffers of a job that verifies: writes get blocks that can be verified, reads that verify are
 * looked at (verified-block.ts). Of what the job has written itself it is known which write a block
 * must be of; of what it finds, only that a block agrees with its own header.
 */

import { mix } from '../units/hash.ts';
import type { Contents } from '../workload/contents.ts';
import { type Slots, WRITE } from '../workload/slots.ts';
import type { VerifyPhase } from '../workload/verify-phase.ts';
import type { Bytes } from '../units/quantity.ts';
import { type BlockSpec, VerifiedBlocks, type WriteChecks } from './verified-block.ts';
import { dumpBlocks } from './verify-dump.ts';
import type { BlockWrite } from './verify-header.ts';

export interface VerifiedSpec {
  /** As the option names it, for messages. */
  readonly name: string;
  readonly blocks: BlockSpec;
  readonly checks: WriteChecks;
  /** The first wrong block of a read is the last that is looked at. */
  readonly fatal: boolean;
  /** By file, where wrong reads are dumped; null: nowhere. */
  readonly dumps: readonly string[] | null;
  /** Tells jobs, clones and repetitions apart. */
  readonly seed: number;
  readonly clone: number;
}

const HIGH = 2 ** 32;

export class VerifiedContents implements Contents {
  errors: number | null = null;
  private readonly slots: Slots;
  private readonly phase: VerifyPhase;
  private readonly bytes: Uint8Array;
  private readonly bufferBytes: Bytes;
  private readonly spec: VerifiedSpec;
  private readonly blocks: VerifiedBlocks;

  /** `bytes`: a buffer of `bufferBytes` for each slot, one behind the other. */
  constructor(
    slots: Slots,
    phase: VerifyPhase,
    buffers: { readonly bytes: Uint8Array; readonly bufferBytes: Bytes },
    spec: VerifiedSpec,
  ) {
    this.slots = slots;
    this.phase = phase;
    this.bytes = buffers.bytes;
    this.bufferBytes = buffers.bufferBytes;
    this.spec = spec;
    this.blocks = new VerifiedBlocks(spec.blocks, spec.checks);
  }

  fill(slot: number): void {
    if (this.slots.direction[slot] === WRITE) this.render(this.buffer(slot), slot);
  }

  check(slot: number, doneBytes: Bytes): string | null {
    if (!this.phase.isToBeChecked(slot)) return null;
    if (doneBytes < (this.slots.lengthBytes[slot] ?? 0)) return this.missing(slot, doneBytes);
    const bytes = this.buffer(slot);
    const known = this.phase.history !== null;
    const { dumps, fatal, name } = this.spec;
    const received = dumps === null ? null : bytes.slice();
    const offsetBytes = this.slots.offsetBytes[slot] ?? 0;
    const problems = this.blocks.problems(bytes, offsetBytes, known ? this.write(slot) : null);
    const counted = fatal ? Math.min(problems.length, 1) : problems.length;
    this.errors = (this.errors ?? 0) + counted;
    const [first] = problems;
    if (first === undefined) return null;
    const block = `block of ${first.lengthBytes} bytes at ${first.offsetBytes}`;
    const dumped = received === null ? '' : `; ${this.dump(slot, received, known)}`;
    return `verify=${name}: the ${block} ${first.what}${dumped}`;
  }

  private missing(slot: number, doneBytes: Bytes): string {
    this.errors = (this.errors ?? 0) + 1;
    const range = `${this.slots.lengthBytes[slot] ?? 0} bytes at ${this.slots.offsetBytes[slot] ?? 0}`;
    return `verify=${this.spec.name}: of ${range} only ${doneBytes} are there`;
  }

  private dump(slot: number, received: Uint8Array, known: boolean): string {
    const path = this.spec.dumps?.[this.slots.file[slot] ?? 0] ?? '';
    const { strict } = this.spec.blocks;
    const expected = known || strict ? new Uint8Array(received.length) : null;
    if (expected !== null) this.render(expected, slot);
    return dumpBlocks(path, this.slots.offsetBytes[slot] ?? 0, received, expected);
  }

  private render(into: Uint8Array, slot: number): void {
    const offsetBytes = this.slots.offsetBytes[slot] ?? 0;
    this.blocks.render(into, offsetBytes, this.write(slot), this.slots.startNs[slot] ?? 0);
  }

  private write(slot: number): BlockWrite {
    const { clone, seed } = this.spec;
    const number = this.phase.number[slot] ?? 0;
    const seedLow = mix(seed ^ mix(number + clone * 0x9e37));
    return { seedLow, seedHigh: mix(seedLow ^ (seed / HIGH)), thread: clone, number };
  }

  private buffer(slot: number): Uint8Array {
    const at = slot * this.bufferBytes;
    return this.bytes.subarray(at, at + (this.slots.lengthBytes[slot] ?? 0));
  }
}
