/**
 * One CPU of the simulated host: tasks take turns in order of arrival, interrupts come between at
 * once and lengthen the slice they interrupt. This is the order that matters for storage: under
 * load the interrupts eat the time of the task that submits, so submission latency grows before
 * throughput ends.
 *
 * Left out: preemption among tasks, priorities, caches, frequency, idle states.
 */

import type { Simulation } from '../sim/simulation.ts';
import type { Timer } from '../sim/timer.ts';
import type { Nanoseconds } from '../units/quantity.ts';

export class Cpu {
  private readonly simulation: Simulation;
  /** When the slices booked so far will have ended, interrupts so far included. */
  private tasksUntilNs: Nanoseconds = -0;
  /** When the interrupts taken so far will have ended. */
  private interruptsUntilNs: Nanoseconds = -0;
  /** Interrupt time that fell into booked slices, since the world began. */
  private stolenNs: Nanoseconds = -0;
  busyNs: Nanoseconds = -0;

  constructor(simulation: Simulation) {
    this.simulation = simulation;
  }

  get nowNs(): Nanoseconds {
    return this.simulation.nowNs;
  }

  /** When a task that becomes ready at `readyNs` would begin to run. */
  startNs(readyNs: Nanoseconds): Nanoseconds {
    let startNs = readyNs;
    if (this.interruptsUntilNs > startNs) startNs = this.interruptsUntilNs;
    if (this.tasksUntilNs > startNs) startNs = this.tasksUntilNs;
    return startNs;
  }

  /**
   * Books a slice of `costNs` for the task behind `slice`, ready at `readyNs`; its timer fires at
   * the end. The target must ask `extended` first: interrupts may have lengthened the slice
   * meanwhile.
   */
  run(slice: Slice, readyNs: Nanoseconds, costNs: Nanoseconds): void {
    const endNs = this.startNs(readyNs) + costNs;
    this.tasksUntilNs = endNs;
    this.busyNs += costNs;
    slice.stolenNs = this.stolenNs;
    this.simulation.schedule(slice.timer, endNs);
  }

  /** True when interrupts lengthened the slice that just fired: it has been scheduled again. */
  extended(slice: Slice): boolean {
    const lateNs = this.stolenNs - slice.stolenNs;
    if (lateNs === 0) return false;
    slice.stolenNs = this.stolenNs;
    this.simulation.schedule(slice.timer, this.simulation.nowNs + lateNs);
    return true;
  }

  /** Takes an interrupt now, after those being served; returns when it is over. */
  interrupt(costNs: Nanoseconds): Nanoseconds {
    const nowNs = this.simulation.nowNs;
    const startNs = this.interruptsUntilNs > nowNs ? this.interruptsUntilNs : nowNs;
    this.interruptsUntilNs = startNs + costNs;
    this.busyNs += costNs;
    if (this.tasksUntilNs > nowNs) {
      this.tasksUntilNs += costNs;
      this.stolenNs += costNs;
    }
    return this.interruptsUntilNs;
  }

  /** When the interrupts taken so far are over: not before `nowNs`. */
  afterInterruptsNs(nowNs: Nanoseconds): Nanoseconds {
    return this.interruptsUntilNs > nowNs ? this.interruptsUntilNs : nowNs;
  }

  /** Whether an interrupt handler is running: what arrives now is picked up by it. */
  get interrupted(): boolean {
    return this.interruptsUntilNs > this.simulation.nowNs;
  }
}

/** A task's stay on a CPU: the timer of its end, and the interrupt time already counted in. */
export class Slice {
  readonly timer: Timer;
  stolenNs: Nanoseconds = -0;

  constructor(timer: Timer) {
    this.timer = timer;
  }
}
