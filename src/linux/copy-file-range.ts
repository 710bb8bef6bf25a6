/**
 * A copy by copy_file_range(2): a reflink, a copy on the server or a copy in the kernel, as the
 * file system has it (fs/read_write.c, vfs_copy_file_range). Which of them it was, the call does
 * not say: extents.ts looks.
 *
 * The kernel may end short anywhere; it cuts a copy at the end of the source and, where it copies
 * itself, at MAX_RW_COUNT (0x7ffff000 bytes). Left out: the file's own offset, which threads would
 * share.
 */

import type { CopyCall, CopyRest } from './copy-rest.ts';
import { CALLS, type EngineSetting } from './engine.ts';
import type { SlotFiles } from './slot-files.ts';
import type { Memory, Result, Syscalls } from './syscalls.ts';
import { Words } from './words.ts';

const SOURCE = 0;
const DESTINATION = 1;

export class CopyFileRange implements CopyCall {
  readonly call = CALLS.indexOf('copy_file_range');
  private readonly syscalls: Syscalls;
  private readonly files: SlotFiles;
  private readonly offsets: Words;
  private readonly sourceOffset: Memory;
  private readonly destinationOffset: Memory;

  constructor(setting: Pick<EngineSetting, 'syscalls' | 'files'>) {
    this.syscalls = setting.syscalls;
    this.files = setting.files;
    this.offsets = new Words(setting.syscalls, 2);
    this.sourceOffset = this.offsets.addressOf(SOURCE);
    this.destinationOffset = this.offsets.addressOf(DESTINATION);
  }

  copy(rest: CopyRest): Result {
    // The kernel advances them: they are set each time.
    this.offsets.set(SOURCE, rest.sourceOffsetBytes);
    this.offsets.set(DESTINATION, rest.destOffsetBytes);
    return this.syscalls.copyFileRange(
      this.files.source(rest.slot),
      this.sourceOffset,
      this.files.destination(rest.slot),
      this.destinationOffset,
      rest.lengthBytes,
      0,
    );
  }

  close(): void {
    this.offsets.close();
  }
}
