/**
 * The rate that a job must not fall below (`rate_min`, `rate_iops_min`), looked at as fio does
 * (measured, 3.33): whenever an I/O ends and a cycle is over, over that cycle alone, and not in the
 * first two seconds. fio counts these from the start of the job, with its ramp; here they are of
 * measured time, and a cycle is of its direction's own clock, which stands still while a
 * verification does the other one.
 */

import { type Bytes, type Nanoseconds, SECOND_NS } from '../units/quantity.ts';
import { formatTime } from '../units/time.ts';

export interface MinimumRateSpec {
  /** Bytes or I/Os a second. */
  readonly perSecond: number;
  readonly countsIos: boolean;
  readonly cycleNs: Nanoseconds;
}

const SETTLING_NS: Nanoseconds = 2 * SECOND_NS;

export class MinimumRate {
  private readonly spec: MinimumRateSpec;
  private readonly countsIos: boolean;
  private settledNs: Nanoseconds = -0;
  /** When the present cycle began; Infinity: none has. */
  private fromNs: Nanoseconds = Infinity;
  private amount = -0;

  constructor(spec: MinimumRateSpec) {
    this.spec = spec;
    this.countsIos = spec.countsIos;
  }

  begin(nowNs: Nanoseconds): void {
    this.settledNs = nowNs + SETTLING_NS;
  }

  /** An I/O has ended well, at `nowNs` of its own clock. False: the cycle it ends was too slow. */
  keeps(bytes: Bytes, nowNs: Nanoseconds): boolean {
    if (nowNs < this.settledNs) return true;
    if (this.fromNs === Infinity) {
      this.fromNs = nowNs;
      return true;
    }
    this.amount += this.countsIos ? 1 : bytes;
    const spentNs = nowNs - this.fromNs;
    if (spentNs < this.spec.cycleNs) return true;
    if (this.amount * SECOND_NS < this.spec.perSecond * spentNs) return false;
    this.fromNs = nowNs;
    this.amount = 0;
    return true;
  }

  /** The cycle that was too slow, in words. */
  problem(direction: string, nowNs: Nanoseconds): string {
    const { perSecond, countsIos } = this.spec;
    const spentNs = Math.round(nowNs - this.fromNs);
    const got = Math.floor((this.amount * SECOND_NS) / spentNs);
    const name = countsIos ? 'rate_iops_min' : 'rate_min';
    const what = countsIos ? 'I/Os' : 'bytes';
    const when = `within ${formatTime(spentNs)}`;
    return `${name}=${perSecond} was not kept: ${got} ${what} a second of ${direction} ${when}`;
  }
}
