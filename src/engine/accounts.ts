/** Whom a process charges for what it does: the direction of an I/O, or what is its own. */

import { Account } from '../measure/account.ts';
import { present } from '../units/assert.ts';
import type { Workload } from '../workload/workload.ts';

export class Accounts {
  /** Of what no I/O causes. */
  readonly own: Account;
  private readonly workload: Workload;
  private readonly byDirection: readonly Account[];

  constructor(workload: Workload) {
    this.workload = workload;
    this.byDirection = workload.recorder.measurements.map(
      (measured) => measured?.account ?? new Account(),
    );
    this.own = this.ofDirection(workload.supply.direction);
  }

  ofSlot(slot: number): Account {
    return this.ofDirection(this.workload.slots.direction[slot] ?? 0);
  }

  private ofDirection(direction: number): Account {
    return present(this.byDirection[direction], 'an account for each direction');
  }
}
