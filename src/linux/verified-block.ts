/**
 * An I/O that can be verified, as bytes: what is written, and what is wrong with what was read. Its
 * blocks are `intervalBytes` long, each with a header and the checksum of the rest; a header that
 * is to lie at `headerOffsetBytes` changes places with what is there (as in fio, so that either
 * verifies the other's). verify=pattern has no headers: the I/O is the pattern alone.
 */

import { HEADER_BYTES, headBytes, type VerifyMethod } from '../checksum/verify-method.ts';
import { assert } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import { fillBuffers } from './buffer-content.ts';
import {
  type BlockName,
  type BlockWrite,
  headerProblem,
  writeHeader,
  writeProblem,
} from './verify-header.ts';

export interface Pattern {
  /** One character (0 to 255) a byte, again and again. */
  readonly bytes: string;
  /** Where in it the offset of the I/O stands, 8 bytes, least first (`%o`). */
  readonly offsetsAt: readonly number[];
}

export interface BlockSpec {
  /** null: blocks have no headers. */
  readonly method: VerifyMethod | null;
  /** null: bytes of chance, by the seed of the write. */
  readonly pattern: Pattern | null;
  /** Whether the payload is held against the pattern. */
  readonly strict: boolean;
  readonly intervalBytes: Bytes;
  readonly headerOffsetBytes: Bytes;
}

/** Whether seed and number of a write are held against what they should be. */
export interface WriteChecks {
  readonly seed: boolean;
  readonly number: boolean;
}

/** What is wrong with a block: where it begins, and the rest of a sentence. */
export interface BlockProblem {
  readonly offsetBytes: Bytes;
  readonly lengthBytes: Bytes;
  readonly what: string;
}

const LARGEST_DIGEST_BYTES = 64;

export class VerifiedBlocks {
  private readonly spec: BlockSpec;
  private readonly checks: WriteChecks;
  /** Header and checksum. */
  private readonly headBytes: Bytes;
  /** `wanted` of the length looked at last, where all offsets have the same; null: none. */
  private fixed: Uint8Array | null = null;
  private readonly scratch = new DataView(new ArrayBuffer(LARGEST_DIGEST_BYTES));

  constructor(spec: BlockSpec, checks: WriteChecks) {
    const { headerOffsetBytes, intervalBytes, method } = spec;
    this.spec = spec;
    this.checks = checks;
    this.headBytes = method === null ? 0 : headBytes(method);
    assert(headerOffsetBytes + this.headBytes <= intervalBytes, 'a header fits its block');
  }

  /** Fills a whole I/O at `offsetBytes`; `timeNs`: of the run's clock. */
  render(bytes: Uint8Array, offsetBytes: Bytes, write: BlockWrite, timeNs: number): void {
    const { intervalBytes, method, pattern } = this.spec;
    fillBuffers(bytes, patternAt(pattern, offsetBytes), write.seedLow);
    if (method === null) return;
    assert(bytes.length % intervalBytes === 0, 'an I/O is made of whole blocks');
    const view = viewOf(bytes);
    for (let at = 0; at < bytes.length; at += intervalBytes) {
      writeHeader(view, at, this.name(method, offsetBytes + at), write, timeNs);
      method.digest(this.payload(bytes, at), view, at + HEADER_BYTES);
      this.swapHead(bytes, at);
    }
  }

  /**
   * What is wrong with a whole I/O that was read. `write`: the one that it should be of; null: that
   * is not known. Headers that lie elsewhere are turned back in place.
   */
  problems(
    bytes: Uint8Array,
    offsetBytes: Bytes,
    write: BlockWrite | null,
  ): readonly BlockProblem[] {
    const { intervalBytes, method } = this.spec;
    const lengthBytes = method === null ? bytes.length : intervalBytes;
    const wanted = this.wanted(bytes.length, offsetBytes);
    const problems: BlockProblem[] = [];
    for (let at = 0; at < bytes.length; at += lengthBytes) {
      this.swapHead(bytes, at);
      const what =
        (method === null ? null : this.headProblem(bytes, at, offsetBytes + at, method, write)) ??
        patternProblem(bytes, at + this.headBytes, at + lengthBytes, wanted);
      if (what !== null) problems.push({ offsetBytes: offsetBytes + at, lengthBytes, what });
    }
    return problems;
  }

  private headProblem(
    bytes: Uint8Array,
    at: number,
    offsetBytes: Bytes,
    method: VerifyMethod,
    write: BlockWrite | null,
  ): string | null {
    const view = viewOf(bytes);
    const problem = headerProblem(view, at, this.name(method, offsetBytes));
    if (problem !== null) return problem;
    const ofWrite = write === null ? null : writeProblem(view, at, write, this.checks);
    return ofWrite ?? this.digestProblem(bytes, at, method);
  }

  private digestProblem(bytes: Uint8Array, at: number, method: VerifyMethod): string | null {
    const { digestBytes } = method;
    method.digest(this.payload(bytes, at), this.scratch, 0);
    const found = Buffer.from(this.scratch.buffer, 0, digestBytes);
    const stored = Buffer.from(bytes.buffer, bytes.byteOffset + at + HEADER_BYTES, digestBytes);
    if (found.equals(stored)) return null;
    return `holds bytes of checksum ${found.toString('hex')}, not ${stored.toString('hex')}`;
  }

  /** The pattern over a whole I/O; null: it is not looked at. */
  private wanted(bytes: Bytes, offsetBytes: Bytes): Uint8Array | null {
    const { pattern, strict } = this.spec;
    if (!strict || pattern === null) return null;
    if (this.fixed?.length === bytes) return this.fixed;
    const wanted = new Uint8Array(bytes);
    fillBuffers(wanted, patternAt(pattern, offsetBytes), 0);
    if (pattern.offsetsAt.length === 0) this.fixed = wanted;
    return wanted;
  }

  private name({ type }: VerifyMethod, offsetBytes: Bytes): BlockName {
    return { type, lengthBytes: this.spec.intervalBytes, offsetBytes };
  }

  private payload(bytes: Uint8Array, at: number): Uint8Array {
    return bytes.subarray(at + this.headBytes, at + this.spec.intervalBytes);
  }

  private swapHead(bytes: Uint8Array, at: number): void {
    const { headerOffsetBytes } = this.spec;
    if (headerOffsetBytes === 0) return;
    const first = bytes.slice(at, at + this.headBytes);
    const there = at + headerOffsetBytes;
    bytes.copyWithin(at, there, there + this.headBytes);
    bytes.set(first, there);
  }
}

function patternProblem(
  bytes: Uint8Array,
  from: number,
  end: number,
  wanted: Uint8Array | null,
): string | null {
  if (wanted === null) return null;
  for (let at = from; at < end; at += 1) {
    const [found, asked] = [bytes[at] ?? 0, wanted[at] ?? 0];
    if (found !== asked)
      return `holds ${byteText(found)} at its byte ${at}, not ${byteText(asked)}`;
  }
  return null;
}

function byteText(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0')}`;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** With the offset of the I/O put where it is asked for. */
function patternAt(pattern: Pattern | null, offsetBytes: Bytes): string | null {
  if (pattern === null || pattern.offsetsAt.length === 0) return pattern?.bytes ?? null;
  const bytes = Buffer.from(pattern.bytes, 'latin1');
  for (const at of pattern.offsetsAt) bytes.writeBigUInt64LE(BigInt(offsetBytes), at);
  return bytes.toString('latin1');
}
