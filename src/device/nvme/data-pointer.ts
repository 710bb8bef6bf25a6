/**
 * Where a command's data lies in host memory: PRP1, PRP2, PRP lists (NVMe base specification 2.0
 * §4.3.1) or an SGL data block (§4.3.2), resolved to runs of consecutive bytes. Left out: all other
 * SGL types.
 */

import type { Address, HostMemory, Region } from '../../host/memory.ts';
import { type Bytes, PAGE_BYTES } from '../../units/quantity.ts';
import type { Command } from './command.ts';
import { PRP_BYTES, quad } from './encode.ts';
import { StatusCode } from './status-code.ts';

const LIST_ENTRIES = PAGE_BYTES / PRP_BYTES;

/** Bytes of PRP lists that a transfer makes the controller fetch. */
export function prpListBytes(address: Address, bytes: Bytes): Bytes {
  const pages = Math.ceil(((address % PAGE_BYTES) + bytes) / PAGE_BYTES);
  return pages > 2 ? (pages - 1) * PRP_BYTES : 0;
}

export class DataPointer {
  /** Runs of the transfer resolved last. */
  runs = 0;
  private readonly memory: HostMemory;
  private readonly regions: Region[] = [];
  private readonly addresses: number[] = [];
  private readonly lengths: number[] = [];
  /** Views of structures, kept: making one costs more than reading it. */
  private readonly words = new Map<Region, Uint32Array>();

  constructor(memory: HostMemory) {
    this.memory = memory;
  }

  region(run: number): Region | undefined {
    return this.regions[run];
  }

  address(run: number): Address {
    return this.addresses[run] ?? 0;
  }

  bytes(run: number): Bytes {
    return this.lengths[run] ?? 0;
  }

  wordsOf(region: Region): Uint32Array {
    let words = this.words.get(region);
    if (words === undefined) {
      words = region.words();
      this.words.set(region, words);
    }
    return words;
  }

  /** Finds the runs of the command's first `bytes`. */
  resolve(command: Command, bytes: Bytes): StatusCode {
    this.runs = 0;
    if (command.sgl) {
      if (command.sglBytes < bytes) return StatusCode.SGL_DATA_LENGTH_INVALID;
      return this.add(command.prp1, bytes);
    }
    const offset = command.dptr0 & (PAGE_BYTES - 1);
    if (offset % 4 !== 0) return StatusCode.PRP_OFFSET_INVALID;
    const first = Math.min(bytes, PAGE_BYTES - offset);
    const status = this.add(command.prp1, first);
    if (status !== StatusCode.SUCCESS || first === bytes) return status;
    const rest = bytes - first;
    if (rest > PAGE_BYTES) return this.list(command.prp2, rest);
    return this.page(command.prp2, rest);
  }

  private list(address: Address, bytes: Bytes): StatusCode {
    let rest = bytes;
    let list = address;
    while (rest > 0) {
      const region = this.memory.find(list);
      if (region === null) return StatusCode.DATA_TRANSFER_ERROR;
      if (list % PRP_BYTES !== 0) return StatusCode.PRP_OFFSET_INVALID;
      const words = this.wordsOf(region);
      const entries = LIST_ENTRIES - (list % PAGE_BYTES) / PRP_BYTES;
      const at = (list - region.address) / 4;
      const pages = Math.ceil(rest / PAGE_BYTES);
      // The last entry of a full page points to the next page of the list.
      const used = pages > entries ? entries - 1 : pages;
      for (let index = 0; index < used; index += 1) {
        const length = Math.min(rest, PAGE_BYTES);
        const status = this.page(quad(words, at + index * 2), length);
        if (status !== StatusCode.SUCCESS) return status;
        rest -= length;
      }
      list = quad(words, at + used * 2);
    }
    return StatusCode.SUCCESS;
  }

  private page(address: Address, bytes: Bytes): StatusCode {
    if (address % PAGE_BYTES !== 0) return StatusCode.PRP_OFFSET_INVALID;
    return this.add(address, bytes);
  }

  private add(address: Address, bytes: Bytes): StatusCode {
    const last = this.runs - 1;
    const before = this.regions[last];
    if (last >= 0 && before !== undefined) {
      const lastAddress = this.addresses[last] ?? 0;
      const length = this.lengths[last] ?? 0;
      const end = address + bytes;
      if (address === lastAddress + length && end <= before.address + before.bytes) {
        this.lengths[last] = length + bytes;
        return StatusCode.SUCCESS;
      }
    }
    const region = this.memory.find(address);
    if (region === null || address + bytes > region.address + region.bytes) {
      return StatusCode.DATA_TRANSFER_ERROR;
    }
    this.regions[this.runs] = region;
    this.addresses[this.runs] = address;
    this.lengths[this.runs] = bytes;
    this.runs += 1;
    return StatusCode.SUCCESS;
  }
}
