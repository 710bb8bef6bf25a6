/**
 * A real file or block device could not be made ready: the environment's failure, as a sentence
 * that names the path, what was done to it, and what to do.
 */

import { errorCode } from '../units/error-code.ts';

export class TargetFailure extends Error {
  override readonly name = 'TargetFailure';
  /** `ENOSPC`, `EROFS`, `EACCES`… */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Reason and remedy by code. */
const TEXTS: Readonly<Record<string, readonly [string, string]>> = {
  ENOSPC: ['the file system is full', 'free some of it, or give a smaller size= or another place'],
  EDQUOT: ['the quota is used up', 'free some of it, or give a smaller size= or another place'],
  EFBIG: [
    'so large a file is not allowed, by RLIMIT_FSIZE or by the file system',
    'raise `ulimit -f`, or give a smaller size= or another place',
  ],
  EROFS: ['the file system is read-only', 'mount it rw, or give another place'],
  EACCES: ['no permission', 'change it, or give another place'],
  EPERM: [
    'not permitted (lsattr tells whether it is immutable)',
    'change it, or give another place',
  ],
  ENOENT: ['its folder is not there', 'make the folder first'],
  ENOTDIR: ['its folder is no folder', 'give another place'],
  ELOOP: ['it is a symlink', 'name what it leads to'],
  EISDIR: ['it is a folder', 'name a file in it'],
  ETXTBSY: ['it is in use as a program or as swap', 'give another place'],
  EEXIST: ['somebody else has just made it', 'give overwrite=1, or another name'],
  EMFILE: ['too many open files', 'raise `ulimit -n`'],
  EIO: ['the device reports an I/O error', 'see dmesg'],
};

/** `doing`: `laying it out, after 4096 bytes`. */
export function targetFailure(code: string, path: string, doing: string): TargetFailure {
  const [reason, remedy] = TEXTS[code] ?? [code, 'give another place'];
  return new TargetFailure(code, `${path}: ${doing}: ${reason}; ${remedy}`);
}

/** From an error of node:fs; any other is passed on as it is. */
export function asTargetFailure(error: unknown, path: string, doing: string): unknown {
  const code = errorCode(error);
  if (code === null || error instanceof TargetFailure) return error;
  return targetFailure(code, path, doing);
}
