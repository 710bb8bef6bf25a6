/**
 * The one thing that waits in an event queue. Whoever has work due owns a timer and uses it again
 * for each stage: one shape in the queue keeps `dueNs` a field at a fixed place (a subclass per
 * stage made an I/O four times slower, measured), and nothing is allocated per event.
 */

export interface TimerTarget {
  /** The timer's time has come. `kind` and `slot` are the owner's own words. */
  fire(kind: number, slot: number): void;
}

export class Timer {
  readonly target: TimerTarget;
  kind: number;
  slot: number;
  /** -0 makes the field a double from the start. */
  dueNs: number = -0;
  /** Order of scheduling: breaks ties, so that events at one instant fire in order of issue. */
  sequence: number = -0;
  /** Place in the queue's bucket; null when alone or not queued. */
  next: Timer | null = null;
  queued = false;

  constructor(target: TimerTarget, kind: number, slot: number) {
    this.target = target;
    this.kind = kind;
    this.slot = slot;
  }
}

/** Total order of the queue: by due time, then by order of scheduling. */
export function before(a: Timer, b: Timer): boolean {
  return a.dueNs < b.dueNs || (a.dueNs === b.dueNs && a.sequence < b.sequence);
}
