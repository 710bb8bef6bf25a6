/**
 * How much a workload does, and how far it is: bytes, I/Os and time, behind a ramp. The ramp takes
 * its time (or its size) whatever the job is to do: what is issued counts from its end on.
 */

import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import type { Slots } from './slots.ts';
import { loopBytes, type WorkloadSpec } from './spec.ts';

export class Extent {
  /** Nothing has been measured yet. Set by `begin` and `endRamp`. */
  ramping: boolean;
  /** No further I/O, whatever is left. */
  stopped = false;
  /** For a depth: neither bytes nor I/Os count. */
  searching = false;
  issuedBytes: Bytes = 0;
  issuedIos = 0;
  /** Only read these. */
  rampEndNs: Nanoseconds = -0;
  stopNs: Nanoseconds = Infinity;
  private readonly spec: WorkloadSpec;
  private readonly slots: Slots;
  private readonly bytesMax: Bytes;
  private readonly iosMax: number;
  private rampBytesLeft: Bytes;

  constructor(spec: WorkloadSpec, slots: Slots) {
    this.spec = spec;
    this.slots = slots;
    this.bytesMax = spec.timeBased ? Infinity : loopBytes(spec) * spec.loops;
    this.iosMax = spec.numberIos ?? Infinity;
    this.ramping = spec.rampNs > 0 || spec.rampBytes !== null;
    this.rampBytesLeft = spec.rampBytes ?? Infinity;
  }

  begin(nowNs: Nanoseconds): void {
    const { rampBytes, rampNs } = this.spec;
    this.rampEndNs = rampBytes === null ? nowNs + rampNs : Infinity;
    this.runFrom(this.rampEndNs);
  }

  private runFrom(nowNs: Nanoseconds): void {
    const { runtimeNs } = this.spec;
    if (runtimeNs !== null) this.stopNs = nowNs + runtimeNs;
  }

  /** All that it is to do has been issued. */
  get over(): boolean {
    if (this.ramping || this.searching) return false;
    return this.issuedBytes >= this.bytesMax || this.issuedIos >= this.iosMax;
  }

  get allIosIssued(): boolean {
    return this.issuedIos >= this.iosMax;
  }

  /** What may still be issued, which an I/O of several ranges keeps to. */
  get bytesLeft(): Bytes {
    return this.ramping || this.searching ? Infinity : this.bytesMax - this.issuedBytes;
  }

  /** The slot's I/O, of the ramp, has ended: whether the ramp has, too. */
  rampOver(slot: number, nowNs: Nanoseconds): boolean {
    if (nowNs >= this.rampEndNs) return true;
    // What was asked counts, good or not: a ramp whose I/Os all fail has an end.
    this.rampBytesLeft -= this.slots.lengthBytes[slot] ?? 0;
    // With the I/O that makes up its size: what ends from now on is measured.
    if (this.rampBytesLeft <= 0) this.rampEndNs = nowNs;
    return false;
  }

  endRamp(): void {
    this.ramping = false;
    this.runFrom(this.rampEndNs);
    this.issuedBytes = 0;
    this.issuedIos = 0;
  }

  /**
   * How much of it is done, 0 to 1, by the nearest of its ends: bytes, I/Os or time. What is in
   * flight counts as done; of a ramp time alone counts.
   */
  share(nowNs: Nanoseconds): number {
    if (this.stopped) return 1;
    const { runtimeNs, rampNs } = this.spec;
    const timeNs = runtimeNs === null ? Infinity : rampNs + runtimeNs;
    const bySize = this.rampEndNs === Infinity;
    const gone = bySize ? 0 : (nowNs - (this.rampEndNs - rampNs)) / timeNs;
    const asked =
      this.ramping || this.searching
        ? 0
        : Math.max(this.issuedBytes / this.bytesMax, this.issuedIos / this.iosMax);
    return Math.max(0, Math.min(Math.max(gone, asked), 1));
  }
}
