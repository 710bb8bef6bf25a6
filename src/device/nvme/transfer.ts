/**
 * Moves content between a namespace's store and the host memory a command points to, at the instant
 * the command is executed: the time it takes passes afterwards. Left out: a logical block that
 * straddles two buffers which do not touch; it ends with Data Transfer Error.
 */

import type { HostMemory } from '../../host/memory.ts';
import type { Bytes } from '../../units/quantity.ts';
import type { Command } from './command.ts';
import { DataPointer } from './data-pointer.ts';
import { StatusCode } from './status-code.ts';

export class Transfer {
  private readonly pointer: DataPointer;

  constructor(memory: HostMemory) {
    this.pointer = new DataPointer(memory);
  }

  /** Store → host memory (`read`) or back, for the command's blocks. */
  blocks(command: Command, read: boolean): StatusCode {
    const pointer = this.pointer;
    const { store, lbaBytes } = command.namespace;
    const status = pointer.resolve(command, command.bytes);
    if (status !== StatusCode.SUCCESS) return status;
    for (let run = 0; run < pointer.runs; run += 1) {
      if (pointer.bytes(run) % lbaBytes !== 0) return StatusCode.DATA_TRANSFER_ERROR;
    }
    let lba = command.lba;
    for (let run = 0; run < pointer.runs; run += 1) {
      const region = pointer.region(run);
      if (region === undefined) return StatusCode.DATA_TRANSFER_ERROR;
      const blocks = pointer.bytes(run) / lbaBytes;
      const offset = region.contentOffset(pointer.address(run));
      if (read) store.read(lba, blocks, region.content, offset);
      else store.write(lba, blocks, region.content, offset);
      lba += blocks;
    }
    return StatusCode.SUCCESS;
  }

  /** A structure of the host (a range list) into words. */
  fetch(command: Command, bytes: Bytes, into: Uint32Array): StatusCode {
    const pointer = this.pointer;
    const status = pointer.resolve(command, bytes);
    if (status !== StatusCode.SUCCESS) return status;
    let at = 0;
    for (let run = 0; run < pointer.runs; run += 1) {
      const region = pointer.region(run);
      if (region === undefined) return StatusCode.DATA_TRANSFER_ERROR;
      const words = pointer.wordsOf(region);
      const from = (pointer.address(run) - region.address) / 4;
      const count = pointer.bytes(run) / 4;
      for (let index = 0; index < count; index += 1) into[at + index] = words[from + index] ?? 0;
      at += count;
    }
    return StatusCode.SUCCESS;
  }

  /** A structure of the controller (Identify) into host memory. */
  put(command: Command, page: Uint8Array): StatusCode {
    const pointer = this.pointer;
    const status = pointer.resolve(command, page.length);
    if (status !== StatusCode.SUCCESS) return status;
    let at = 0;
    for (let run = 0; run < pointer.runs; run += 1) {
      const region = pointer.region(run);
      if (region === undefined) return StatusCode.DATA_TRANSFER_ERROR;
      const bytes = pointer.bytes(run);
      region.content.set(page.subarray(at, at + bytes), pointer.address(run) - region.address);
      at += bytes;
    }
    return StatusCode.SUCCESS;
  }

  /** Whether the command's data pointer can hold `bytes` at all, without looking at memory. */
  refuse(command: Command, bytes: Bytes): StatusCode {
    if (command.sgl && command.sglBytes < bytes) return StatusCode.SGL_DATA_LENGTH_INVALID;
    return StatusCode.SUCCESS;
  }
}
