/** A namespace as the controller keeps it: its size and copy limits, its store, what it cost. */

import { Account } from '../../measure/account.ts';
import type { Bytes } from '../../units/quantity.ts';
import type { BackingStore } from '../store/store.ts';
import type { NvmeNamespaceConfig } from './config.ts';
import { Protection } from './protection.ts';
import { Zones } from './zones.ts';

export class Namespace {
  readonly nsid: number;
  readonly config: NvmeNamespaceConfig;
  readonly store: BackingStore;
  readonly blocks: number;
  readonly lbaBytes: Bytes;
  /** Where it begins on the controller's media, which all namespaces share. */
  readonly baseBytes: Bytes;
  /** 0: the world keeps no content (`data=none`), and nothing is moved. */
  readonly contentBytes: number;
  /** What its commands cost; those of no namespace are the first one's. */
  readonly totals = new Account();
  /** null: its blocks have none. */
  readonly protection: Protection | null;
  /** null: it is not zoned. */
  readonly zones: Zones | null;
  /** Error Recovery feature: reading a deallocated block is an error. */
  deallocatedIsError = false;

  constructor(nsid: number, config: NvmeNamespaceConfig, store: BackingStore, baseBytes: Bytes) {
    this.nsid = nsid;
    this.config = config;
    this.store = store;
    this.baseBytes = baseBytes;
    this.lbaBytes = config.lbaBytes;
    this.blocks = config.sizeBytes / config.lbaBytes;
    this.contentBytes = store.contentBytesPerBlock;
    const { guardBits, protection, zoned } = config;
    this.zones = zoned === null ? null : new Zones(zoned);
    this.protection = protection === 0 ? null : new Protection(protection, guardBits, store);
  }

  /** MSSRL or MCL of 0: no Copy could ever succeed. */
  get copies(): boolean {
    return this.config.mssrl > 0 && this.config.mcl > 0;
  }

  contains(lba: number, blocks: number): boolean {
    return lba + blocks <= this.blocks;
  }
}
