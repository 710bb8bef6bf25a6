/**
 * The machine's monotonic clock in ns since a moment that all clones of a run share. As a double:
 * the array of process.hrtime() never leaves this function, so that V8 makes none (a BigInt would
 * be allocated with each reading).
 */

// Not the global: `process` is a getter there, which costs as much as the reading (counted).
import { hrtime } from 'node:process';
import type { Nanoseconds } from '../units/quantity.ts';

/** A moment, as process.hrtime() tells it. */
export interface Moment {
  readonly seconds: number;
  readonly nanos: number;
}

export function thisMoment(): Moment {
  const time = hrtime();
  return { seconds: time[0], nanos: time[1] };
}

export class Clock {
  private readonly seconds: number;
  private readonly nanos: number;

  constructor(origin: Moment) {
    this.seconds = origin.seconds;
    this.nanos = origin.nanos;
  }

  nowNs(): Nanoseconds {
    const time = hrtime();
    return (time[0] - this.seconds) * 1e9 + (time[1] - this.nanos);
  }
}
