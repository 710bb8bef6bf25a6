/**
 * Identify data structures (NVMe base specification 2.0 §5.17.2, NVM command set §4.1.5): written
 * by the controller, read by the driver, 4096 B each. Only the fields that the model gives a
 * meaning to are set. Left out: power states, firmware slots, namespace management, NVM sets, other
 * command sets.
 */

import { VERSION } from './registers.ts';

export const IDENTIFY_BYTES = 4096;

/** CNS values. */
export const Cns = { NAMESPACE: 0, CONTROLLER: 1, ACTIVE_NAMESPACES: 2 } as const;

/** ONCS: Dataset Management, Write Zeroes, Save field of features not; Copy is bit 8. */
const ONCS_DSM = 1 << 2;
const ONCS_WRITE_ZEROES = 1 << 3;
const ONCS_COPY = 1 << 8;
/** NVMCSA: a Copy is one write command to atomicity, as all content moves at one instant here. */
const ONCS_SINGLE_ATOMICITY = 1 << 9;
/** NVMAFC: all copies are fast ones. */
const ONCS_ALL_FAST_COPY = 1 << 10;
/** Of LBAF0: metadata of protection information, by its guard: 16 b, 32 b, 64 b. */
const METADATA_16B = 8;
const METADATA_BYTES: Readonly<Record<number, number>> = { 16: 8, 32: 16, 64: 16 };
/** SGLS: supported for NVM commands, no alignment; no bit buckets, no segments. */
const SGLS = 1;
/** DLFEAT: deallocated blocks read as zeros (001b); Write Zeroes takes the deallocate bit. */
const DLFEAT = 1 | (1 << 3);

export interface ControllerIdentity {
  readonly serial: string;
  readonly model: string;
  readonly mdts: number;
  readonly namespaces: number;
  readonly writeCache: boolean;
  readonly copy: boolean;
  /** OCFS. */
  readonly copyFormats: number;
  readonly fastCopy: boolean;
}

export interface NamespaceIdentity {
  readonly blocks: number;
  readonly lbaBytes: number;
  readonly mssrl: number;
  readonly mcl: number;
  /** 0-based. */
  readonly msrc: number;
  /** Type of protection information; 0: none. */
  readonly protection: number;
  readonly guardBits: number;
}

export function encodeController(identity: ControllerIdentity): Uint8Array {
  const page = new Uint8Array(IDENTIFY_BYTES);
  putText(page, 4, 20, identity.serial);
  putText(page, 24, 40, identity.model);
  putText(page, 64, 8, '1.0');
  page[77] = identity.mdts;
  put(page, 80, 4, VERSION);
  page[111] = 1;
  page[512] = 0x66;
  page[513] = 0x44;
  put(page, 516, 4, identity.namespaces);
  put(page, 520, 2, ONCS_DSM | ONCS_WRITE_ZEROES | (identity.copy ? copyOncs(identity) : 0));
  page[525] = identity.writeCache ? 1 : 0;
  put(page, 534, 2, identity.copyFormats);
  put(page, 536, 4, SGLS);
  return page;
}

function copyOncs({ fastCopy }: ControllerIdentity): number {
  return ONCS_COPY | ONCS_SINGLE_ATOMICITY | (fastCopy ? ONCS_ALL_FAST_COPY : 0);
}

export function encodeNamespace(identity: NamespaceIdentity): Uint8Array {
  const page = new Uint8Array(IDENTIFY_BYTES);
  put(page, 0, 8, identity.blocks);
  put(page, 8, 8, identity.blocks);
  put(page, 16, 8, identity.blocks);
  // NSFEAT bit 2: DULBE is supported.
  page[24] = 1 << 2;
  // DPC and DPS: types 1 to 3, metadata last; which is enabled.
  page[28] = identity.protection === 0 ? 0 : 0x17;
  page[29] = identity.protection;
  page[33] = DLFEAT;
  put(page, 74, 2, identity.mssrl);
  put(page, 76, 4, identity.mcl);
  page[80] = identity.msrc;
  if (identity.protection !== 0) put(page, 128, 2, METADATA_BYTES[identity.guardBits] ?? 0);
  page[130] = Math.clz32(1) - Math.clz32(identity.lbaBytes);
  return page;
}

/** CNS 02h: the active namespaces above `after`, in order. */
export function encodeNamespaceList(nsids: readonly number[], after: number): Uint8Array {
  const page = new Uint8Array(IDENTIFY_BYTES);
  let at = 0;
  for (const nsid of nsids) {
    if (nsid <= after) continue;
    put(page, at, 4, nsid);
    at += 4;
  }
  return page;
}

export function decodeController(page: Uint8Array): Omit<ControllerIdentity, 'serial' | 'model'> {
  return {
    mdts: get(page, 77, 1),
    namespaces: get(page, 516, 4),
    writeCache: (get(page, 525, 1) & 1) === 1,
    copy: (get(page, 520, 2) & ONCS_COPY) !== 0,
    copyFormats: get(page, 534, 2),
    fastCopy: (get(page, 520, 2) & ONCS_ALL_FAST_COPY) !== 0,
  };
}

export function decodeNamespace(page: Uint8Array): NamespaceIdentity {
  // FLBAS and LBAF0: the driver takes the format that the namespace says it has.
  const format = 128 + 4 * (get(page, 26, 1) & 0xf);
  return {
    blocks: get(page, 0, 8),
    lbaBytes: 1 << get(page, format + 2, 1),
    mssrl: get(page, 74, 2),
    mcl: get(page, 76, 4),
    msrc: get(page, 80, 1),
    protection: get(page, 29, 1) & 7,
    // Its size is all that this page says of it.
    guardBits: get(page, format, 2) > METADATA_16B ? 64 : 16,
  };
}

export function decodeNamespaceList(page: Uint8Array): number[] {
  const nsids: number[] = [];
  for (let at = 0; at < IDENTIFY_BYTES; at += 4) {
    const nsid = get(page, at, 4);
    if (nsid === 0) break;
    nsids.push(nsid);
  }
  return nsids;
}

function put(page: Uint8Array, at: number, bytes: number, value: number): void {
  let rest = value;
  for (let index = 0; index < bytes; index += 1) {
    page[at + index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

function get(page: Uint8Array, at: number, bytes: number): number {
  let value = 0;
  for (let index = bytes - 1; index >= 0; index -= 1) value = value * 256 + (page[at + index] ?? 0);
  return value;
}

/** ASCII, padded with blanks. */
function putText(page: Uint8Array, at: number, bytes: number, text: string): void {
  for (let index = 0; index < bytes; index += 1) {
    page[at + index] = index < text.length ? text.charCodeAt(index) : 0x20;
  }
}
