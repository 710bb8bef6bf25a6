/**
 * A rate that one direction of a job is held to: when its next I/O is meant to start. The I/Os of a
 * linear rate are as far apart as what was issued takes at that rate; those of a Poisson process
 * (`rate_process=poisson`) are exponentially distributed around it, as if from many users who do
 * not know of one another. Either stream is open: it does not wait for I/Os that are late, so what
 * could not start in time is caught up as fast as iodepth lets it, as in fio.
 *
 * The first is meant to start when the job does. fio holds rate_iops as that many blocks of bs a
 * second; here an I/O is an I/O, however long it is.
 */

import { log } from '../sim/exact-math.ts';
import type { Random } from '../sim/random.ts';
import { type Bytes, type Nanoseconds, SECOND_NS } from '../units/quantity.ts';

export class Rate {
  /** When the next one is meant to start. Read it, never set it. */
  dueNs: Nanoseconds = -0;
  private readonly perSecond: number;
  private readonly countsIos: boolean;
  private readonly random: Random | null;
  private originNs: Nanoseconds = -0;
  /** Bytes or I/Os since the origin: their time is worked out anew, so that nothing drifts. */
  private amount = -0;

  /** `random`: of a Poisson process; null: linear. */
  constructor(perSecond: number, countsIos: boolean, random: Random | null) {
    this.perSecond = perSecond;
    this.countsIos = countsIos;
    this.random = random;
  }

  begin(nowNs: Nanoseconds): void {
    this.originNs = nowNs;
    this.dueNs = nowNs;
    this.amount = 0;
  }

  /** The next one has started, late or not. */
  issued(bytes: Bytes): void {
    const amount = this.countsIos ? 1 : bytes;
    if (this.random !== null) {
      const meanNs = (amount * SECOND_NS) / this.perSecond;
      this.dueNs -= meanNs * log(1 - this.random.unit());
      return;
    }
    this.amount += amount;
    this.dueNs = this.originNs + (this.amount * SECOND_NS) / this.perSecond;
  }

  /** All that is to come, so much later. */
  shift(byNs: Nanoseconds): void {
    this.originNs += byNs;
    this.dueNs += byNs;
  }
}
