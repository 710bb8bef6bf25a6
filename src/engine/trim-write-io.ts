/** A slot of trimwrite: a trim or a write, as the workload says each time. */

import { TRIM } from '../workload/slots.ts';
import type { Workload } from '../workload/workload.ts';
import { ChosenIo } from './chosen-io.ts';
import type { SlotIo } from './slot-io.ts';

export class TrimWriteIo extends ChosenIo {
  private readonly slot: number;
  private readonly workload: Workload;
  private readonly trim: SlotIo;
  private readonly write: SlotIo;

  constructor(slot: number, workload: Workload, trim: SlotIo, write: SlotIo) {
    super(trim);
    this.slot = slot;
    this.workload = workload;
    this.trim = trim;
    this.write = write;
  }

  protected override choose(): SlotIo {
    return this.workload.slots.direction[this.slot] === TRIM ? this.trim : this.write;
  }
}
