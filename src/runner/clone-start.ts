/** When a clone of a simulated job begins: at once, when startdelay lets it, or never. */

import type { Simulation } from '../sim/simulation.ts';
import { Timer, type TimerTarget } from '../sim/timer.ts';
import type { Nanoseconds } from '../units/quantity.ts';

export class CloneStart implements TimerTarget {
  /** Read it, never set it. */
  begun = false;
  private readonly simulation: Simulation;
  private readonly delayNs: Nanoseconds;
  private readonly begin: (nowNs: Nanoseconds) => void;
  private leftOut = false;

  /** `delayNs`: after the start of the world, which is at 0. */
  constructor(simulation: Simulation, delayNs: Nanoseconds, begin: (nowNs: Nanoseconds) => void) {
    this.simulation = simulation;
    this.delayNs = delayNs;
    this.begin = begin;
  }

  /** It begins at once when it is released. */
  get due(): boolean {
    return this.delayNs <= this.simulation.nowNs;
  }

  /** Nothing else holds it back any more. */
  release(): void {
    if (this.due) this.start();
    else this.simulation.schedule(new Timer(this, 0, 0), this.delayNs);
  }

  fire(): void {
    if (!this.leftOut) this.start();
  }

  /** It never will begin; false: it has, or that is known already. */
  leaveOut(): boolean {
    if (this.begun || this.leftOut) return false;
    this.leftOut = true;
    return true;
  }

  private start(): void {
    this.begun = true;
    this.begin(this.simulation.nowNs);
  }
}
