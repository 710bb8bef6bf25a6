/**
 * Trims: of a block device by ioctl(BLKDISCARD), as fio does them; of a regular file by
 * fallocate(2) with FALLOC_FL_PUNCH_HOLE, which leaves its length, and which fio does not (it
 * fails, ENOTTY). One attempt is one range, and one system call, which waits for the device.
 *
 * BLKDISCARD drops the device's page cache, for which it must hold the device (truncate_bdev_range
 * of block/bdev.c): by another descriptor than that of the claim, pages that were written and not
 * synced would make it fail with EBUSY.
 *
 * Left out: BLKSECDISCARD, BLKZEROOUT, io_uring's BLOCK_URING_CMD_DISCARD (Linux 6.12).
 */

import { fstatSync } from 'node:fs';
import { present } from '../units/assert.ts';
import type { Slots } from '../workload/slots.ts';
import { type Attempts, CALLS, type EngineSetting } from './engine.ts';
import { Errno } from './errno.ts';
import type { Fd, Result, Syscalls } from './syscalls.ts';
import { Words } from './words.ts';

/** _IO(0x12, 119), linux/fs.h. */
const BLKDISCARD = 0x1277;
/** FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE, linux/falloc.h. */
const PUNCH_HOLE = 0x03;
const DISCARD_CALL = CALLS.indexOf('ioctl(BLKDISCARD)');
const PUNCH_CALL = CALLS.indexOf('fallocate(FALLOC_FL_PUNCH_HOLE)');

/** One attempt at the trim in a slot, over when it returns. */
export interface TrimCall {
  perform(slot: number): void;
  close(): void;
}

export class Trim implements TrimCall {
  private readonly syscalls: Pick<Syscalls, 'ioctl' | 'fallocate'>;
  private readonly slots: Slots;
  private readonly attempts: Attempts;
  /** By file. */
  private readonly areBlock: readonly boolean[];
  private readonly fds: readonly Fd[];
  /** The argument of BLKDISCARD: first byte and bytes. */
  private readonly range: Words;

  constructor(setting: Pick<EngineSetting, 'syscalls' | 'slots' | 'attempts' | 'files'>) {
    this.syscalls = setting.syscalls;
    this.slots = setting.slots;
    this.attempts = setting.attempts;
    this.areBlock = setting.files.each.map(({ sourceFd }) => fstatSync(sourceFd).isBlockDevice());
    this.fds = setting.files.each.map(({ sourceFd, trimFd }) => trimFd ?? sourceFd);
    this.range = new Words(setting.syscalls, 2);
  }

  /** The first range of the slot that has not been trimmed. */
  perform(slot: number): void {
    const { attempts, slots } = this;
    const doneBytes = attempts.doneBytes[slot] ?? 0;
    const bytes = (slots.lengthBytes[slot] ?? 0) / (slots.rangeCount[slot] ?? 1);
    const range = Math.floor(doneBytes / bytes);
    const offset = slots.rangeOffsetBytes[slot * slots.numRange + range] ?? 0;
    const file = slots.file[slot] ?? 0;
    const isBlock = this.areBlock[file] === true;
    const fd = present(this.fds[file], 'a descriptor for each file');
    const result = isBlock ? this.discard(fd, offset, bytes) : this.punch(fd, offset, bytes);
    attempts.call[slot] = isBlock ? DISCARD_CALL : PUNCH_CALL;
    attempts.errno[slot] = -result;
    if (result === 0) attempts.doneBytes[slot] = doneBytes + bytes;
  }

  close(): void {
    this.range.close();
  }

  private discard(fd: Fd, offset: number, bytes: number): Result {
    this.range.set(0, offset);
    this.range.set(1, bytes);
    return this.syscalls.ioctl(fd, BLKDISCARD, this.range.addressOf(0));
  }

  private punch(fd: Fd, offset: number, bytes: number): Result {
    return this.syscalls.fallocate(fd, PUNCH_HOLE, offset, bytes);
  }
}

/** Of an engine whose job has no trims, or whose machine has no such system call. */
export class NoTrim implements TrimCall {
  private readonly attempts: Attempts;

  constructor(attempts: Attempts) {
    this.attempts = attempts;
  }

  perform(slot: number): void {
    this.attempts.call[slot] = DISCARD_CALL;
    this.attempts.errno[slot] = Errno.ENOSYS;
  }

  close(): void {}
}

export function openTrim(
  setting: Pick<EngineSetting, 'syscalls' | 'slots' | 'attempts' | 'files' | 'trims'>,
): TrimCall {
  return setting.trims ? new Trim(setting) : new NoTrim(setting.attempts);
}
