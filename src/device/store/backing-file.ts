/**
 * The backing file of a device, empty when a run begins: what a device holds comes from the run
 * alone.
 *
 * A scratch file loses its name as soon as it is open, so nothing is left behind, however the
 * process ends. A named one (`backing_file=FILE`) is kept. Beside it `FILE.coffer` (JSON) says that
 * coffer made it, by its inode and birth: a file without that note, or another file under the same
 * name, is refused without overwrite=1, as is any where the file system knows no births.
 * `FILE.coffer-lock` holds the process id while a run uses it.
 */

import {
  type BigIntStats,
  closeSync,
  ftruncateSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { errorCode } from '../../units/error-code.ts';
import type { Bytes } from '../../units/quantity.ts';
import { FileMedium } from './file-medium.ts';
import { StoreFailure } from './store.ts';
import { storeFailure } from './store-failure.ts';

export interface BackingFileOptions {
  /** Name of the device, for the names of files and for messages. */
  readonly name: string;
  readonly bytes: Bytes;
  /** null: a scratch file. */
  readonly backingFile: string | null;
  /** null: the system's folder for temporary files. */
  readonly backingDirectory: string | null;
  readonly overwrite: boolean;
}

export function openBackingFile(options: BackingFileOptions): FileMedium {
  const { backingFile, bytes } = options;
  return backingFile === null
    ? openScratch(options)
    : openNamed(backingFile, options.name, bytes, options.overwrite);
}

function openScratch(options: BackingFileOptions): FileMedium {
  const directory = options.backingDirectory ?? tmpdir();
  const device = options.name.replace(/[^\w.-]/g, '_');
  for (let attempt = 0; ; attempt += 1) {
    const path = join(directory, `coffer-${process.pid}-${threadId}-${device}-${attempt}`);
    let fd: number;
    try {
      fd = openSync(path, 'wx+', 0o600);
    } catch (error) {
      if (errorCode(error) === 'EEXIST') continue;
      throw storeFailure(error, 'making the backing file', path);
    }
    unlinkSync(path);
    extend(fd, options.bytes, path);
    return new FileMedium(fd, path, () => {});
  }
}

function openNamed(path: string, name: string, bytes: Bytes, overwrite: boolean): FileMedium {
  const lock = takeLock(path);
  try {
    if (!overwrite) refuseForeign(path);
    refuseForeignNote(noteOf(path), path);
    const fd = create(path);
    extend(fd, bytes, path);
    const { ino, birthtimeNs } = statSync(path, { bigint: true });
    const born = `${birthtimeNs}`;
    const note = { madeBy: 'coffer', device: name, bytes, ino: Number(ino), born };
    writeFileSync(noteOf(path), `${JSON.stringify(note)}\n`);
    return new FileMedium(fd, path, () => unlinkSync(lock));
  } catch (error) {
    unlinkSync(lock);
    throw error instanceof StoreFailure ? error : storeFailure(error, 'opening it', path);
  }
}

function create(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile()) {
    const what = 'is no regular file, and a backing file must be one; give another name';
    throw new StoreFailure('EINVAL', `${path}: ${what}`);
  }
  return openSync(path, 'w+', 0o600);
}

function extend(fd: number, bytes: Bytes, path: string): void {
  try {
    ftruncateSync(fd, bytes);
  } catch (error) {
    closeSync(fd);
    throw storeFailure(error, `making it ${bytes} bytes long`, path);
  }
}

function refuseForeign(path: string): void {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (found === undefined || isNoted(path, found)) return;
  const what = 'exists and was not made by coffer; give overwrite=1 to lose it, or another name';
  throw new StoreFailure('EEXIST', `${path}: ${what}`);
}

/** overwrite=1 speaks of the file, not of what lies beside it. */
function refuseForeignNote(note: string, path: string): void {
  if (statSync(note, { throwIfNoEntry: false }) === undefined) return;
  if (/^\{"madeBy":"coffer".*\}$/.test(readFileSync(note, 'utf8').trim())) return;
  const what = `coffer did not make it, and notes there that ${path} is coffer's`;
  throw new StoreFailure('EEXIST', `${note}: ${what}; move it, or give another name`);
}

function noteOf(path: string): string {
  return `${path}.coffer`;
}

/** A note may outlive its file, and an inode is used again: its birth tells them apart. */
function isNoted(path: string, { ino, birthtimeNs }: BigIntStats): boolean {
  if (birthtimeNs === 0n) return false;
  let text: string;
  try {
    text = readFileSync(noteOf(path), 'utf8');
  } catch {
    return false;
  }
  const match = /^\{"madeBy":"coffer".*"ino":(\d+),"born":"(-?\d+)"\}$/.exec(text.trim());
  return match !== null && Number(match[1]) === Number(ino) && match[2] === `${birthtimeNs}`;
}

/** Two runs on one backing file would write into each other's device. */
function takeLock(path: string): string {
  const lock = `${path}.coffer-lock`;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' });
      return lock;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw storeFailure(error, 'locking it', path);
    }
    if (!removeStaleLock(lock)) break;
  }
  const what = `another run uses it (${lock}); give --workers 1, or leave backing_file out`;
  throw new StoreFailure('EBUSY', `${path}: ${what}`);
}

/** A lock whose process is gone is nobody's. */
function removeStaleLock(lock: string): boolean {
  const owner = Number(readFileSync(lock, 'utf8'));
  if (owner > 0 && isAlive(owner)) return false;
  unlinkSync(lock);
  return true;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
