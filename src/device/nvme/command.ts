/**
 * A command inside the controller, from its fetch to its completion entry. One timer carries it
 * from stage to stage; commands are pooled and of one shape.
 */

import type { Address } from '../../host/memory.ts';
import { Timer, type TimerTarget } from '../../sim/timer.ts';
import type { Bytes } from '../../units/quantity.ts';
import { IoOpcode, PSDT_MASK, PSDT_SGL, Word, word } from './encode.ts';
import type { Namespace } from './namespace.ts';
import type { SubmissionQueue } from './queue.ts';
import type { SourceRanges } from './source-range.ts';
import { StatusCode } from './status-code.ts';

const HIGH = 0x1_0000_0000;

export const Stage = {
  /** Through the command processor. */
  EXECUTE: 0,
  /** Its range list has arrived from the host. */
  RANGES: 1,
  /** Its data is ready to enter the write cache. */
  ADMIT: 2,
  /** All done but the completion entry. */
  COMPLETE: 3,
  /** The completion entry has reached host memory. */
  POST: 4,
} as const;
export type Stage = (typeof Stage)[keyof typeof Stage];

export interface CommandOwner {
  advance(command: Command, stage: number): void;
}

export class Command implements TimerTarget {
  readonly timer: Timer;
  private readonly owner: CommandOwner;
  queue: SubmissionQueue;
  namespace: Namespace;
  active = false;
  /** Aborted: its completion entry has been posted, the rest goes on unseen. */
  abandoned = false;

  opcode = 0;
  commandId = 0;
  nsid = 0;
  /** The data pointer is an SGL data block. */
  sgl = false;
  /**
   * Words of the data pointer and dwords 10 to 12, as signed integers: those cost no allocation.
   */
  dptr0 = 0;
  dptr1 = 0;
  dptr2 = 0;
  dptr3 = 0;
  cdw10 = 0;
  cdw11 = 0;
  cdw12 = 0;
  /** Of a Copy: tags of what it writes. */
  cdw14 = 0;
  cdw15 = 0;
  status: StatusCode = StatusCode.SUCCESS;
  /** Dword 0 of the completion entry. */
  dw0 = 0;

  /** SLBA or SDLBA. */
  lba = -0;
  /** Data of the command, of a Copy: what it writes. */
  bytes: Bytes = 0;
  fua = false;
  /** A Copy that counts as under way. */
  copies = false;

  /** The extent being read: where it goes on, and what is left of it. */
  positionBytes = -0;
  leftBytes: Bytes = 0;
  pagesOut = 0;
  ranges: SourceRanges | null = null;
  /** Ranges to copy, and those whose pages have been asked for. */
  rangeCount = 0;
  rangeAt = 0;

  /** What has not found room in the write cache yet. */
  uncachedBytes: Bytes = 0;
  /** Waiting for program units up to this serial number. */
  unitSerial = 0;
  unitsLeft = 0;

  pcieTxBytes: Bytes = 0;
  pcieRxBytes: Bytes = 0;
  mediaReadBytes: Bytes = 0;
  mediaWriteBytes: Bytes = 0;

  /** Next in the pool, or in whatever line it stands. */
  next: Command | null = null;

  constructor(owner: CommandOwner, queue: SubmissionQueue, namespace: Namespace) {
    this.owner = owner;
    this.queue = queue;
    this.namespace = namespace;
    this.timer = new Timer(this, Stage.EXECUTE, 0);
  }

  fire(stage: number): void {
    this.owner.advance(this, stage);
  }

  /** PRP1, or the address of the SGL data block. */
  get prp1(): Address {
    return (this.dptr0 >>> 0) + (this.dptr1 >>> 0) * HIGH;
  }

  get prp2(): Address {
    return (this.dptr2 >>> 0) + (this.dptr3 >>> 0) * HIGH;
  }

  /** Length of the SGL data block. */
  get sglBytes(): Bytes {
    return this.dptr2 >>> 0;
  }

  /** SLBA or SDLBA: dwords 10 and 11. */
  get startingLba(): number {
    return (this.cdw10 >>> 0) + (this.cdw11 >>> 0) * HIGH;
  }

  /** Takes over what its entry says. */
  decode(words: Uint32Array, at: number): void {
    const cdw0 = word(words, at);
    this.opcode = cdw0 & 0xff;
    this.commandId = cdw0 >>> 16;
    this.nsid = word(words, at + Word.NSID);
    this.dptr0 = word(words, at + Word.DPTR) | 0;
    this.dptr1 = word(words, at + Word.DPTR + 1) | 0;
    this.dptr2 = word(words, at + Word.DPTR + 2) | 0;
    this.dptr3 = word(words, at + Word.DPTR + 3) | 0;
    this.cdw10 = word(words, at + Word.CDW10) | 0;
    this.cdw11 = word(words, at + Word.CDW11) | 0;
    this.cdw12 = word(words, at + Word.CDW12) | 0;
    if (this.opcode === IoOpcode.COPY) {
      this.cdw14 = word(words, at + Word.CDW14) | 0;
      this.cdw15 = word(words, at + Word.CDW15) | 0;
    }
    this.sgl = (cdw0 & PSDT_MASK) !== 0;
    if (!this.sgl) return;
    // Data block (type 0h, address 0h) alone, and PSDT 01b alone.
    const dataBlock = this.dptr3 >>> 24 === 0 && (cdw0 & PSDT_MASK) === PSDT_SGL;
    if (!dataBlock) this.status = StatusCode.SGL_TYPE_INVALID;
  }

  /** What the command has cost since the last call begins anew. */
  clearCosts(): void {
    this.pcieTxBytes = 0;
    this.pcieRxBytes = 0;
    this.mediaReadBytes = 0;
    this.mediaWriteBytes = 0;
  }
}
