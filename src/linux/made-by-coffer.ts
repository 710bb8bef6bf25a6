/**
 * The mark on a file that coffer laid out, by which a later run knows that nothing is lost: the
 * extended attribute `user.coffer`, xattr(7), or a note beside the file (`FILE.coffer`) where the
 * file system has none, or koffi is missing. Either names the file's inode and its birth, so that
 * a copy of the file, or another one under its name, is not taken for coffer's. It is the note that
 * the backing files of simulated devices have.
 *
 * A note outlives its file, and inodes are used again: where the file system knows no births, a
 * note tells nothing, and none is written. A file of the user's under the note's name stays.
 *
 * A mark in an attribute is not seen without koffi: such a file counts as somebody else's.
 */

import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { assert } from '../units/assert.ts';
import { errorCode } from '../units/error-code.ts';
import type { Bytes } from '../units/quantity.ts';
import { Arena } from './arena.ts';
import { errnoName } from './errno.ts';
import { type Fd, loadSyscalls, type Syscalls } from './syscalls.ts';
import { asTargetFailure, TargetFailure, targetFailure } from './target-failure.ts';

const ATTRIBUTE = 'user.coffer';
const VALUE_BYTES = 256;
/** A note has fewer, with the name of a device that backs it. */
const NOTE_BYTES = 4096;

export interface Mark {
  /** The content is not whole: from here on nobody laid it out. null: it is. */
  readonly unfinishedFromBytes: Bytes | null;
}

/** Throws node:fs's error or a TargetFailure. */
export function markMade(path: string, unfinishedFromBytes: Bytes | null = null): void {
  withFile(path, (fd) => {
    const stat = fstatSync(fd, { bigint: true });
    const unfinished = unfinishedFromBytes === null ? {} : { unfinishedFromBytes };
    const born = `${stat.birthtimeNs}`;
    const text = JSON.stringify({ madeBy: 'coffer', ...unfinished, ino: Number(stat.ino), born });
    const syscalls = loadSyscalls();
    const inAttribute = typeof syscalls !== 'string' && setAttribute(syscalls, fd, path, text);
    // One mark only: of two, nobody could say which holds.
    if (inAttribute || stat.birthtimeNs === 0n) removeNote(path);
    else writeNote(path, text);
  });
}

/** null: coffer did not make it, or nobody can tell. */
export function readMark(path: string): Mark | null {
  try {
    return withFile(path, (fd) => {
      const stat = fstatSync(fd, { bigint: true });
      if (!stat.isFile()) return null;
      const mark = parseMark(attributeOf(fd), stat);
      return mark ?? (stat.birthtimeNs === 0n ? null : parseMark(readNote(path), stat));
    });
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return null;
  }
}

export function isMade(path: string): boolean {
  return readMark(path) !== null;
}

/** The file and its note; false: coffer did not make it, and it stays. */
export function removeMade(path: string): boolean {
  if (!isMade(path)) return false;
  rmSync(path);
  removeNote(path);
  return true;
}

function withFile<T>(path: string, body: (fd: Fd) => T): T {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    return body(fd);
  } finally {
    closeSync(fd);
  }
}

function noteOf(path: string): string {
  return `${path}.coffer`;
}

/** Empty: there is none, or what has its name is no file of that kind. */
function readNote(path: string): string {
  try {
    return withFile(noteOf(path), (fd) => {
      const stat = fstatSync(fd);
      return stat.isFile() && stat.size <= NOTE_BYTES ? readFileSync(fd, 'utf8').trim() : '';
    });
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return '';
  }
}

/** Of whatever file: one that is gone leaves its note. */
function isNote(text: string): boolean {
  return /^\{"madeBy":"coffer".*\}$/.test(text);
}

function removeNote(path: string): void {
  if (isNote(readNote(path))) rmSync(noteOf(path), { force: true });
}

function writeNote(path: string, text: string): void {
  removeNote(path);
  const note = noteOf(path);
  try {
    // `wx` follows no symlink either.
    writeFileSync(note, `${text}\n`, { flag: 'wx' });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw asTargetFailure(error, note, `noting ${path}`);
    const what = `coffer did not make it, and notes there that ${path} is coffer's`;
    throw new TargetFailure('EEXIST', `${note}: ${what}; move it, or give another name`);
  }
}

function parseMark(text: string, { ino, birthtimeNs }: BigIntStats): Mark | null {
  const match = /^\{"madeBy":"coffer"(.*)"ino":(\d+),"born":"(-?\d+)"\}$/.exec(text);
  if (match === null || Number(match[2]) !== Number(ino)) return null;
  if (match[3] !== `${birthtimeNs}`) return null;
  const from = /"unfinishedFromBytes":(\d+)/.exec(match[1] ?? '')?.[1];
  return { unfinishedFromBytes: from === undefined ? null : Number(from) };
}

/** false: the file system has no such attributes, or no room for one. */
function setAttribute(syscalls: Syscalls, fd: Fd, path: string, text: string): boolean {
  const value = new Arena(syscalls, VALUE_BYTES);
  try {
    const bytes = Buffer.from(text, 'latin1');
    assert(bytes.length <= VALUE_BYTES, 'a mark is short');
    new Uint8Array(value.memory).set(bytes);
    const result = syscalls.fsetxattr(fd, ATTRIBUTE, value.address, bytes.length, 0);
    if (result === 0) return true;
    const code = errnoName(-result);
    if (code === 'EOPNOTSUPP' || code === 'ENOTSUP' || code === 'ENOSPC') return false;
    throw targetFailure(code, path, `marking it as coffer's (${ATTRIBUTE})`);
  } finally {
    value.close();
  }
}

/** Empty: it has none, or koffi is missing. */
function attributeOf(fd: Fd): string {
  const syscalls = loadSyscalls();
  if (typeof syscalls === 'string') return '';
  const value = new Arena(syscalls, VALUE_BYTES);
  try {
    const bytes = syscalls.fgetxattr(fd, ATTRIBUTE, value.address, VALUE_BYTES);
    return bytes <= 0 ? '' : Buffer.from(value.memory, 0, bytes).toString('latin1');
  } finally {
    value.close();
  }
}
