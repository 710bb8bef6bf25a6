/** The files that a recorded copy_file_range or FICLONERANGE was made between, by its name. */

import { closeSync, constants, ftruncateSync, openSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentOf, syscallsOrThrow } from './engine-rig.ts';
import { Words } from '../../src/linux/words.ts';

const MEBIBYTE = 1 << 20;
const O_PATH = 0o10000000;
export const SOURCE = contentOf(MEBIBYTE, 1);
export const DESTINATION = contentOf(MEBIBYTE, 2);

export interface CopyRangeArgs {
  /** null: the file's own offset. */
  readonly off_in?: number | null;
  readonly off_out?: number | null;
  readonly len?: number;
  readonly flags?: number;
  readonly src_offset?: number;
  readonly dest_offset?: number;
  readonly src_length?: number;
}

export interface CopyRangeLine {
  readonly fs: string;
  readonly op: string;
  readonly case: string;
  readonly args?: CopyRangeArgs | null;
  readonly ret?: number;
  readonly errno?: string;
  readonly off_in_after?: number;
  readonly off_out_after?: number;
  /** Before and after; sha256 likewise, its first 12 digits. */
  readonly dst_size?: readonly [number, number];
  readonly sha256?: readonly [string, string];
  readonly shared_extents?: boolean | 'ENOTSUP';
}

export interface CaseFiles {
  readonly sourceFd: number;
  readonly destinationFd: number;
  /** A regular file; null: the destination is none. */
  readonly destinationPath: string | null;
  /** What the source holds, of which anything could be copied. */
  readonly source: Buffer;
  readonly destination: Buffer;
  close(): void;
}

/** `folders` of source and destination; `device`: a block device. */
export function caseFiles(
  name: string,
  [from, to]: readonly [string, string],
  device: string,
): CaseFiles {
  const files = new CaseFolder(from, to, device);
  const source = sourceOf(name);
  writeFileSync(join(from, 'source'), source);
  if (name.startsWith('source all hole')) files.hole(join(from, 'source'), MEBIBYTE);
  const same = name.startsWith('same file');
  const destination = same ? source : destinationOf(name);
  if (!same) writeFileSync(join(to, 'destination'), destination);
  const sourceFd = files.openSource(name);
  const destinationFd =
    same && !name.includes('two fds') ? sourceFd : files.openDestination(name, same);
  const path = join(to, same ? 'source' : 'destination');
  const regular = !/dest (?:pipe|directory|block device)|two block devices/.test(name);
  return {
    sourceFd,
    destinationFd,
    destinationPath: regular ? path : null,
    source: name === 'source all hole' ? Buffer.alloc(MEBIBYTE) : source,
    destination,
    close: () => files.close(),
  };
}

function sourceOf(name: string): Buffer {
  if (name === 'source all hole') return Buffer.alloc(0);
  if (/up to source EOF|source 5000 bytes/.test(name)) return SOURCE.subarray(0, 5000);
  return SOURCE;
}

function destinationOf(name: string): Buffer {
  return /into empty file|dest at its EOF/.test(name) ? Buffer.alloc(0) : DESTINATION;
}

class CaseFolder {
  private readonly open: number[] = [];
  private readonly from: string;
  private readonly to: string;
  private readonly device: string;

  constructor(from: string, to: string, device: string) {
    this.from = from;
    this.to = to;
    this.device = device;
  }

  openSource(name: string): number {
    const { O_DIRECT, O_RDONLY, O_RDWR, O_WRONLY } = constants;
    const source = join(this.from, 'source');
    if (name.startsWith('same file')) return this.fd(source, O_RDWR);
    if (name.startsWith('source pipe')) return this.pipe(0);
    if (name === 'source directory') return this.fd(this.from, O_RDONLY);
    if (name === 'source block device' || name === 'two block devices') {
      return this.fd(this.device, O_RDONLY);
    }
    if (name.startsWith('source /')) return this.fd(name.slice('source '.length), O_RDONLY);
    if (name === 'source O_DIRECT') return this.fd(source, O_RDONLY | O_DIRECT);
    if (name === 'source O_PATH') return this.fd(source, O_PATH);
    if (name === 'source write-only fd') return this.fd(source, O_WRONLY);
    return this.fd(source, O_RDONLY);
  }

  openDestination(name: string, same: boolean): number {
    const { O_APPEND, O_DIRECT, O_RDONLY, O_RDWR, O_WRONLY } = constants;
    const destination = join(this.to, same ? 'source' : 'destination');
    if (name === 'dest pipe') return this.pipe(1);
    if (name === 'dest directory') return this.fd(this.to, O_RDONLY);
    if (name === 'dest block device' || name === 'two block devices') {
      return this.fd(this.device, O_RDWR);
    }
    if (name === 'dest O_APPEND') return this.fd(destination, O_RDWR | O_APPEND);
    if (name.startsWith('dest O_DIRECT')) return this.fd(destination, O_RDWR | O_DIRECT);
    if (name === 'dest O_WRONLY') return this.fd(destination, O_WRONLY);
    if (name === 'dest read-only fd') return this.fd(destination, O_RDONLY);
    return this.fd(destination, O_RDWR);
  }

  hole(path: string, bytes: number): void {
    const fd = openSync(path, 'r+');
    ftruncateSync(fd, bytes);
    closeSync(fd);
    if (statSync(path).size !== bytes) throw new Error(`${path} is no hole`);
  }

  close(): void {
    for (const fd of this.open.splice(0)) closeSync(fd);
  }

  private fd(path: string, flags: number): number {
    const fd = openSync(path, flags);
    this.open.push(fd);
    return fd;
  }

  /** End 0 is for reading. */
  private pipe(end: 0 | 1): number {
    const syscalls = syscallsOrThrow();
    const words = new Words(syscalls, 1);
    const made = syscalls.pipe2(words.addressOf(0), 0);
    if (made < 0) throw new Error(`pipe2: ${made}`);
    this.open.push(words.half(0), words.half(1));
    const fd = words.half(end);
    words.close();
    return fd;
  }
}
