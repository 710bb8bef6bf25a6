/**
 * Submission and completion queues as the controller keeps them: rings of entries in host memory,
 * found by address when the queue is made (NVMe base specification 2.0 §3.3.1). Physically
 * contiguous ones only.
 */

import type { Address, HostMemory } from '../../host/memory.ts';
import type { Command } from './command.ts';
import type { CQE_BYTES, SQE_BYTES } from './encode.ts';

export class CompletionQueue {
  readonly id: number;
  readonly entries: number;
  readonly vector: number;
  readonly words: Uint32Array;
  head = 0;
  tail = 0;
  phase = 1;
  /** Submission queues that complete here: it can't be deleted before them. */
  users = 0;
  /** Commands that found it full. */
  private firstHeld: Command | null = null;
  private lastHeld: Command | null = null;

  constructor(id: number, entries: number, vector: number, words: Uint32Array) {
    this.id = id;
    this.entries = entries;
    this.vector = vector;
    this.words = words;
  }

  get full(): boolean {
    const next = this.tail + 1;
    return (next === this.entries ? 0 : next) === this.head;
  }

  hold(command: Command): void {
    command.next = null;
    if (this.lastHeld === null) this.firstHeld = command;
    else this.lastHeld.next = command;
    this.lastHeld = command;
  }

  /** The first command held back, if there is room for its entry now. */
  unhold(): Command | null {
    const command = this.firstHeld;
    if (command === null || this.full) return null;
    this.firstHeld = command.next;
    if (this.firstHeld === null) this.lastHeld = null;
    command.next = null;
    return command;
  }

  advance(): void {
    this.tail += 1;
    if (this.tail < this.entries) return;
    this.tail = 0;
    this.phase ^= 1;
  }
}

export class SubmissionQueue {
  readonly id: number;
  readonly entries: number;
  readonly completionQueue: CompletionQueue;
  readonly words: Uint32Array;
  head = 0;

  constructor(id: number, entries: number, completionQueue: CompletionQueue, words: Uint32Array) {
    this.id = id;
    this.entries = entries;
    this.completionQueue = completionQueue;
    this.words = words;
  }
}

/** The words of a ring at this address; null when host memory has no such range. */
export function ringWords(
  memory: HostMemory,
  address: Address,
  entries: number,
  entryBytes: typeof SQE_BYTES | typeof CQE_BYTES,
): Uint32Array | null {
  const region = memory.find(address);
  if (region === null) return null;
  const from = address - region.address;
  if (from + entries * entryBytes > region.bytes) return null;
  return region.words().subarray(from / 4, (from + entries * entryBytes) / 4);
}
