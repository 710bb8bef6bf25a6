/** I/Os and bytes per second since the last look, from what real clones have done so far. */

import type { Live, ReadLive } from '../runner/live.ts';
import { formatByteRate } from '../units/bytes.ts';
import { formatCount } from '../units/number.ts';

export class LiveRate {
  private readonly read: ReadLive;
  private last: { readonly live: Live; readonly atMs: number } | null = null;

  constructor(read: ReadLive) {
    this.read = read;
  }

  /** `, 512k IOPS, 2.10 GiB/s`; empty as long as there is nothing to tell. */
  text(nowMs: number): string {
    const live = this.read();
    const { last } = this;
    this.last = live === null ? null : { live, atMs: nowMs };
    // A run that has just begun counts from 0 again.
    if (live === null || last === null || live.ios < last.live.ios || nowMs <= last.atMs) return '';
    const perSecond = 1000 / (nowMs - last.atMs);
    const iops = formatCount(Math.round((live.ios - last.live.ios) * perSecond));
    const rate = formatByteRate((live.bytes - last.live.bytes) * perSecond);
    return `, ${iops} IOPS, ${rate}`;
  }
}
