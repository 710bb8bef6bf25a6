/** All that is measured of one direction of one job clone (or, merged, of a group). */

import { present } from '../units/assert.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { Account } from './account.ts';
import { HISTOGRAM_WORDS, Histogram } from './histogram.ts';
import { Series, type SeriesData } from './series.ts';

/** The accounts of what no measured I/O caused. */
export interface Background {
  readonly source: Account;
  readonly destination: Account;
  /** Of the devices behind the first, in a job of several files. */
  readonly others?: readonly Account[];
}

/** Words of the four histograms of a measurement, for memory that threads share. */
export const LATENCY_WORDS = 4 * HISTOGRAM_WORDS;

/** The lat histogram in the latency words of a measurement, for who only looks. */
export function latencyIn(words: Float64Array): Histogram {
  return histogramIn(words, LAT);
}

const SLAT = 0;
const CLAT = 1;
const LAT = 2;
const INTENDED = 3;

function histogramIn(words: Float64Array, which: number): Histogram {
  const from = which * HISTOGRAM_WORDS;
  return new Histogram(words.subarray(from, from + HISTOGRAM_WORDS));
}

/** What is not in its latency words, as data that crosses threads. */
export interface MeasurementData {
  readonly ios: number;
  readonly bytes: Bytes;
  readonly shortIos: number;
  readonly errorIos: number;
  readonly offloadBytes: Bytes;
  readonly emulationBytes: Bytes;
  readonly readWriteBytes: Bytes;
  readonly fallbacks: number;
  readonly fallbackReasons: ReadonlyMap<string, number>;
  readonly series: SeriesData;
}

export class Measurement {
  /** I/Os that ended well or short in measured time; failed ones are only in errorIos. */
  ios = 0;
  bytes: Bytes = 0;
  shortIos = 0;
  errorIos = 0;
  readonly slat: Histogram;
  readonly clat: Histogram;
  readonly lat: Histogram;
  /** From the start that a rate meant for them; empty in a job without one. */
  readonly intended: Histogram;
  readonly series = new Series();
  /** What the source's (or the only) device and the host's CPUs were asked to do. */
  readonly account = new Account();
  /** Of a copy between two devices: what the destination's was; else the same one. */
  readonly destinationAccount: Account;
  /** In a job of several files: of the devices behind the first. */
  private readonly others: readonly Account[];
  offloadBytes: Bytes = 0;
  emulationBytes: Bytes = 0;
  readWriteBytes: Bytes = 0;
  fallbacks = 0;
  /** Why a path was left, and how often. */
  readonly fallbackReasons = new Map<string, number>();

  /**
   * `submission` false: I/Os end as they are submitted, so there is no slat, and clat is lat.
   * `others`: devices behind the first, in a job of several files.
   */
  constructor(
    devices: 1 | 2 = 1,
    latencies: Float64Array = new Float64Array(LATENCY_WORDS),
    submission = true,
    others = 0,
  ) {
    this.destinationAccount = devices === 1 ? this.account : new Account();
    this.others = Array.from({ length: others }, () => new Account());
    this.slat = histogramIn(latencies, SLAT);
    this.lat = histogramIn(latencies, LAT);
    this.intended = histogramIn(latencies, INTENDED);
    this.clat = submission ? histogramIn(latencies, CLAT) : this.lat;
  }

  get data(): MeasurementData {
    return {
      ios: this.ios,
      bytes: this.bytes,
      shortIos: this.shortIos,
      errorIos: this.errorIos,
      offloadBytes: this.offloadBytes,
      emulationBytes: this.emulationBytes,
      readWriteBytes: this.readWriteBytes,
      fallbacks: this.fallbacks,
      fallbackReasons: this.fallbackReasons,
      series: this.series.data,
    };
  }

  /** What another thread measured, its latencies in the words given to the constructor. */
  restore(data: MeasurementData): void {
    this.ios = data.ios;
    this.bytes = data.bytes;
    this.shortIos = data.shortIos;
    this.errorIos = data.errorIos;
    this.offloadBytes = data.offloadBytes;
    this.emulationBytes = data.emulationBytes;
    this.readWriteBytes = data.readWriteBytes;
    this.fallbacks = data.fallbacks;
    for (const [reason, count] of data.fallbackReasons) this.fallbackReasons.set(reason, count);
    this.series.restore(data.series);
  }

  /**
   * Measured time begins (again): what came before was ramp, and its costs go to the devices' own.
   */
  begin(nowNs: Nanoseconds, background: Background): void {
    if (this.destinationAccount !== this.account) {
      background.destination.add(this.destinationAccount);
      this.destinationAccount.clear();
    }
    for (const [index, other] of this.others.entries()) {
      background.others?.[index]?.add(other);
      other.clear();
    }
    background.source.add(this.account);
    this.account.clear();
    this.ios = 0;
    this.bytes = 0;
    this.shortIos = 0;
    this.errorIos = 0;
    this.slat.clear();
    this.clat.clear();
    this.lat.clear();
    this.intended.clear();
    this.series.begin(nowNs);
    this.offloadBytes = 0;
    this.emulationBytes = 0;
    this.readWriteBytes = 0;
    this.fallbacks = 0;
    this.fallbackReasons.clear();
  }

  /** Of one of the devices of a job with several files. */
  accountOf(device: number): Account {
    return device === 0 ? this.account : present(this.others[device - 1], 'an account by device');
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
    this.intended.merge(other.intended);
    this.series.merge(other.series);
    this.account.add(other.account);
    if (other.destinationAccount !== other.account) this.account.add(other.destinationAccount);
    for (const account of other.others) this.account.add(account);
    this.offloadBytes += other.offloadBytes;
    this.emulationBytes += other.emulationBytes;
    this.readWriteBytes += other.readWriteBytes;
    this.fallbacks += other.fallbacks;
    for (const [reason, count] of other.fallbackReasons) {
      this.fallbackReasons.set(reason, (this.fallbackReasons.get(reason) ?? 0) + count);
    }
  }
}
