/**
 * The files of a clone as its engine asks for them: by the slot whose I/O goes to one of them. One
 * descriptor each, or two where copies go to another file.
 */

import type { Bytes } from '../units/quantity.ts';
import type { Fd } from './syscalls.ts';

export interface OpenedFile {
  readonly sourceFd: Fd;
  /** Where copies go: another file, or the same. */
  readonly destinationFd: Fd;
  /** For trims: of a block device that was claimed, the claim; else as the source. */
  readonly trimFd?: Fd;
  /** Their ends, for mappings. */
  readonly sourceBytes: Bytes;
  readonly destinationBytes: Bytes;
}

const NO_FD = -1;

export class SlotFiles {
  readonly each: readonly OpenedFile[];
  /** Of each slot, its file. */
  private readonly file: Uint16Array;
  private readonly sourceFds: Int32Array;
  private readonly destinationFds: Int32Array;

  /** `file`: of the slots (workload/slots.ts). */
  constructor(file: Uint16Array, each: readonly OpenedFile[]) {
    this.file = file;
    this.each = each;
    this.sourceFds = Int32Array.from(each, ({ sourceFd }) => sourceFd);
    this.destinationFds = Int32Array.from(each, ({ destinationFd }) => destinationFd);
  }

  source(slot: number): Fd {
    return this.sourceFds[this.file[slot] ?? 0] ?? NO_FD;
  }

  destination(slot: number): Fd {
    return this.destinationFds[this.file[slot] ?? 0] ?? NO_FD;
  }

  /** The same, with other numbers for the descriptors: places in a table of registered files. */
  numbered(sourceOf: (file: number) => Fd, destinationOf: (file: number) => Fd): SlotFiles {
    const each = this.each.map((opened, file) => {
      return { ...opened, sourceFd: sourceOf(file), destinationFd: destinationOf(file) };
    });
    return new SlotFiles(this.file, each);
  }
}
