/**
 * The issuing state machine: which I/O comes next, and what became of it. Written once for every
 * engine, simulated or real; the engine adds submit and reap. Slots 0 … depth − 1 are rows of typed
 * arrays, so nothing is allocated per I/O and an engine reads what it needs by slot.
 *
 *   next(slot, now)      ISSUE: the slot's arrays say what to do · WAIT: for a completion · DONE
 *   issued(slot, now)    its submission has returned
 *   complete(slot, now, bytesDone, failed)
 *
 * Left out until fio's language is whole: rates, think time, size mixes, verify of reads and
 * writes.
 */

import { type Background, Measurement } from '../measure/measurement.ts';
import { Random } from '../sim/random.ts';
import { assert, present } from '../units/assert.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { type OrderSpec, positionsOf } from './order.ts';
import type { Positions } from './positions.ts';
import { READ, SLOT_DIRECTIONS, Slots, WRITE, COPY } from './slots.ts';

export type Access = 'read' | 'write' | 'mixed' | 'copy';

export interface WorkloadSpec {
  readonly access: Access;
  /** 2: copies between devices, each with costs of its own. */
  readonly devices: 1 | 2;
  readonly random: boolean;
  readonly norandommap: boolean;
  readonly order: OrderSpec;
  /** Percent of reads in a mix. */
  readonly readPercent: number;
  readonly depth: number;
  /** Submission and completion are two moments: `issued` is called between them. */
  readonly submission: boolean;
  readonly blockBytes: { readonly read: Bytes; readonly write: Bytes; readonly copy: Bytes };
  readonly offsetBytes: Bytes;
  readonly sizeBytes: Bytes;
  readonly destOffsetBytes: Bytes;
  /** Sources of one copy. */
  readonly numRange: number;
  /** Bytes of one loop. */
  readonly ioSizeBytes: Bytes;
  readonly loops: number;
  readonly numberIos: number | null;
  readonly runtimeNs: Nanoseconds | null;
  readonly timeBased: boolean;
  readonly rampNs: Nanoseconds;
  readonly seeds: readonly number[];
}

export const ISSUE = 1;
export const WAIT = 0;
export const DONE = -1;
export type Verdict = typeof ISSUE | typeof WAIT | typeof DONE;

export class Workload {
  readonly spec: WorkloadSpec;
  readonly slots: Slots;
  /** One per direction in use, in the order read, write, copy; null where the job has none. */
  readonly measurements: readonly (Measurement | null)[];
  private readonly background: Background;
  private readonly positions: readonly (Positions | null)[];
  private readonly mix: Random | null;
  /** Of every I/O that is not of a mix. */
  private readonly direction: number;
  private readonly submission: boolean;
  private readonly bytesMax: Bytes;
  private readonly iosMax: number;
  private issuedBytes: Bytes = 0;
  private issuedIos = 0;
  /** Read it, never set it. */
  inFlight = 0;
  /** I/Os that have ended since it began, ramp included: its progress. */
  ended = 0;
  private stopped = false;
  /** Nothing has been measured yet. Read it, never set it. */
  ramping: boolean;
  private rampEndNs: Nanoseconds = -0;
  private stopNs: Nanoseconds = Infinity;
  /** Where the next destination of a gathering copy goes, in bytes from the region's start. */
  private gathered: Bytes = 0;
  private gatherPass = 0;
  measuredFromNs: Nanoseconds = -0;
  /** When the last I/O ended. */
  endedNs: Nanoseconds = -0;

  /**
   * `background` takes what the ramp cost. `latencies`: by direction, memory for the histograms
   * that other threads may look into (LATENCY_WORDS).
   */
  constructor(
    spec: WorkloadSpec,
    background: Background,
    latencies?: (direction: number) => Float64Array,
  ) {
    this.spec = spec;
    this.slots = new Slots(spec.depth, spec.numRange);
    this.background = background;
    this.positions = SLOT_DIRECTIONS.map((direction) =>
      isUsed(spec, direction) ? positionsOf(spec, direction) : null,
    );
    this.measurements = this.positions.map((positions, direction) =>
      positions === null
        ? null
        : new Measurement(spec.devices, latencies?.(direction), spec.submission),
    );
    this.mix = spec.access === 'mixed' ? new Random(...spec.seeds, 0x6d6978) : null;
    this.direction = spec.access === 'copy' ? COPY : spec.access === 'write' ? WRITE : READ;
    this.submission = spec.submission;
    this.bytesMax = spec.timeBased ? Infinity : loopBytes(spec) * spec.loops;
    this.iosMax = spec.numberIos ?? Infinity;
    this.ramping = spec.rampNs > 0;
  }

  begin(nowNs: Nanoseconds): void {
    this.rampEndNs = nowNs + this.spec.rampNs;
    this.endedNs = nowNs;
    if (this.spec.runtimeNs !== null) this.stopNs = this.rampEndNs + this.spec.runtimeNs;
    this.measureFrom(nowNs);
  }

  /** No more will be issued and nothing is in flight. */
  get finished(): boolean {
    return this.inFlight === 0 && this.exhausted();
  }

  /**
   * How much of it is done, 0 to 1, by the nearest of its ends: bytes, I/Os or time. What is in
   * flight counts as done; of a ramp time alone counts.
   */
  share(nowNs: Nanoseconds): number {
    if (this.stopped) return 1;
    const { runtimeNs, rampNs } = this.spec;
    const timeNs = runtimeNs === null ? Infinity : rampNs + runtimeNs;
    const gone = (nowNs - (this.rampEndNs - rampNs)) / timeNs;
    const asked = this.ramping
      ? 0
      : Math.max(this.issuedBytes / this.bytesMax, this.issuedIos / this.iosMax);
    return Math.max(0, Math.min(Math.max(gone, asked), 1));
  }

  /**
   * No further I/O after a failure (continue_on_error comes with fio's language), nor past the end.
   */
  stop(): void {
    this.stopped = true;
  }

  /** What was recorded so far is none of the measurement. */
  forget(): void {
    this.measureFrom(this.endedNs);
  }

  next(slot: number, nowNs: Nanoseconds): Verdict {
    if (this.ramping && nowNs >= this.rampEndNs) this.endRamp();
    if (nowNs >= this.stopNs) this.stopped = true;
    if (this.exhausted()) return this.inFlight === 0 ? DONE : WAIT;
    const direction = this.mix === null ? this.direction : this.pick(this.mix);
    const slots = this.slots;
    slots.direction[slot] = direction;
    if (direction === COPY) this.placeCopy(slot);
    else this.place(slot, direction);
    slots.startNs[slot] = nowNs;
    this.issuedBytes += slots.lengthBytes[slot] ?? 0;
    this.issuedIos += 1;
    this.inFlight += 1;
    return ISSUE;
  }

  issued(slot: number, nowNs: Nanoseconds): void {
    this.slots.issuedNs[slot] = nowNs;
  }

  /** `failed`: ended with an error after `bytesDone` good bytes. An error's time is no latency. */
  complete(slot: number, nowNs: Nanoseconds, bytesDone: Bytes, failed: boolean): void {
    this.inFlight -= 1;
    this.ended += 1;
    this.endedNs = nowNs;
    if (this.ramping && nowNs >= this.rampEndNs) this.endRamp();
    const slots = this.slots;
    const measurement = this.measurement(slots.direction[slot] ?? READ);
    if (failed) {
      measurement.errorIos += 1;
      measurement.bytes += bytesDone;
      if (bytesDone > 0) measurement.shortIos += 1;
      return;
    }
    const startNs = slots.startNs[slot] ?? 0;
    measurement.lat.record(nowNs - startNs);
    if (this.submission) {
      const issuedNs = slots.issuedNs[slot] ?? 0;
      measurement.slat.record(issuedNs - startNs);
      measurement.clat.record(nowNs - issuedNs);
    }
    measurement.ios += 1;
    measurement.bytes += bytesDone;
    if (bytesDone < (slots.lengthBytes[slot] ?? 0)) measurement.shortIos += 1;
    measurement.series.add(nowNs, bytesDone);
  }

  measurement(direction: number): Measurement {
    return present(this.measurements[direction], 'a measurement for each direction in use');
  }

  private exhausted(): boolean {
    if (this.stopped) return true;
    // The ramp takes its time whatever the job is to do; that is counted from its end on.
    if (this.ramping) return false;
    return this.issuedBytes >= this.bytesMax || this.issuedIos >= this.iosMax;
  }

  private endRamp(): void {
    this.ramping = false;
    this.issuedBytes = 0;
    this.issuedIos = 0;
    this.measureFrom(this.rampEndNs);
  }

  private measureFrom(nowNs: Nanoseconds): void {
    this.measuredFromNs = nowNs;
    for (const measurement of this.measurements) measurement?.begin(nowNs, this.background);
  }

  private pick(mix: Random): number {
    return mix.below(100) < this.spec.readPercent ? READ : WRITE;
  }

  private place(slot: number, direction: number): void {
    const positions = this.positions[direction];
    assert(positions !== null && positions !== undefined, 'positions for each direction in use');
    const blockBytes = direction === READ ? this.spec.blockBytes.read : this.spec.blockBytes.write;
    const at = positions.next() * positions.unitBytes;
    this.slots.offsetBytes[slot] = this.spec.offsetBytes + at;
    this.slots.lengthBytes[slot] = blockBytes;
  }

  /** One source: the destination moves with it. Several: gathered into the destination in order. */
  private placeCopy(slot: number): void {
    const { spec, slots } = this;
    const positions = this.positions[COPY];
    assert(positions !== null && positions !== undefined, 'positions of the copies');
    const blockBytes = spec.blockBytes.copy;
    const { unitBytes } = positions;
    const first = positions.next() * unitBytes;
    slots.offsetBytes[slot] = spec.offsetBytes + first;
    if (spec.numRange === 1) {
      slots.lengthBytes[slot] = blockBytes;
      slots.destOffsetBytes[slot] = spec.destOffsetBytes + first;
      slots.rangeOffsetBytes[slot] = spec.offsetBytes + first;
      slots.rangeCount[slot] = 1;
      return;
    }
    if (positions.passes !== this.gatherPass) {
      this.gatherPass = positions.passes;
      this.gathered = 0;
    }
    const bytesLeft = this.ramping ? Infinity : this.bytesMax - this.issuedBytes;
    const blocksLeft = Math.ceil(bytesLeft / blockBytes);
    const ranges = Math.min(spec.numRange, positions.left + 1, blocksLeft);
    const base = slot * spec.numRange;
    slots.rangeOffsetBytes[base] = spec.offsetBytes + first;
    for (let range = 1; range < ranges; range += 1) {
      slots.rangeOffsetBytes[base + range] = spec.offsetBytes + positions.next() * unitBytes;
    }
    slots.rangeCount[slot] = ranges;
    slots.lengthBytes[slot] = ranges * blockBytes;
    slots.destOffsetBytes[slot] = spec.destOffsetBytes + this.gathered;
    this.gathered += ranges * blockBytes;
  }
}

/**
 * Bytes of one loop, as fio counts (measured): the region's whole blocks; an io_size of its own is
 * done to the end of the block that reaches it.
 */
function loopBytes(spec: WorkloadSpec): Bytes {
  if (spec.ioSizeBytes !== spec.sizeBytes) return spec.ioSizeBytes;
  const { read, write, copy } = spec.blockBytes;
  const block = { read, write, copy, mixed: Math.min(read, write) }[spec.access];
  return spec.sizeBytes - (spec.sizeBytes % block);
}

function isUsed({ access }: WorkloadSpec, direction: 'read' | 'write' | 'copy'): boolean {
  return access === direction || (access === 'mixed' && direction !== 'copy');
}
