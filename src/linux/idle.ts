/**
 * How a clone's loop spends the time until its workload may go on (LATER). It sleeps until shortly
 * before, and spins through the rest by asking again; what a pause is to spend on the CPU it spins,
 * too.
 */

import type { Nanoseconds } from '../units/quantity.ts';
import type { Workload } from '../workload/workload.ts';
import type { Clock } from './clock.ts';
import type { Control } from './control.ts';

/**
 * A thread that sleeps comes back 80 to 130 µs late (Atomics.wait on a machine of two cores, in the
 * median; the kernel's timer slack is 50 µs of that), which would be in each latency from an
 * intended start.
 */
const SPIN_NS: Nanoseconds = 150_000;
/** So that progress goes on being told. */
const SLEEP_MOST_NS: Nanoseconds = 100_000_000;

export class Idle {
  private readonly workload: Workload;
  private readonly clock: Clock;
  private readonly control: Control;
  private readonly clone: number;

  constructor(workload: Workload, clock: Clock, control: Control, clone: number) {
    this.workload = workload;
    this.clock = clock;
    this.control = control;
    this.clone = clone;
  }

  /** For how long nothing need be done but to see what ends. */
  get leftNs(): Nanoseconds {
    const { pace, wakeNs } = this.workload;
    const nowNs = this.clock.nowNs();
    if (pace !== null && nowNs < pace.spinUntilNs) return 0;
    return Math.max(0, Math.min(wakeNs - nowNs - SPIN_NS, SLEEP_MOST_NS));
  }

  /** Nothing is in flight. */
  sleep(): void {
    const { leftNs } = this;
    if (leftNs > 0) this.control.sleep(this.clone, leftNs);
  }
}
