/**
 * Whether copies hold what their sources hold: source against destination by ordinary reads (pread
 * through the page cache, which copies go through or drop), outside measured time. What lies side
 * by side in both files is read together.
 */

import { readSync } from 'node:fs';
import { type Bytes, MIB } from '../units/quantity.ts';
import { AlignedBuffer } from './aligned-buffer.ts';
import type { Copied } from './copy-map.ts';
import type { Fd } from './syscalls.ts';
import { asTargetFailure } from './target-failure.ts';

export interface VerifyRequest {
  readonly sourceFd: Fd;
  readonly sourcePath: string;
  readonly destinationFd: Fd;
  readonly destinationPath: string;
  readonly map: Copied;
  /** What is counted: of the destination, from the start of its region. */
  readonly blockBytes: Bytes;
}

const BUFFER_BYTES: Bytes = MIB;

/** Blocks that differ; null: it was stopped. Throws TargetFailure when something cannot be read. */
export function differingBlocks(
  request: VerifyRequest,
  stopped: () => boolean = () => false,
): number | null {
  const comparison = new Comparison(request);
  try {
    const { sources, region } = request.map;
    const { pieceBytes } = region;
    for (let piece = 0; piece < sources.length; ) {
      if (stopped()) return null;
      const run = runLength(sources, piece, pieceBytes);
      const source = sources[piece] ?? -1;
      if (source >= 0) comparison.compare(source, piece * pieceBytes, run * pieceBytes);
      piece += run;
    }
    return comparison.differing;
  } finally {
    comparison.close();
  }
}

/** Pieces from here on whose sources lie one behind the other; at least 1, a buffer at most. */
function runLength(sources: Float64Array, piece: number, pieceBytes: Bytes): number {
  const first = sources[piece] ?? -1;
  let run = 1;
  if (first < 0) return run;
  while (sources[piece + run] === first + run * pieceBytes && run * pieceBytes < BUFFER_BYTES) {
    run += 1;
  }
  return run;
}

class Comparison {
  differing = 0;
  private readonly request: VerifyRequest;
  private readonly source = new AlignedBuffer(BUFFER_BYTES);
  private readonly destination = new AlignedBuffer(BUFFER_BYTES);
  /** The last block that was counted: the next piece may end in the same. */
  private counted = -1;

  constructor(request: VerifyRequest) {
    this.request = request;
  }

  /** `into`: from the start of the region. */
  compare(sourceOffset: Bytes, into: Bytes, bytes: Bytes): void {
    for (let at = 0; at < bytes; at += BUFFER_BYTES) {
      this.compareBuffer(sourceOffset + at, into + at, Math.min(BUFFER_BYTES, bytes - at));
    }
  }

  close(): void {
    this.source.close();
    this.destination.close();
  }

  private compareBuffer(sourceOffset: Bytes, into: Bytes, bytes: Bytes): void {
    const { request, source, destination } = this;
    const { offsetBytes } = request.map.region;
    const had = readAll(request.sourceFd, request.sourcePath, source.bytes, bytes, sourceOffset);
    const path = request.destinationPath;
    const has = readAll(request.destinationFd, path, destination.bytes, bytes, offsetBytes + into);
    if (had === bytes && has === bytes && this.same(0, bytes)) return;
    for (let at = 0; at < bytes; ) {
      const block = Math.floor((into + at) / request.blockBytes);
      const end = Math.min(bytes, (block + 1) * request.blockBytes - into);
      // What is no longer there is not the same.
      if (end > had || end > has || !this.same(at, end)) this.count(block);
      at = end;
    }
  }

  private same(from: number, end: number): boolean {
    return this.source.bytes.compare(this.destination.bytes, from, end, from, end) === 0;
  }

  private count(block: number): void {
    if (block === this.counted) return;
    this.counted = block;
    this.differing += 1;
  }
}

/** Bytes read: less than asked for at the end of the file. */
function readAll(fd: Fd, path: string, into: Buffer, bytes: Bytes, offsetBytes: Bytes): Bytes {
  try {
    let done = 0;
    while (done < bytes) {
      const read = readSync(fd, into, done, bytes - done, offsetBytes + done);
      if (read === 0) break;
      done += read;
    }
    return done;
  } catch (error) {
    throw asTargetFailure(error, path, `reading it to check the copies, at ${offsetBytes}`);
  }
}
