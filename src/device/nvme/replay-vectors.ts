/** Reads recorded NVMe Copy commands: JSON lines, the header first (shared/vectors/README.md). */

import { assert } from '../../units/assert.ts';
import type { ZoneGeometry } from '../zone/zone-table.ts';
import type { ProtectionType } from './protection.ts';

/** What a case answered, or should. */
export interface Answer {
  readonly sct: number;
  readonly sc: number;
  readonly dnr: boolean;
  readonly dw0: number;
  /** Runs of [destination LBA, blocks, source nsid or "zero", source LBA or null]. */
  readonly changed: unknown;
  /** Zones of the command's namespace that have changed. */
  readonly zones: readonly RecordedZone[];
}

/** State, start, capacity, write pointer. */
export type RecordedZone = readonly [
  state: string,
  start: number,
  capacity: number,
  pointer: number,
];

export interface RecordedNamespace {
  readonly nsid: number;
  readonly blocks: number;
  readonly lbaBytes: number;
  readonly mssrl: number;
  readonly mcl: number;
  readonly msrc: number;
  readonly zoned: ZoneGeometry | null;
  readonly protection: 0 | ProtectionType;
}

export interface RecordedCase {
  readonly name: string;
  readonly nsid: number;
  readonly commandNsid: number;
  readonly format: number;
  /** Low and high word: a JSON number does not hold 64 bits. */
  readonly sdlba: readonly [number, number];
  /** CDW12 to CDW15. */
  readonly dwords: readonly [number, number, number, number];
  readonly data: Uint8Array;
  readonly dataBytes: number;
  readonly cdfe: boolean;
  readonly dulbe: boolean;
  /** By namespace, before the case. */
  readonly zones: ReadonlyMap<number, readonly RecordedZone[]>;
  /** [nsid, first LBA, blocks] */
  readonly deallocated: readonly (readonly [number, number, number])[];
  readonly answer: Answer;
}

export interface Vectors {
  readonly mdts: number;
  readonly copyFormats: number;
  readonly namespaces: readonly RecordedNamespace[];
  readonly cases: readonly RecordedCase[];
}

const PROTECTIONS = [0, 1, 2, 3] as const;

type Fields = Readonly<Record<string, unknown>>;

export function parseVectors(lines: readonly string[]): Vectors {
  const header = fields(JSON.parse(lines[0] ?? '{}'));
  assert(header['vectors'] === 'nvme-copy', 'the first line is the header of nvme-copy vectors');
  const namespaces = Object.values(fields(header['namespaces'])).map((value) => {
    const namespace = fields(value);
    return {
      nsid: number(namespace, 'nsid'),
      blocks: number(namespace, 'nsze'),
      lbaBytes: number(namespace, 'lba'),
      mssrl: number(namespace, 'mssrl'),
      mcl: number(namespace, 'mcl'),
      msrc: number(namespace, 'msrc'),
      zoned: namespace['zoned'] === 'none' ? null : geometry(namespace),
      protection: PROTECTIONS[number(namespace, 'dps') & 7] ?? 0,
    };
  });
  const cases = lines.slice(1).filter((line) => line.trim() !== '');
  const controller = fields(header['ctrl']);
  return {
    mdts: number(controller, 'mdts'),
    copyFormats: Number(controller['ocfs']),
    namespaces,
    cases: cases.map(parseCase),
  };
}

function parseCase(line: string): RecordedCase {
  const recorded = fields(JSON.parse(line));
  const setup = fields(recorded['setup']);
  const result = fields(recorded['result']);
  const name = recorded['name'];
  assert(typeof name === 'string', 'a case has a name');
  return {
    name,
    nsid: number(recorded, 'nsid'),
    commandNsid: number(recorded, 'cmd_nsid'),
    format: number(recorded, 'format'),
    sdlba: quadWords(line, 'sdlba'),
    dwords: [
      number(recorded, 'cdw12'),
      number(recorded, 'cdw13'),
      number(recorded, 'cdw14'),
      number(recorded, 'cdw15'),
    ],
    data: bytesOf(recorded['data_hex']),
    dataBytes: number(recorded, 'data_len'),
    cdfe: setup['cdfe'] === true,
    dulbe: setup['dulbe'] === true,
    deallocated: list(setup['deallocated'] ?? []).map(triple),
    zones: zonesBefore(recorded, setup),
    answer: {
      sct: number(result, 'sct'),
      sc: number(result, 'sc'),
      dnr: result['dnr'] === true,
      dw0: number(result, 'dw0'),
      changed: recorded['changed'],
      zones: list(recorded['zones_after'] ?? []).map(zone),
    },
  };
}

function geometry(namespace: Fields): ZoneGeometry {
  const zoneBlocks = number(namespace, 'zone_size');
  return {
    zoneBlocks,
    capacityBlocks: number(namespace, 'zone_capacity'),
    zones: number(namespace, 'nsze') / zoneBlocks,
    conventional: 0,
    maxOpen: number(namespace, 'max_open'),
    maxActive: number(namespace, 'max_active'),
  };
}

function zonesBefore(recorded: Fields, setup: Fields): Map<number, readonly RecordedZone[]> {
  const zones = new Map<number, readonly RecordedZone[]>();
  for (const [nsid, of] of Object.entries(fields(setup['zones'] ?? {}))) {
    zones.set(Number(nsid), list(of).map(zone));
  }
  const own = recorded['zones_before'];
  if (own !== undefined) zones.set(number(recorded, 'nsid'), list(own).map(zone));
  return zones;
}

function zone(value: unknown): RecordedZone {
  const [state, start, capacity, pointer] = list(value);
  assert(
    typeof state === 'string' &&
      typeof start === 'number' &&
      typeof capacity === 'number' &&
      typeof pointer === 'number',
    'a zone: state, start, capacity, write pointer',
  );
  return [state, start, capacity, pointer];
}

/** The 64-bit number of this name, from the text of the line. */
function quadWords(line: string, name: string): readonly [number, number] {
  const digits = new RegExp(`"${name}":(\\d+)`).exec(line)?.[1];
  assert(digits !== undefined, `a case has ${name}`);
  const value = BigInt(digits);
  return [Number(value & 0xffff_ffffn), Number(value >> 32n)];
}

function bytesOf(hex: unknown): Uint8Array {
  return typeof hex === 'string' ? Uint8Array.from(Buffer.from(hex, 'hex')) : new Uint8Array(0);
}

function triple(value: unknown): readonly [number, number, number] {
  const [nsid, lba, blocks] = list(value);
  assert(
    typeof nsid === 'number' && typeof lba === 'number' && typeof blocks === 'number',
    'deallocated: nsid, first LBA, blocks',
  );
  return [nsid, lba, blocks];
}

function list(value: unknown): readonly unknown[] {
  assert(Array.isArray(value), 'a list in the vectors');
  return value;
}

function fields(value: unknown): Fields {
  assert(typeof value === 'object' && value !== null, 'an object in the vectors');
  return Object.fromEntries(Object.entries(value));
}

function number(from: Fields, name: string): number {
  const value = from[name];
  assert(typeof value === 'number', `${name} is a number in the vectors`);
  return value;
}
