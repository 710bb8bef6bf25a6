import { errorCode } from '../units/error-code.ts';

/** An output that cannot be written, as a sentence for its user. */
export class Unwritable extends Error {
  override readonly name = 'Unwritable';
  /** The place was good and had no room: no mistake of the command line. */
  readonly full: boolean;

  constructor(path: string, folder: string, error: unknown) {
    super(`${path}: ${reason(error, folder)}`);
    const code = errorCode(error);
    this.full = code === 'ENOSPC' || code === 'EDQUOT';
  }
}

function reason(error: unknown, folder: string): string {
  switch (errorCode(error)) {
    case 'ENOENT':
      return `the folder ${folder} does not exist; create it or name another file`;
    case 'ENOTDIR':
      return `${folder} is no folder; name another file`;
    case 'EISDIR':
      return 'is a folder; name a file in it';
    case 'EACCES':
    case 'EPERM':
      return `may not be written in ${folder}; change its permissions or name another file`;
    case 'EROFS':
      return `${folder} is on a read-only file system; name another file`;
    case 'ENOSPC':
    case 'EDQUOT':
      return 'no space is left there; free some and run again';
    default:
      return `cannot be written: ${error instanceof Error ? error.message : String(error)}`;
  }
}
