/** From an error of node:fs to a StoreFailure that says what to do. */

import { errorCode } from '../../units/error-code.ts';
import { StoreFailure } from './store.ts';

const ELSEWHERE = 'give backing_directory= (or backing_file=) another folder';

/** Reason and remedy by code. */
const TEXTS: Readonly<Record<string, readonly [string, string]>> = {
  ENOSPC: ['no space left', `free some, ${ELSEWHERE}, or use data=tags`],
  EDQUOT: ['the quota is used up', `free some, ${ELSEWHERE}, or use data=tags`],
  EROFS: ['the file system is read-only', ELSEWHERE],
  EACCES: ['no permission', `change it or ${ELSEWHERE}`],
  EPERM: ['not permitted', `change it or ${ELSEWHERE}`],
  ENOENT: ['the folder does not exist', `make it or ${ELSEWHERE}`],
  ENOTDIR: ['its folder is no folder', ELSEWHERE],
  EFBIG: ['the file system takes no file of that size', `${ELSEWHERE}, or use data=tags`],
  EMFILE: ['too many open files', 'raise `ulimit -n` or give --workers a smaller number'],
};

/** From an error of node:fs. */
export function storeFailure(error: unknown, doing: string, path: string): StoreFailure {
  const code = errorCode(error) ?? 'EIO';
  const [reason, remedy] = TEXTS[code] ?? [
    error instanceof Error ? error.message : code,
    'the backing file is lost for this run; use data=memory or data=tags to go without',
  ];
  return new StoreFailure(code, `${path}: ${doing}: ${reason}; ${remedy}`);
}
