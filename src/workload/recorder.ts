/** What is recorded of a workload's I/Os: a measurement by direction, and the log. */

import type { IoLog } from '../measure/io-log.ts';
import { type Background, Measurement } from '../measure/measurement.ts';
import { present } from '../units/assert.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { SLOT_DIRECTIONS, type Slots } from './slots.ts';
import { isMeasured, type WorkloadSpec } from './spec.ts';

export class Recorder {
  /** In the order of SLOT_DIRECTIONS; null where the job has none. */
  readonly measurements: readonly (Measurement | null)[];
  /** Told of each I/O that is measured; set before the job begins. */
  log: IoLog | null = null;
  fromNs: Nanoseconds = -0;
  /** Of the I/O that has ended: set before it is recorded, so that no double is passed. */
  endedNs: Nanoseconds = -0;
  bytesDone: Bytes = 0;
  /** When its rate meant to start it; below 0: no rate did. */
  intendedNs: Nanoseconds = -1;
  /** When it ended on its direction's own clock. */
  ownNs: Nanoseconds = -0;
  private readonly slots: Slots;
  private readonly background: Background;
  /** Submission and completion are two moments. */
  private readonly submission: boolean;

  constructor(
    spec: WorkloadSpec,
    slots: Slots,
    background: Background,
    latencies?: (direction: number) => Float64Array,
  ) {
    this.slots = slots;
    this.background = background;
    this.submission = spec.submission;
    const others = (spec.files?.devices ?? 1) - 1;
    this.measurements = SLOT_DIRECTIONS.map((direction, index) =>
      isMeasured(spec, direction)
        ? new Measurement(spec.devices, latencies?.(index), spec.submission, others)
        : null,
    );
  }

  measurement(direction: number): Measurement {
    return present(this.measurements[direction], 'a measurement for each direction in use');
  }

  /** Measured time begins (again): what came before was ramp. */
  begin(nowNs: Nanoseconds): void {
    this.fromNs = nowNs;
    for (const measurement of this.measurements) measurement?.begin(nowNs, this.background);
  }

  /** Ended with an error after so many good bytes. An error's time is no latency. */
  failed(direction: number): void {
    const measurement = this.measurement(direction);
    measurement.errorIos += 1;
    measurement.bytes += this.bytesDone;
    if (this.bytesDone > 0) measurement.shortIos += 1;
  }

  ended(slot: number, direction: number): void {
    const { bytesDone, endedNs, intendedNs, slots } = this;
    const measurement = this.measurement(direction);
    const startNs = slots.startNs[slot] ?? 0;
    measurement.lat.record(endedNs - startNs);
    if (this.submission) {
      const issuedNs = slots.issuedNs[slot] ?? 0;
      measurement.slat.record(issuedNs - startNs);
      measurement.clat.record(endedNs - issuedNs);
    }
    if (intendedNs >= 0) measurement.intended.record(endedNs - intendedNs);
    measurement.ios += 1;
    measurement.bytes += bytesDone;
    if (bytesDone < (slots.lengthBytes[slot] ?? 0)) measurement.shortIos += 1;
    measurement.series.add(this.ownNs, bytesDone);
  }

  /** What was recorded last is measured. */
  tell(log: IoLog, slot: number): void {
    log.endNs = this.endedNs;
    log.bytes = this.bytesDone;
    log.ended(slot);
  }
}
