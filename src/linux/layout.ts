/**
 * Makes a regular file ready for the jobs: it is there, has room (fallocate(2) mode 0, or
 * ftruncate(2)), and where it is read, content. What coffer laid out before and is long enough
 * stays as it is; a shorter file is made longer.
 *
 * A new file is marked as coffer's before anything is written, and as unfinished from where it has
 * room only, or is being filled: a run that was killed leaves a file that the next one takes up
 * again. So room that jobs wrote in is filled when a later job reads it: nobody knows where they
 * wrote. A file of somebody else's, empty or by `overwrite`, gets no mark, so that nobody removes
 * it; its room looks like content.
 *
 * RLIMIT_FSIZE: Node ignores SIGXFSZ from its start, so what comes is EFBIG. Left out: fallocate's
 * `keep`; fsync of the folder (a lost name after a crash of the machine is no harm).
 */

import {
  closeSync,
  constants,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { type Bytes, MIB } from '../units/quantity.ts';
import { AlignedBuffer } from './aligned-buffer.ts';
import { Errno, errnoName } from './errno.ts';
import { layoutContent } from './layout-content.ts';
import { markMade, readMark } from './made-by-coffer.ts';
import { type Fd, loadSyscalls } from './syscalls.ts';
import { asTargetFailure, TargetFailure, targetFailure } from './target-failure.ts';

/** Of a target's plan. */
export interface LayoutRequest {
  readonly path: string;
  readonly neededBytes: Bytes;
  /** Where the furthest region that is read ends: what is filled. */
  readonly readBytes: Bytes;
  readonly read: boolean;
  /** Some job writes it. */
  readonly written: boolean;
  /** Whether it may be filled, where it is read and shorter than needed. */
  readonly layout: boolean;
  /** All that is there is content, marked as unfinished or not. */
  readonly keep: boolean;
  readonly fallocate: 'none' | 'native' | 'truncate';
  /** One character (0 to 255) a byte; null: content that names file and block. */
  readonly bufferPattern: string | null;
  /** What is there may be lost, though coffer did not make it. */
  readonly overwrite: boolean;
}

export interface LaidOut {
  /** Nothing was there. */
  readonly made: boolean;
  /** Content written now. */
  readonly filledBytes: Bytes;
  /** How room was made now, also where nothing else was done. */
  readonly room: LayoutRequest['fallocate'];
  /** What was asked for and could not be had, as a sentence; null: nothing. */
  readonly said: string | null;
  readonly stopped: boolean;
}

const BUFFER_BYTES: Bytes = MIB;
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);
const NOTHING_DONE = {
  made: false,
  filledBytes: 0,
  room: 'none',
  said: null,
  stopped: false,
} as const;

/**
 * `progress` is told the bytes filled so far, `stopped` is asked now and then. Throws
 * TargetFailure; what was made until then stays, marked, unless the disk is full.
 */
export function layOut(
  request: LayoutRequest,
  progress: (filledBytes: Bytes) => void = () => {},
  stopped: () => boolean = () => false,
): LaidOut {
  const { path, neededBytes, readBytes } = request;
  const found = lookAt(path);
  const sizeBytes = found?.sizeBytes ?? 0;
  const unfinishedFromBytes = request.keep ? sizeBytes : (found?.unfinishedFromBytes ?? 0);
  const goodBytes = Math.min(sizeBytes, unfinishedFromBytes);
  const fills = request.read && request.layout && goodBytes < readBytes;
  const changes = fills || sizeBytes < neededBytes;
  if (found?.foreign === true && !request.overwrite && (request.written || changes)) {
    const what = 'exists and was not made by coffer; give overwrite=1 if that may be lost';
    throw new TargetFailure('EEXIST', `${path}: ${what}, or another name`);
  }
  if (found !== null && !changes) return NOTHING_DONE;
  let filledBytes = 0;
  let fd: Fd | null = null;
  try {
    // What appeared since it was looked at is somebody else's.
    const creates = found === null ? constants.O_CREAT | constants.O_EXCL : 0;
    fd = openSync(path, constants.O_RDWR | constants.O_NOFOLLOW | creates, 0o644);
    const marks = found === null || found.marked;
    const gapes = fills || (request.fallocate !== 'none' && sizeBytes < neededBytes);
    if (found === null) markNew(path, gapes ? 0 : null);
    else if (marks) markMade(path, gapes ? goodBytes : unfinished(found));
    const made = { ...makeRoom(fd, request, sizeBytes), made: found === null };
    if (!fills) return { ...made, filledBytes, stopped: false };
    const whole = fill(fd, request, goodBytes, stopped, (bytes) => {
      filledBytes = bytes;
      progress(bytes);
    });
    fsyncSync(fd);
    // Behind what is read there is room only: who reads it later has it filled.
    const end = Math.max(sizeBytes, neededBytes);
    if (whole && marks) markMade(path, readBytes < end ? readBytes : null);
    return { ...made, filledBytes, stopped: !whole };
  } catch (error) {
    const failure = asTargetFailure(
      error,
      path,
      `laying it out, after ${goodBytes + filledBytes} bytes`,
    );
    // A fallocate(2) that did not fit keeps what it got: the disk would be full for everybody.
    if (fd !== null && failure instanceof TargetFailure && FULL.has(failure.code))
      ftruncateSync(fd, sizeBytes);
    throw failure;
  } finally {
    if (fd !== null) closeSync(fd);
  }
}

interface Found {
  readonly sizeBytes: Bytes;
  /** Infinity: its content is whole. */
  readonly unfinishedFromBytes: Bytes;
  readonly marked: boolean;
  /** Something would be lost that is not coffer's. */
  readonly foreign: boolean;
}

/** null: nothing is there. */
function lookAt(path: string): Found | null {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  if (!stat.isFile()) {
    throw new TargetFailure('EINVAL', `${path}: is no regular file, and only such are laid out`);
  }
  const mark = readMark(path);
  return {
    sizeBytes: stat.size,
    unfinishedFromBytes: mark?.unfinishedFromBytes ?? Infinity,
    marked: mark !== null,
    foreign: mark === null && stat.size > 0,
  };
}

/** Just made, and empty: without its mark it would be taken for somebody's. */
function markNew(path: string, unfinishedFromBytes: Bytes | null): void {
  try {
    markMade(path, unfinishedFromBytes);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

function unfinished({ unfinishedFromBytes }: Found): Bytes | null {
  return unfinishedFromBytes === Infinity ? null : unfinishedFromBytes;
}

function makeRoom(
  fd: Fd,
  { path, fallocate, neededBytes }: LayoutRequest,
  sizeBytes: Bytes,
): Pick<LaidOut, 'room' | 'said'> {
  if (fallocate === 'none' || sizeBytes >= neededBytes) return { room: 'none', said: null };
  const why = fallocate === 'truncate' ? null : allocate(fd, path, sizeBytes, neededBytes);
  if (fallocate === 'native' && why === null) return { room: 'native', said: null };
  ftruncateSync(fd, neededBytes);
  const said =
    why === null ? null : `${path}: fallocate=native: ${why}; its length was set by ftruncate`;
  return { room: 'truncate', said };
}

/** null: done; or why this cannot be had here. Throws TargetFailure. */
function allocate(fd: Fd, path: string, fromBytes: Bytes, toBytes: Bytes): string | null {
  const syscalls = loadSyscalls();
  if (typeof syscalls === 'string') return syscalls;
  let result: number;
  do result = syscalls.fallocate(fd, 0, fromBytes, toBytes - fromBytes);
  while (result === -Errno.EINTR);
  if (result === 0) return null;
  const code = errnoName(-result);
  if (result === -Errno.EOPNOTSUPP || result === -Errno.ENOSYS) {
    return `its file system has no fallocate(2) (${code})`;
  }
  throw targetFailure(code, path, `fallocate of bytes ${fromBytes} to ${toBytes}`);
}

/** false: it was stopped. */
function fill(
  fd: Fd,
  { path, bufferPattern, readBytes }: LayoutRequest,
  fromBytes: Bytes,
  stopped: () => boolean,
  progress: (filledBytes: Bytes) => void,
): boolean {
  const buffer = new AlignedBuffer(BUFFER_BYTES);
  try {
    const content = layoutContent(path, bufferPattern, buffer.bytes);
    for (let at = fromBytes; at < readBytes; progress(at - fromBytes)) {
      if (stopped()) return false;
      // Up to a whole buffer of the file, so that all but the first begin at one.
      const end = Math.min(readBytes, at - (at % BUFFER_BYTES) + BUFFER_BYTES);
      const piece = content.at(at, end - at);
      at += writeSync(fd, piece, 0, piece.length, at);
    }
    return true;
  } finally {
    buffer.close();
  }
}
