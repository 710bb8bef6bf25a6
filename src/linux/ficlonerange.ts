/**
 * A copy by ioctl(FICLONERANGE), ioctl_ficlonerange(2): the destination shares the source's extents
 * (vfs_clone_file_range in fs/remap_range.c), or the call fails; there is no short one. Offsets and
 * length are multiples of the file system's block, but for a tail that ends with the source.
 *
 * Past the end of the source is EINVAL, not a short copy. Left out: FICLONE, the whole file.
 */

import { assert } from '../units/assert.ts';
import type { CopyCall, CopyRest } from './copy-rest.ts';
import { CALLS, type EngineSetting } from './engine.ts';
import type { SlotFiles } from './slot-files.ts';
import type { Memory, Result, Syscalls } from './syscalls.ts';
import { Words } from './words.ts';

/** _IOW(0x94, 13, struct file_clone_range), linux/fs.h. */
export const FICLONERANGE = 0x4020940d;
/** struct file_clone_range, as 64-bit words. */
const SRC_FD = 0;
const SRC_OFFSET = 1;
const SRC_LENGTH = 2;
const DEST_OFFSET = 3;

export class Ficlonerange implements CopyCall {
  readonly call = CALLS.indexOf('ioctl(FICLONERANGE)');
  private readonly syscalls: Syscalls;
  private readonly files: SlotFiles;
  private readonly range: Words;
  private readonly argument: Memory;

  constructor(setting: Pick<EngineSetting, 'syscalls' | 'files'>) {
    this.syscalls = setting.syscalls;
    this.files = setting.files;
    this.range = new Words(setting.syscalls, 4);
    this.argument = this.range.addressOf(SRC_FD);
  }

  copy(rest: CopyRest): Result {
    assert(rest.lengthBytes > 0, 'a length of 0 would clone up to the end of the source');
    this.range.set(SRC_FD, this.files.source(rest.slot));
    this.range.set(SRC_OFFSET, rest.sourceOffsetBytes);
    this.range.set(SRC_LENGTH, rest.lengthBytes);
    this.range.set(DEST_OFFSET, rest.destOffsetBytes);
    const destinationFd = this.files.destination(rest.slot);
    const result = this.syscalls.ioctl(destinationFd, FICLONERANGE, this.argument);
    return result === 0 ? rest.lengthBytes : result;
  }

  close(): void {
    this.range.close();
  }
}
