/**
 * The header of a block that can be verified, byte for byte that of fio 3.33 on little-endian
 * machines (seen in files that it wrote): magic and method, 16 bits each; length, 32; seed and
 * offset, 64; seconds and nanoseconds, 32; thread and number of the write, 16; and a CRC-32C over
 * these 36 bytes. Behind it comes the checksum of the payload, by its method.
 */

import { crc32c } from '../checksum/crc32c.ts';
import type { Bytes } from '../units/quantity.ts';

const MAGIC = 0xacca;
const TYPE_AT = 2;
const LENGTH_AT = 4;
const SEED_AT = 8;
const OFFSET_AT = 16;
const SECONDS_AT = 24;
const NANOSECONDS_AT = 28;
const THREAD_AT = 32;
const NUMBER_AT = 34;
const CRC_AT = 36;
const HIGH = 2 ** 32;
/** Numbers of writes are kept in 16 bits. */
const NUMBERS = 2 ** 16;

export interface BlockName {
  readonly type: number;
  readonly lengthBytes: Bytes;
  readonly offsetBytes: Bytes;
}

/** Which write a block is of. */
export interface BlockWrite {
  readonly seedLow: number;
  readonly seedHigh: number;
  readonly thread: number;
  readonly number: number;
}

/** Fields of the header at `at`, which `finishHeader` completes. `timeNs`: of the run's clock. */
export function writeHeader(
  view: DataView,
  at: number,
  name: BlockName,
  write: BlockWrite,
  timeNs: number,
): void {
  view.setUint16(at, MAGIC, true);
  view.setUint16(at + TYPE_AT, name.type, true);
  view.setUint32(at + LENGTH_AT, name.lengthBytes, true);
  view.setUint32(at + SEED_AT, write.seedLow, true);
  view.setUint32(at + SEED_AT + 4, write.seedHigh, true);
  view.setUint32(at + OFFSET_AT, name.offsetBytes, true);
  view.setUint32(at + OFFSET_AT + 4, Math.floor(name.offsetBytes / HIGH), true);
  view.setUint32(at + SECONDS_AT, Math.floor(timeNs / 1e9), true);
  view.setUint32(at + NANOSECONDS_AT, timeNs % 1e9, true);
  view.setUint16(at + THREAD_AT, write.thread, true);
  view.setUint16(at + NUMBER_AT, write.number, true);
  view.setUint32(at + CRC_AT, headerCrc(view, at), true);
}

/** What is wrong with the header at `at`, as the rest of a sentence; null: nothing. */
export function headerProblem(view: DataView, at: number, name: BlockName): string | null {
  const magic = view.getUint16(at, true);
  if (magic !== MAGIC) return `has no header: its magic is ${hex(magic, 4)}, not ${hex(MAGIC, 4)}`;
  const crc = view.getUint32(at + CRC_AT, true);
  const found = headerCrc(view, at);
  if (crc !== found) return `has a header of crc ${hex(found, 8)} that says ${hex(crc, 8)}`;
  const type = view.getUint16(at + TYPE_AT, true);
  const lengthBytes = view.getUint32(at + LENGTH_AT, true);
  if (lengthBytes !== name.lengthBytes) return `is headed as one of ${lengthBytes} bytes`;
  const offsetLow = view.getUint32(at + OFFSET_AT, true);
  const offsetBytes = view.getUint32(at + OFFSET_AT + 4, true) * HIGH + offsetLow;
  if (offsetBytes !== name.offsetBytes) return `is headed as the one at ${offsetBytes}`;
  if (type !== name.type) return `was written with another method (type ${type}, not ${name.type})`;
  return null;
}

/** Whether the block is of another write than it should be; null: of that one. */
export function writeProblem(
  view: DataView,
  at: number,
  write: BlockWrite,
  { seed, number }: { readonly seed: boolean; readonly number: boolean },
): string | null {
  const foundNumber = view.getUint16(at + NUMBER_AT, true);
  const asked = write.number % NUMBERS;
  if (number && foundNumber !== asked) return `is of write ${foundNumber}, not ${asked}`;
  const high = view.getUint32(at + SEED_AT + 4, true);
  const low = view.getUint32(at + SEED_AT, true);
  if (!seed || (high === write.seedHigh && low === write.seedLow)) return null;
  return `has the seed ${seedText(high, low)}, not ${seedText(write.seedHigh, write.seedLow)}`;
}

function headerCrc(view: DataView, at: number): number {
  return crc32c(new Uint8Array(view.buffer, view.byteOffset + at, CRC_AT));
}

function seedText(high: number, low: number): string {
  return `${hex(high, 8)}${hex(low, 8).slice(2)}`;
}

function hex(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}
