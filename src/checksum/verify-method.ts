/**
 * The checksums that `verify=` may name, as fio 3.33 stores them behind its headers (measured, one
 * by one): little-endian numbers, digests as they are, of sha1 each word with its bytes turned
 * round. So either program verifies what the other wrote, but for sha256 and sha512, whose fields
 * in fio hold another thing than the digest (of sha512 the last bytes of the block alone: a bit
 * that flips before them is not found).
 *
 * Two have headers and no checksum: meta, and pattern_hdr. pattern and null have no headers at all.
 *
 * A block of 4 KiB takes 10 µs with a CRC (0.4 GB/s), 1 µs with xxhash, 2 to 15 µs with the digests
 * of node:crypto; in the thread of the job, outside its latencies.
 */

import { createHash } from 'node:crypto';
import { crc7 } from './crc7.ts';
import { crc16 } from './crc16.ts';
import { crc32 } from './crc32.ts';
import { crc32c } from './crc32c.ts';
import { crc64 } from './crc64.ts';
import { xxh32 } from './xxh32.ts';

/** What stands before a checksum (linux/verify-header.ts). */
export const HEADER_BYTES = 40;

export interface VerifyMethod {
  /** As the header says it. */
  readonly type: number;
  readonly digestBytes: number;
  /** Puts the checksum of `payload` at `at` of `view`. */
  readonly digest: (payload: Uint8Array, view: DataView, at: number) => void;
}

const XXHASH_SEED = 1;

const METHODS = {
  meta: { type: 1, digestBytes: 0, digest: () => undefined },
  md5: hash(2, 'md5', 16),
  crc64: {
    type: 3,
    digestBytes: 8,
    digest: (payload, view, at) => {
      const { high, low } = crc64(payload);
      view.setUint32(at, low, true);
      view.setUint32(at + 4, high, true);
    },
  },
  crc32: word(4, crc32),
  crc32c: word(5, crc32c),
  crc16: {
    type: 7,
    digestBytes: 2,
    digest: (payload, view, at) => view.setUint16(at, crc16(payload), true),
  },
  crc7: {
    type: 8,
    digestBytes: 1,
    digest: (payload, view, at) => view.setUint8(at, crc7(payload)),
  },
  sha256: hash(9, 'sha256', 32),
  sha512: hash(10, 'sha512', 64),
  'sha3-224': hash(11, 'sha3-224', 28),
  'sha3-256': hash(12, 'sha3-256', 32),
  'sha3-384': hash(13, 'sha3-384', 48),
  'sha3-512': hash(14, 'sha3-512', 64),
  xxhash: word(15, (payload) => xxh32(payload, XXHASH_SEED)),
  sha1: {
    type: 16,
    digestBytes: 20,
    digest: (payload, view, at) => {
      const digest = createHash('sha1').update(payload).digest();
      for (let byte = 0; byte < digest.length; byte += 4) {
        view.setUint32(at + byte, digest.readUInt32BE(byte), true);
      }
    },
  },
  /** Not measured: the number stands in the documentation of its later versions alone. */
  pattern_hdr: { type: 17, digestBytes: 0, digest: () => undefined },
  pattern: null,
  null: null,
} as const satisfies Readonly<Record<string, VerifyMethod | null>>;

export type VerifyMethodName = keyof typeof METHODS;

export function isVerifyMethod(name: string): name is VerifyMethodName {
  return Object.hasOwn(METHODS, name);
}

/** null: one whose blocks have no headers. */
export function verifyMethod(name: VerifyMethodName): VerifyMethod | null {
  return METHODS[name];
}

export function verifyMethodNames(): readonly string[] {
  return Object.keys(METHODS);
}

/** Header and checksum. */
export function headBytes({ digestBytes }: VerifyMethod): number {
  return HEADER_BYTES + digestBytes;
}

function word(type: number, checksum: (payload: Uint8Array) => number): VerifyMethod {
  return {
    type,
    digestBytes: 4,
    digest: (payload, view, at) => view.setUint32(at, checksum(payload), true),
  };
}

function hash(type: number, algorithm: string, digestBytes: number): VerifyMethod {
  return {
    type,
    digestBytes,
    digest: (payload, view, at) => {
      const digest = createHash(algorithm).update(payload).digest();
      new Uint8Array(view.buffer, view.byteOffset + at, digestBytes).set(digest);
    },
  };
}
