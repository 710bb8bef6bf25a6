/**
 * Copies as chains of two linked entries (io_uring(7), IOSQE_IO_LINK): read and write through the
 * slot's buffer, or splice into the slot's pipe and out of it. The first half says nothing when it
 * was done in full (IOSQE_CQE_SKIP_SUCCESS, Linux 5.17), so that one completion comes of a chain. A
 * first half that is short or fails breaks the chain, and its own completion is the one: what it
 * brought is then written by an entry without a link.
 *
 * A slot's first half stands at the slot's index, the second behind those of all slots. A splice is
 * a matter of the kernel's worker threads (io-wq): it cannot be tried without waiting.
 */

import { assert } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import { CopyRest } from './copy-rest.ts';
import { type Attempts, CALLS, EMULATION, type EngineSetting, READ_WRITE } from './engine.ts';
import { Errno } from './errno.ts';
import type { Ring } from './ring.ts';
import { skipsCompletions } from './ring-setup.ts';
import { SlotPipes } from './slot-pipes.ts';
import {
  IORING_OP_SPLICE,
  IOSQE_CQE_SKIP_SUCCESS,
  IOSQE_IO_LINK,
  NO_OFFSET,
  SPLICE_F_FD_IN_FIXED,
} from './sqe.ts';
import type { Result } from './syscalls.ts';
import type { UringTransfers } from './uring-transfers.ts';

const LINKED = IOSQE_IO_LINK | IOSQE_CQE_SKIP_SUCCESS;
const READ_CALL = CALLS.indexOf('io_uring read');
const WRITE_CALL = CALLS.indexOf('io_uring write');
const SPLICE_CALL = CALLS.indexOf('io_uring splice');

export class UringCopies {
  private readonly ring: Ring;
  private readonly transfers: UringTransfers;
  private readonly attempts: Attempts;
  private readonly depth: number;
  private readonly bufferBytes: Bytes;
  private readonly rest: CopyRest;
  private readonly pipes: SlotPipes;
  /** That the second half is to write. */
  private readonly wantedBytes: Float64Array;
  private readonly destOffsetBytes: Float64Array;

  /** Throws OutOfMemory. */
  constructor(ring: Ring, transfers: UringTransfers, setting: EngineSetting) {
    const { attempts, bufferBytes, slots, syscalls } = setting;
    this.ring = ring;
    this.transfers = transfers;
    this.attempts = attempts;
    this.depth = slots.depth;
    this.bufferBytes = bufferBytes;
    this.rest = new CopyRest(slots, attempts);
    this.pipes = new SlotPipes(syscalls, slots.depth, bufferBytes);
    this.wantedBytes = new Float64Array(slots.depth);
    this.destOffsetBytes = new Float64Array(slots.depth);
  }

  /** Prepares the attempt; false when it has ended at once, with its errno. */
  queue(slot: number): boolean {
    const { attempts, rest } = this;
    const path = attempts.path[slot];
    assert(path === READ_WRITE || path === EMULATION, 'io_uring has no copy offload');
    const splices = path === EMULATION;
    const prepared = this.prepare(slot, splices);
    if (prepared < 0) {
      attempts.call[slot] = splices ? SPLICE_CALL : READ_CALL;
      attempts.errno[slot] = -prepared;
      return false;
    }
    rest.locate(slot);
    const source = rest.sourceOffsetBytes;
    const room = splices ? this.pipes.roomBytes(slot, source) : this.bufferBytes;
    const bytes = Math.min(rest.lengthBytes, room);
    this.wantedBytes[slot] = bytes;
    this.destOffsetBytes[slot] = rest.destOffsetBytes;
    if (splices) this.spliceIn(slot, source, bytes);
    else this.transfers.read(slot, slot, source, 0, bytes, LINKED);
    this.fillSecond(slot);
    this.ring.pushLinked(slot, this.depth + slot);
    return true;
  }

  /** The first half was not done in full; whether the attempt has ended with it. */
  firstEnded(slot: number, result: Result): boolean {
    const { attempts } = this;
    attempts.call[slot] = this.splices(slot) ? SPLICE_CALL : READ_CALL;
    attempts.errno[slot] = result < 0 ? -result : 0;
    if (result <= 0) return true;
    assert(result < (this.wantedBytes[slot] ?? 0), 'a first half that was done says nothing');
    this.wantedBytes[slot] = result;
    this.fillSecond(slot);
    this.ring.push(this.depth + slot);
    return false;
  }

  secondEnded(slot: number, result: Result): void {
    const { attempts } = this;
    const splices = this.splices(slot);
    attempts.call[slot] = splices ? SPLICE_CALL : WRITE_CALL;
    // Writing nothing says no errno, and must not be taken for the end of the source.
    attempts.errno[slot] = result > 0 ? 0 : -result || Errno.EIO;
    if (result > 0) attempts.doneBytes[slot] = (attempts.doneBytes[slot] ?? 0) + result;
    // What is left in the pipe is read again from the source.
    if (splices && result !== this.wantedBytes[slot]) this.pipes.drop(slot);
  }

  /** Nothing may be under way. */
  close(): void {
    this.pipes.close();
  }

  private splices(slot: number): boolean {
    return this.attempts.path[slot] === EMULATION;
  }

  private prepare(slot: number, splices: boolean): Result {
    if (!skipsCompletions(this.ring.features)) return -Errno.EOPNOTSUPP;
    return splices ? this.pipes.prepare(slot) : 0;
  }

  private spliceIn(slot: number, offset: number, bytes: Bytes): void {
    const { fileFlag, files } = this.transfers;
    const flags = fileFlag === 0 ? 0 : SPLICE_F_FD_IN_FIXED;
    const operation = IORING_OP_SPLICE | LINKED;
    const to = this.pipes.writeEnd(slot);
    const fd = files.source(slot);
    this.ring.sqes.splice(slot, operation, fd, offset, to, NO_OFFSET, bytes, flags);
  }

  private fillSecond(slot: number): void {
    const { fileFlag, files } = this.transfers;
    const fd = files.destination(slot);
    const index = this.depth + slot;
    const offset = this.destOffsetBytes[slot] ?? 0;
    const bytes = this.wantedBytes[slot] ?? 0;
    if (!this.splices(slot)) {
      this.transfers.write(index, slot, fd, offset, 0, bytes);
      return;
    }
    const operation = IORING_OP_SPLICE | fileFlag;
    const from = this.pipes.readEnd(slot);
    this.ring.sqes.splice(index, operation, from, NO_OFFSET, fd, offset, bytes, 0);
  }
}
