/** All that is measured of one direction of one job clone (or, merged, of a group). */

import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { Account } from './account.ts';
import { Histogram } from './histogram.ts';
import { Series } from './series.ts';

export class Measurement {
  /** I/Os that ended well or short in measured time; failed ones are only in errorIos. */
  ios = 0;
  bytes: Bytes = 0;
  shortIos = 0;
  errorIos = 0;
  readonly slat = new Histogram();
  readonly clat = new Histogram();
  readonly lat = new Histogram();
  readonly series = new Series();
  readonly account = new Account();
  offloadBytes: Bytes = 0;
  emulationBytes: Bytes = 0;
  readWriteBytes: Bytes = 0;
  fallbacks = 0;
  /** Why a path was left, and how often. */
  readonly fallbackReasons = new Map<string, number>();

  /** Measured time begins (again): what came before was ramp, and its costs go to `background`. */
  begin(nowNs: Nanoseconds, background: Account): void {
    background.add(this.account);
    this.account.clear();
    this.ios = 0;
    this.bytes = 0;
    this.shortIos = 0;
    this.errorIos = 0;
    this.slat.clear();
    this.clat.clear();
    this.lat.clear();
    this.series.begin(nowNs);
    this.offloadBytes = 0;
    this.emulationBytes = 0;
    this.readWriteBytes = 0;
    this.fallbacks = 0;
    this.fallbackReasons.clear();
  }

  fellBack(reason: string): void {
    this.fallbacks += 1;
    this.fallbackReasons.set(reason, (this.fallbackReasons.get(reason) ?? 0) + 1);
  }

  merge(other: Measurement): void {
    this.ios += other.ios;
    this.bytes += other.bytes;
    this.shortIos += other.shortIos;
    this.errorIos += other.errorIos;
    this.slat.merge(other.slat);
    this.clat.merge(other.clat);
    this.lat.merge(other.lat);
    this.series.merge(other.series);
    this.account.add(other.account);
    this.offloadBytes += other.offloadBytes;
    this.emulationBytes += other.emulationBytes;
    this.readWriteBytes += other.readWriteBytes;
    this.fallbacks += other.fallbacks;
    for (const [reason, count] of other.fallbackReasons) {
      this.fallbackReasons.set(reason, (this.fallbackReasons.get(reason) ?? 0) + count);
    }
  }
}
