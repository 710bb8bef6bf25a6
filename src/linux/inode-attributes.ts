/**
 * Attributes of an inode that forbid writing even to root: FS_IOC_GETFLAGS, ioctl_iflags(2), as
 * lsattr shows them.
 */

import { closeSync, constants, openSync } from 'node:fs';
import { errorCode } from '../units/error-code.ts';
import { loadSyscalls } from './syscalls.ts';
import { Words } from './words.ts';

/** _IOR('f', 1, long), linux/fs.h; what it writes is an int. */
const FS_IOC_GETFLAGS = 0x80086601;
const IMMUTABLE = 0x10;
const APPEND = 0x20;

/** null: there is none, or nobody can tell (no koffi, no such call on this file system). */
export function attributeAgainstWriting(path: string): string | null {
  const flags = flagsOf(path);
  if ((flags & IMMUTABLE) !== 0) return 'it is immutable; chattr -i takes that away';
  if ((flags & APPEND) !== 0) return 'it is append-only; chattr -a takes that away';
  return null;
}

function flagsOf(path: string): number {
  const syscalls = loadSyscalls();
  if (typeof syscalls === 'string') return 0;
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return 0;
  }
  const words = new Words(syscalls, 1);
  try {
    const result = syscalls.ioctl(fd, FS_IOC_GETFLAGS, words.addressOf(0));
    return result < 0 ? 0 : words.half(0);
  } finally {
    words.close();
    closeSync(fd);
  }
}
