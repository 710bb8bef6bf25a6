/** `data=file`: a sparse file, one system call per transfer. */

import { closeSync, readSync, writeSync } from 'node:fs';
import type { Medium } from './medium.ts';
import { StoreFailure } from './store.ts';
import { storeFailure } from './store-failure.ts';

export class FileMedium implements Medium {
  private readonly fd: number;
  private readonly path: string;
  private readonly release: () => void;

  /** `path` is for messages; `release` is called once the file is closed. */
  constructor(fd: number, path: string, release: () => void) {
    this.fd = fd;
    this.path = path;
    this.release = release;
  }

  read(position: number, length: number, into: Uint8Array, at: number): void {
    let done = 0;
    while (done < length) {
      const got = this.readSome(position + done, length - done, into, at + done);
      if (got === 0) throw cutShort(this.path);
      done += got;
    }
  }

  write(position: number, length: number, from: Uint8Array, at: number): void {
    let done = 0;
    try {
      while (done < length) {
        done += writeSync(this.fd, from, at + done, length - done, position + done);
      }
    } catch (error) {
      throw storeFailure(error, 'writing', this.path);
    }
  }

  close(): void {
    closeSync(this.fd);
    this.release();
  }

  private readSome(position: number, length: number, into: Uint8Array, at: number): number {
    try {
      return readSync(this.fd, into, at, length, position);
    } catch (error) {
      throw storeFailure(error, 'reading', this.path);
    }
  }
}

function cutShort(path: string): StoreFailure {
  return new StoreFailure('EIO', `${path}: reading: somebody cut the file short; leave it alone`);
}
