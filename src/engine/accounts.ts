/** Whom a process charges for what it does: the direction of an I/O, or what is its own. */

import type { Account } from '../measure/account.ts';
import { present } from '../units/assert.ts';
import type { Workload } from '../workload/workload.ts';

export class Accounts {
  /** Of what no I/O causes. */
  readonly own: Account;
  private readonly workload: Workload;
  /** null: the job measures no I/O of that direction. */
  private readonly byDirection: readonly (Account | null)[];

  constructor(workload: Workload) {
    this.workload = workload;
    this.byDirection = workload.recorder.measurements.map((measured) => measured?.account ?? null);
    // A job of verify_only measures the reads that it makes of its writes.
    const first = this.byDirection.find((account) => account !== null);
    this.own = present(this.byDirection[workload.supply.direction] ?? first, 'what is measured');
  }

  ofSlot(slot: number): Account {
    return this.ofDirection(this.workload.slots.direction[slot] ?? 0);
  }

  private ofDirection(direction: number): Account {
    return present(this.byDirection[direction], 'an account for each direction in use');
  }
}
