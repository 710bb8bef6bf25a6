/** `data=memory`, and the tags of `data=tags`: chunks of 64 KiB, made when first written. */

import { present } from '../../units/assert.ts';
import type { Medium } from './medium.ts';

const CHUNK_BYTES = 65_536;

export class MemoryMedium implements Medium {
  private readonly chunks = new Map<number, Uint8Array>();

  read(position: number, length: number, into: Uint8Array, at: number): void {
    let done = 0;
    while (done < length) {
      const index = Math.floor((position + done) / CHUNK_BYTES);
      const offset = position + done - index * CHUNK_BYTES;
      const part = Math.min(length - done, CHUNK_BYTES - offset);
      const chunk = present(this.chunks.get(index), 'only what was written is read');
      into.set(chunk.subarray(offset, offset + part), at + done);
      done += part;
    }
  }

  write(position: number, length: number, from: Uint8Array, at: number): void {
    let done = 0;
    while (done < length) {
      const index = Math.floor((position + done) / CHUNK_BYTES);
      const offset = position + done - index * CHUNK_BYTES;
      const part = Math.min(length - done, CHUNK_BYTES - offset);
      this.chunk(index).set(from.subarray(at + done, at + done + part), offset);
      done += part;
    }
  }

  close(): void {
    this.chunks.clear();
  }

  private chunk(index: number): Uint8Array {
    let chunk = this.chunks.get(index);
    if (chunk === undefined) {
      chunk = new Uint8Array(CHUNK_BYTES);
      this.chunks.set(index, chunk);
    }
    return chunk;
  }
}
