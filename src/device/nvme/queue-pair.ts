/**
 * A submission queue with its completion queue as a host keeps them (struct nvme_queue of
 * drivers/nvme/host/pci.c): rings in its memory, a tail and a head of its own, the phase it
 * expects.
 */

import type { HostMemory, Region } from '../../host/memory.ts';
import { CQE_BYTES, CQE_WORDS, completionPhase, SQE_BYTES, SQE_WORDS } from './encode.ts';
import { completionDoorbell, submissionDoorbell } from './registers.ts';

/** What a host can do to a controller: its registers. */
export interface ControllerRegisters {
  read32(offset: number): number;
  write32(offset: number, value: number): void;
}

export class QueuePair {
  readonly id: number;
  readonly entries: number;
  readonly submissions: Region;
  readonly completions: Region;
  readonly sqWords: Uint32Array;
  readonly cqWords: Uint32Array;
  private readonly registers: ControllerRegisters;
  private readonly sqDoorbell: number;
  private readonly cqDoorbell: number;
  private tail = 0;
  /** The tail that the controller knows. */
  private rungTail = 0;
  private head = 0;
  private phase = 1;

  constructor(id: number, entries: number, memory: HostMemory, registers: ControllerRegisters) {
    this.id = id;
    this.entries = entries;
    this.submissions = memory.allocate(entries * SQE_BYTES);
    this.completions = memory.allocate(entries * CQE_BYTES);
    this.sqWords = this.submissions.words();
    this.cqWords = this.completions.words();
    this.registers = registers;
    this.sqDoorbell = submissionDoorbell(id);
    this.cqDoorbell = completionDoorbell(id);
  }

  /** Word of the next submission entry; the caller fills it before the next call. */
  next(): number {
    const at = this.tail * SQE_WORDS;
    this.tail = this.tail + 1 === this.entries ? 0 : this.tail + 1;
    return at;
  }

  /** Tells the controller of the entries filled since. */
  ring(): void {
    if (this.tail === this.rungTail) return;
    this.rungTail = this.tail;
    this.registers.write32(this.sqDoorbell, this.tail);
  }

  /** Word of the completion entry that is there, or -1; takes it. */
  take(): number {
    const at = this.head * CQE_WORDS;
    if (completionPhase(this.cqWords[at + 3] ?? 0) !== this.phase) return -1;
    this.head += 1;
    if (this.head === this.entries) {
      this.head = 0;
      this.phase ^= 1;
    }
    return at;
  }

  /** Tells the controller what was taken. */
  release(): void {
    this.registers.write32(this.cqDoorbell, this.head);
  }
}
