/** The attributes of `attributes.ts` as the models take them: typed, ns and bytes per ns. */

import { assert } from '../../units/assert.ts';
import type { AttributeValues } from '../../units/option.ts';
import type { ZoneGeometry } from '../zone/zone-table.ts';
import type { GuardBits, ProtectionType } from './protection.ts';
import {
  type Bytes,
  type BytesPerNanosecond,
  type Nanoseconds,
  SECOND_NS,
} from '../../units/quantity.ts';

const PROTECTIONS = [0, 1, 2, 3] as const;
const GUARDS: Readonly<Record<string, GuardBits>> = { '16b': 16, '32b': 32, '64b': 64 };

export interface NvmeNamespaceConfig {
  readonly sizeBytes: Bytes;
  readonly lbaBytes: Bytes;
  /** Logical blocks. */
  readonly mssrl: number;
  /** Logical blocks. */
  readonly mcl: number;
  /** 0-based, as in Identify. */
  readonly msrc: number;
  /** Type of protection information; 0: none. */
  readonly protection: 0 | ProtectionType;
  readonly guardBits: GuardBits;
  /** null: it is not zoned. */
  readonly zoned: ZoneGeometry | null;
  /** Namespaces of one group can copy to one another. */
  readonly copyGroup: number;
}

export interface NvmeConfig {
  /** 4 KiB << mdts is the largest transfer; 0 = no limit. */
  readonly mdts: number;
  /** I/O queue pairs offered; null: one per CPU of the host, 64 at most. */
  readonly queues: number | null;
  readonly queueDepth: number;
  readonly behavior: 'spec' | 'qemu';
  readonly copyEngine: 'media' | 'clone';
  /** OCFS: a bit for each descriptor format. */
  readonly copyFormats: number;
  /** Fast copies only are not refused. */
  readonly fastCopy: boolean;
  /** Copy commands at once; more end with Insufficient Resources. */
  readonly copyCommands: number;
  readonly timing: NvmeTiming;
}

export interface NvmeTiming {
  readonly channels: number;
  readonly diesPerChannel: number;
  readonly pageBytes: Bytes;
  readonly readNs: Nanoseconds;
  readonly programNs: Nanoseconds;
  readonly programUnitBytes: Bytes;
  readonly channelBytesPerNs: BytesPerNanosecond;
  readonly pcieBytesPerNs: BytesPerNanosecond;
  readonly pcieLatencyNs: Nanoseconds;
  readonly commandNs: Nanoseconds;
  readonly firmwareReadNs: Nanoseconds;
  /** 0: no write cache. */
  readonly writeCacheBytes: Bytes;
  readonly writeCacheNs: Nanoseconds;
  readonly copyBytesPerNs: BytesPerNanosecond;
  readonly copySetupNs: Nanoseconds;
  readonly cloneNs: Nanoseconds;
  readonly deallocateNs: Nanoseconds;
}

export function nvmeNamespaceConfig(attributes: AttributeValues): NvmeNamespaceConfig {
  return {
    sizeBytes: number(attributes, 'size'),
    lbaBytes: number(attributes, 'lba_size'),
    mssrl: number(attributes, 'mssrl'),
    mcl: number(attributes, 'mcl'),
    msrc: number(attributes, 'msrc'),
    protection: PROTECTIONS[number(attributes, 'protection')] ?? 0,
    guardBits: GUARDS[String(attributes['guard'])] ?? 16,
    zoned: zoneGeometry(attributes),
    copyGroup: number(attributes, 'copy_group'),
  };
}

export function nvmeConfig(attributes: AttributeValues): NvmeConfig {
  return {
    mdts: number(attributes, 'mdts'),
    queues: (attributes['queues'] ?? null) === null ? null : number(attributes, 'queues'),
    queueDepth: number(attributes, 'queue_depth'),
    behavior: attributes['behavior'] === 'qemu' ? 'qemu' : 'spec',
    copyEngine: attributes['copy_engine'] === 'clone' ? 'clone' : 'media',
    copyFormats: number(attributes, 'copy_formats'),
    fastCopy: fastCopy(attributes),
    copyCommands:
      (attributes['copy_commands'] ?? null) === null
        ? Infinity
        : number(attributes, 'copy_commands'),
    timing: {
      channels: number(attributes, 'channels'),
      diesPerChannel: number(attributes, 'dies'),
      pageBytes: number(attributes, 'page_size'),
      readNs: number(attributes, 'read_latency'),
      programNs: number(attributes, 'program_latency'),
      programUnitBytes: number(attributes, 'program_unit'),
      channelBytesPerNs: number(attributes, 'channel_bandwidth') / SECOND_NS,
      pcieBytesPerNs: number(attributes, 'pcie_bandwidth') / SECOND_NS,
      pcieLatencyNs: number(attributes, 'pcie_latency'),
      commandNs: number(attributes, 'command_time'),
      firmwareReadNs: number(attributes, 'firmware_read_latency'),
      writeCacheBytes: number(attributes, 'write_cache'),
      writeCacheNs: number(attributes, 'write_cache_latency'),
      copyBytesPerNs: number(attributes, 'copy_bandwidth') / SECOND_NS,
      copySetupNs: number(attributes, 'copy_setup'),
      cloneNs: number(attributes, 'clone_time'),
      deallocateNs: number(attributes, 'deallocate_time'),
    },
  };
}

/** In logical blocks. */
function zoneGeometry(attributes: AttributeValues): ZoneGeometry | null {
  if (attributes['zoned'] !== true) return null;
  const lbaBytes = number(attributes, 'lba_size');
  const zoneBytes = number(attributes, 'zone_size');
  const capacity = attributes['zone_capacity'] ?? null;
  return {
    zoneBlocks: zoneBytes / lbaBytes,
    capacityBlocks: (typeof capacity === 'number' ? capacity : zoneBytes) / lbaBytes,
    zones: Math.ceil(number(attributes, 'size') / zoneBytes),
    conventional: 0,
    maxOpen: number(attributes, 'zone_max_open'),
    maxActive: number(attributes, 'zone_max_active'),
  };
}

/** A clone is fast; a copy through the media is held for slower, unless it is said otherwise. */
function fastCopy(attributes: AttributeValues): boolean {
  const given = attributes['fast_copy'] ?? null;
  return given === null ? attributes['copy_engine'] === 'clone' : given === true;
}

function number(attributes: AttributeValues, name: string): number {
  const value = attributes[name];
  assert(typeof value === 'number', `nvme: the plan has no number for ${name}`);
  return value;
}
