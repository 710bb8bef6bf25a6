/**
 * The issuing state machine: which I/O comes next, and what became of it. Written once for every
 * engine, simulated or real; the engine adds submit and reap. Slots 0 … depth − 1 are rows of typed
 * arrays, so nothing is allocated per I/O and an engine reads what it needs by slot.
 *
 *   next(slot, now)      ISSUE: the slot's arrays say what to do · WAIT: for a completion · DONE
 *   issued(slot, now)    its submission has returned
 *   complete(slot, now, bytesDone, failed)
 *
 * Where an I/O goes and how long it is says `placement.ts`.
 */

import { type Background, Measurement } from '../measure/measurement.ts';
import { Random } from '../sim/random.ts';
import { present } from '../units/assert.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { Placement } from './placement.ts';
import { COPY, READ, SLOT_DIRECTIONS, Slots, WRITE } from './slots.ts';
import { isUsed, loopBytes, type WorkloadSpec } from './spec.ts';

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
  private readonly placement: Placement;
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
    this.placement = new Placement(spec, this.slots);
    this.measurements = SLOT_DIRECTIONS.map((direction, index) =>
      isUsed(spec, direction)
        ? new Measurement(spec.devices, latencies?.(index), spec.submission)
        : null,
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
    const bytesLeft = this.ramping ? Infinity : this.bytesMax - this.issuedBytes;
    this.placement.place(slot, direction, bytesLeft);
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
}
