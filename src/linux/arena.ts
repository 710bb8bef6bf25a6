/**
 * Page-aligned memory outside the JavaScript heap, for buffers that the kernel reads and writes:
 * ArrayBuffers are not aligned, which O_DIRECT refuses and large copies pay for (1.3 times slower).
 * All of it is touched at once, so that no page fault falls into measured time.
 */

import { assert } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import { errnoName } from './errno.ts';
import type { Memory, Syscalls } from './syscalls.ts';

const PROT_READ_WRITE = 3;
const MAP_PRIVATE = 0x02;
const MAP_ANONYMOUS = 0x20;
const MAP_POPULATE = 0x8000;
export const PAGE_BYTES = 4096;

export class Arena {
  readonly address: Memory;
  /** Rounded up to whole pages. */
  readonly bytes: Bytes;
  /** Not to be touched after `close`: the process would die. */
  readonly memory: ArrayBuffer;
  private readonly syscalls: Syscalls;
  private mapped = true;

  /** `bytes` above 0. Throws OutOfMemory. */
  constructor(syscalls: Syscalls, bytes: Bytes) {
    assert(bytes > 0, 'an arena has a size');
    this.syscalls = syscalls;
    this.bytes = Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES;
    const flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE;
    const address = syscalls.mmap(0, this.bytes, PROT_READ_WRITE, flags, -1, 0);
    if (address < 0) throw new OutOfMemory(this.bytes, -address);
    this.address = address;
    this.memory = syscalls.view(address, this.bytes);
  }

  close(): void {
    if (!this.mapped) return;
    this.mapped = false;
    this.syscalls.munmap(this.address, this.bytes);
  }
}

export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory';

  constructor(bytes: Bytes, errno: number) {
    super(`${bytes} bytes for buffers: ${errnoName(errno)}; give a smaller bs, iodepth or numjobs`);
  }
}
