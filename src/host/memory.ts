/**
 * The memory of a simulated host, as a device sees it: addresses. Queues, descriptor lists and
 * Identify pages are real bytes; data buffers hold *content*, which is as many bytes per unit as
 * the world keeps of its data: all of them (`data=file`, `memory`), 8 (`tags`) or none. So the
 * addresses in a command are those of a real one whatever the data mode, and moving data costs what
 * the mode costs.
 */

import { assert } from '../units/assert.ts';
import { type Bytes, PAGE_BYTES } from '../units/quantity.ts';

/** How a world keeps content: `contentBytes` for each `unitBytes` of data. */
export interface ContentFormat {
  readonly unitBytes: Bytes;
  readonly contentBytes: Bytes;
}

export type Address = number;

/** Addresses begin here: no structure lies at 0, which in a command means absent. */
const FIRST_ADDRESS = 0x1_0000_0000;

export class Region {
  readonly address: Address;
  readonly bytes: Bytes;
  readonly content: Uint8Array;
  private readonly unitBytes: Bytes;
  private readonly contentBytes: Bytes;

  constructor(address: Address, bytes: Bytes, format: ContentFormat) {
    this.address = address;
    this.bytes = bytes;
    this.unitBytes = format.unitBytes;
    this.contentBytes = format.contentBytes;
    this.content = new Uint8Array((bytes / format.unitBytes) * format.contentBytes);
  }

  /** Where the content of an address stands; the address is aligned to a unit. */
  contentOffset(address: Address): number {
    return ((address - this.address) / this.unitBytes) * this.contentBytes;
  }

  /** The 32-bit words of a structure. */
  words(): Uint32Array {
    return new Uint32Array(this.content.buffer);
  }
}

const STRUCTURE: ContentFormat = { unitBytes: 1, contentBytes: 1 };

export class HostMemory {
  readonly dataFormat: ContentFormat;
  /** In order of address, since addresses are only ever handed out upwards. */
  private readonly regions: Region[] = [];
  private next: Address = FIRST_ADDRESS;
  private last: Region | null = null;

  constructor(dataFormat: ContentFormat) {
    this.dataFormat = dataFormat;
  }

  /** A structure that both sides read and write: real bytes, page aligned, zeroed. */
  allocate(bytes: Bytes): Region {
    return this.reserve(bytes, STRUCTURE);
  }

  /** A data buffer, page aligned. */
  allocateData(bytes: Bytes): Region {
    return this.reserve(bytes, this.dataFormat);
  }

  /** The region that an address lies in, or null: a device that reads there has been misled. */
  find(address: Address): Region | null {
    const last = this.last;
    if (last !== null && address >= last.address && address < last.address + last.bytes) {
      return last;
    }
    let low = 0;
    let high = this.regions.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const region = this.regions[middle];
      if (region === undefined) return null;
      if (address < region.address) high = middle - 1;
      else if (address >= region.address + region.bytes) low = middle + 1;
      else {
        this.last = region;
        return region;
      }
    }
    return null;
  }

  private reserve(bytes: Bytes, format: ContentFormat): Region {
    assert(bytes > 0, 'an allocation of no bytes');
    const pages = Math.ceil(bytes / PAGE_BYTES);
    const region = new Region(this.next, pages * PAGE_BYTES, format);
    // One page is left free between regions, so that a run past the end is found out.
    this.next += (pages + 1) * PAGE_BYTES;
    this.regions.push(region);
    return region;
  }
}
