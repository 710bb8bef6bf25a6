/**
 * pread(2) and pwrite(2), one at a time; copies by the path that their slot says. One attempt is
 * one system call, or a pair of them: what is short goes on with the next attempt.
 *
 * Left out: preadv2's flags (fio's pvsync2 hipri, nowait), readv's vectors.
 */

import { assert } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import { COPY, READ, type Slots, TRIM } from '../workload/slots.ts';
import { CopyFileRange } from './copy-file-range.ts';
import { type CopyCall, CopyRest } from './copy-rest.ts';
import {
  type Attempts,
  CALLS,
  EMULATION,
  type EngineSetting,
  OFFLOAD,
  READ_WRITE,
  type SynchronousEngine,
} from './engine.ts';
import { Errno } from './errno.ts';
import { Ficlonerange } from './ficlonerange.ts';
import { SpliceCopy } from './splice-copy.ts';
import type { SlotFiles } from './slot-files.ts';
import type { Memory, Result, Syscalls } from './syscalls.ts';
import { openTrim, type TrimCall } from './trim.ts';

const PREAD = CALLS.indexOf('pread');
const PWRITE = CALLS.indexOf('pwrite');

export interface PsyncSetting {
  readonly syscalls: Pick<Syscalls, 'pread' | 'pwrite'>;
  readonly slots: Slots;
  readonly attempts: Attempts;
  readonly files: SlotFiles;
  /** Of the buffer of slot 0; the others lie behind it. */
  readonly buffersAt: Memory;
  readonly bufferBytes: Bytes;
  readonly offload: CopyCall;
  readonly emulation: CopyCall;
  readonly trim: TrimCall;
}

export class Psync implements SynchronousEngine {
  readonly synchronous = true;
  private readonly syscalls: Pick<Syscalls, 'pread' | 'pwrite'>;
  private readonly slots: Slots;
  private readonly attempts: Attempts;
  private readonly files: SlotFiles;
  private readonly buffersAt: Memory;
  private readonly bufferBytes: Bytes;
  private readonly offload: CopyCall;
  private readonly emulation: CopyCall;
  private readonly trim: TrimCall;
  private readonly rest: CopyRest;

  constructor(setting: PsyncSetting) {
    this.syscalls = setting.syscalls;
    this.slots = setting.slots;
    this.attempts = setting.attempts;
    this.files = setting.files;
    this.buffersAt = setting.buffersAt;
    this.bufferBytes = setting.bufferBytes;
    this.offload = setting.offload;
    this.emulation = setting.emulation;
    this.trim = setting.trim;
    this.rest = new CopyRest(setting.slots, setting.attempts);
  }

  perform(slot: number): void {
    const direction = this.slots.direction[slot];
    if (direction === COPY) this.copy(slot);
    else if (direction === TRIM) this.trim.perform(slot);
    else this.regular(slot, direction === READ);
  }

  close(): void {
    this.offload.close();
    this.emulation.close();
    this.trim.close();
  }

  private regular(slot: number, reads: boolean): void {
    const { attempts, slots, syscalls } = this;
    const fd = this.files.source(slot);
    const doneBytes = attempts.doneBytes[slot] ?? 0;
    const bytes = (slots.lengthBytes[slot] ?? 0) - doneBytes;
    const offset = (slots.offsetBytes[slot] ?? 0) + doneBytes;
    const buffer = this.buffersAt + slot * this.bufferBytes + doneBytes;
    assert(doneBytes + bytes <= this.bufferBytes, 'a read or write fits its buffer');
    if (reads) this.end(slot, PREAD, syscalls.pread(fd, buffer, bytes, offset));
    else this.end(slot, PWRITE, written(syscalls.pwrite(fd, buffer, bytes, offset)));
  }

  private copy(slot: number): void {
    const path = this.attempts.path[slot];
    this.rest.locate(slot);
    if (path === READ_WRITE) {
      this.readThenWrite(slot);
      return;
    }
    assert(path === OFFLOAD || path === EMULATION, 'a copy has a path');
    const way = path === OFFLOAD ? this.offload : this.emulation;
    this.end(slot, way.call, way.copy(this.rest));
  }

  private readThenWrite(slot: number): void {
    const { files, rest, syscalls } = this;
    const buffer = this.buffersAt + slot * this.bufferBytes;
    const bytes = Math.min(rest.lengthBytes, this.bufferBytes);
    const read = syscalls.pread(files.source(slot), buffer, bytes, rest.sourceOffsetBytes);
    if (read <= 0) {
      this.end(slot, PREAD, read);
      return;
    }
    const fd = files.destination(slot);
    const result = syscalls.pwrite(fd, buffer, read, rest.destOffsetBytes);
    this.end(slot, PWRITE, written(result));
  }

  private end(slot: number, call: number, result: Result): void {
    const { attempts } = this;
    attempts.call[slot] = call;
    if (result < 0) {
      attempts.errno[slot] = -result;
      return;
    }
    attempts.errno[slot] = 0;
    attempts.doneBytes[slot] = (attempts.doneBytes[slot] ?? 0) + result;
  }
}

/** A write of nothing says no errno, and must not be taken for the end of a source. */
const written = (result: Result): Result => (result === 0 ? -Errno.EIO : result);

/** Throws OutOfMemory. */
export function openPsync(setting: EngineSetting): Psync {
  const clones = setting.copyApi === 'ficlonerange';
  return new Psync({
    ...setting,
    buffersAt: setting.buffers.address,
    offload: clones ? new Ficlonerange(setting) : new CopyFileRange(setting),
    emulation: new SpliceCopy(setting),
    trim: openTrim(setting),
  });
}
