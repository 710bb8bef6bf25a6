/**
 * A binary heap of timers: by due time, then in order of arrival. Holds what lies beyond the wheel,
 * and is its oracle.
 */

import { NEVER, type Timer } from './timer.ts';

export class TimerHeap {
  private readonly items: Timer[] = [];
  private sequence = 0;

  get size(): number {
    return this.items.length;
  }

  /** NEVER when it is empty. */
  peek(): Timer {
    return this.items[0] ?? NEVER;
  }

  push(timer: Timer): void {
    timer.sequence = this.sequence;
    this.sequence += 1;
    const items = this.items;
    let at = items.length;
    items.push(timer);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = items[up];
      if (parent === undefined || !before(timer, parent)) break;
      items[at] = parent;
      at = up;
    }
    items[at] = timer;
  }

  /** NEVER when it is empty. */
  pop(): Timer {
    const items = this.items;
    const top = items[0];
    const last = items.pop();
    if (top === undefined || last === undefined) return NEVER;
    if (items.length > 0) this.sink(last);
    return top;
  }

  private sink(timer: Timer): void {
    const items = this.items;
    const count = items.length;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      let least = items[child];
      if (least === undefined) break;
      const right = child + 1 < count ? items[child + 1] : undefined;
      if (right !== undefined && before(right, least)) {
        least = right;
        child += 1;
      }
      if (!before(least, timer)) break;
      items[at] = least;
      at = child;
    }
    items[at] = timer;
  }
}

function before(a: Timer, b: Timer): boolean {
  return a.dueNs < b.dueNs || (a.dueNs === b.dueNs && a.sequence < b.sequence);
}
