/**
 * Files and buffers as a ring's entries name them: plain, or registered with the ring
 * (io_uring_register(2): IORING_REGISTER_BUFFERS, one for each slot, and IORING_REGISTER_FILES),
 * which saves the kernel looking them up and pinning them for each I/O.
 */

import type { Bytes } from '../units/quantity.ts';
import { Arena } from './arena.ts';
import { bufferOf, EngineFailure, type EngineSetting } from './engine.ts';
import { Errno, errnoName } from './errno.ts';
import { lockedMemoryLimit } from './kernel-limits.ts';
import type { Ring } from './ring.ts';
import {
  IORING_OP_READ,
  IORING_OP_READ_FIXED,
  IORING_OP_WRITE,
  IORING_OP_WRITE_FIXED,
  IOSQE_FIXED_FILE,
  type Sqes,
} from './sqe.ts';
import type { SlotFiles } from './slot-files.ts';
import type { Fd, Memory } from './syscalls.ts';
import { Words } from './words.ts';

const IORING_REGISTER_BUFFERS = 0;
const IORING_UNREGISTER_BUFFERS = 1;
const IORING_REGISTER_FILES = 2;
const IORING_UNREGISTER_FILES = 3;

/** Places in the table of registered files: two for each file. */
const sourcePlace = (file: number): number => 2 * file;
const destinationPlace = (file: number): number => 2 * file + 1;

export class UringTransfers {
  /** Descriptors, or places in the table of registered files: then `fileFlag` says so. */
  readonly files: SlotFiles;
  readonly fileFlag: number;
  private readonly ring: Ring;
  private readonly sqes: Sqes;
  private readonly readOperation: number;
  private readonly writeOperation: number;
  private readonly buffersAt: Memory;
  private readonly bufferBytes: Bytes;
  private readonly fixedBuffers: boolean;
  private readonly fixedFiles: boolean;

  /** Registers what is to be registered. Throws EngineFailure. */
  constructor(ring: Ring, setting: EngineSetting) {
    const { fixedBuffers, fixedFiles } = setting;
    if (fixedBuffers) registerBuffers(ring, setting);
    if (fixedFiles) registerFiles(ring, setting);
    this.ring = ring;
    this.sqes = ring.sqes;
    this.fixedBuffers = fixedBuffers;
    this.fixedFiles = fixedFiles;
    this.buffersAt = bufferOf(setting, 0);
    this.bufferBytes = setting.bufferBytes;
    this.fileFlag = fixedFiles ? IOSQE_FIXED_FILE : 0;
    this.files = fixedFiles ? setting.files.numbered(sourcePlace, destinationPlace) : setting.files;
    this.readOperation = this.fileFlag | (fixedBuffers ? IORING_OP_READ_FIXED : IORING_OP_READ);
    this.writeOperation = this.fileFlag | (fixedBuffers ? IORING_OP_WRITE_FIXED : IORING_OP_WRITE);
  }

  /** Fills an entry: from the source into the slot's buffer, `intoBytes` from its beginning. */
  read(
    index: number,
    slot: number,
    offset: number,
    intoBytes: Bytes,
    bytes: Bytes,
    flags: number,
  ): void {
    const address = this.buffersAt + slot * this.bufferBytes + intoBytes;
    const buffer = this.fixedBuffers ? slot : 0;
    const operation = this.readOperation | flags;
    const fd = this.files.source(slot);
    this.sqes.transfer(index, operation, fd, offset, address, bytes, buffer);
  }

  write(index: number, slot: number, fd: Fd, offset: number, intoBytes: Bytes, bytes: Bytes): void {
    const address = this.buffersAt + slot * this.bufferBytes + intoBytes;
    const buffer = this.fixedBuffers ? slot : 0;
    this.sqes.transfer(index, this.writeOperation, fd, offset, address, bytes, buffer);
  }

  /** Nothing may be under way. What is registered would outlive the ring for a while. */
  unregister(): void {
    if (this.fixedBuffers) this.ring.register(IORING_UNREGISTER_BUFFERS, 0, 0);
    if (this.fixedFiles) this.ring.register(IORING_UNREGISTER_FILES, 0, 0);
  }
}

/** struct iovec: address and length. */
const IOVEC_WORDS = 2;

function registerBuffers(ring: Ring, setting: EngineSetting): void {
  const { syscalls, bufferBytes } = setting;
  const { depth } = setting.slots;
  const vectors = new Words(syscalls, depth * IOVEC_WORDS);
  for (let slot = 0; slot < depth; slot += 1) {
    vectors.set(slot * IOVEC_WORDS, bufferOf(setting, slot));
    vectors.set(slot * IOVEC_WORDS + 1, bufferBytes);
  }
  const result = ring.register(IORING_REGISTER_BUFFERS, vectors.addressOf(0), depth);
  vectors.close();
  if (result >= 0) return;
  const what = `fixed buffers of ${depth * bufferBytes} bytes`;
  if (result === -Errno.ENOMEM) {
    throw new EngineFailure(
      `${what} are more than may be locked (ENOMEM): ${lockedMemoryLimit(syscalls)}; raise it, ` +
        'give a smaller bs or iodepth, or fixedbufs=0',
    );
  }
  throw new EngineFailure(`${errnoName(-result)}: io_uring_register of ${what}`);
}

function registerFiles(ring: Ring, { syscalls, files }: EngineSetting): void {
  const fds = files.each.flatMap(({ sourceFd, destinationFd }) => [sourceFd, destinationFd]);
  const table = new Arena(syscalls, 4 * fds.length);
  new Int32Array(table.memory, 0, fds.length).set(fds);
  const result = ring.register(IORING_REGISTER_FILES, table.address, fds.length);
  table.close();
  if (result < 0) throw new EngineFailure(`${errnoName(-result)}: io_uring_register of files`);
}
