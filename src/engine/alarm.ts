/**
 * What wakes a process at a time that it may want to change: the event queue takes nothing back. A
 * timer that is due too early goes on when it fires; one that is due too late is left, and its
 * firing is heard by nobody.
 */

import type { Simulation } from '../sim/simulation.ts';
import { Timer, type TimerTarget } from '../sim/timer.ts';
import type { Nanoseconds } from '../units/quantity.ts';

export interface Sleeper {
  woken(): void;
}

export class Alarm implements TimerTarget {
  private readonly simulation: Simulation;
  private readonly sleeper: Sleeper;
  /** Its slot tells it from those left before it. */
  private timer = new Timer(this, 0, 0);
  /** When it is to ring; Infinity: not at all. */
  private wakeNs: Nanoseconds = Infinity;

  constructor(simulation: Simulation, sleeper: Sleeper) {
    this.simulation = simulation;
    this.sleeper = sleeper;
  }

  /** Not in the past. */
  set(wakeNs: Nanoseconds): void {
    this.wakeNs = wakeNs;
    if (wakeNs === Infinity) return;
    if (this.timer.queued) {
      if (this.timer.dueNs <= wakeNs) return;
      this.timer = new Timer(this, 0, this.timer.slot + 1);
    }
    this.simulation.schedule(this.timer, wakeNs);
  }

  cancel(): void {
    this.wakeNs = Infinity;
  }

  fire(_kind: number, slot: number): void {
    if (slot !== this.timer.slot || this.wakeNs === Infinity) return;
    if (this.wakeNs > this.simulation.nowNs) {
      this.simulation.schedule(this.timer, this.wakeNs);
      return;
    }
    this.wakeNs = Infinity;
    this.sleeper.woken();
  }
}
