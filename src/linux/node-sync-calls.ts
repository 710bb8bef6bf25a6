/** fsync and fdatasync over node:fs, for threads without koffi. */

import { fdatasyncSync, fsyncSync } from 'node:fs';
import { errorCode } from '../units/error-code.ts';
import { Errno } from './errno.ts';
import type { SyncCalls } from './sync-policy.ts';
import type { Result } from './syscalls.ts';

export const nodeSyncCalls: SyncCalls = {
  fsync: (fd) => result(() => fsyncSync(fd)),
  fdatasync: (fd) => result(() => fdatasyncSync(fd)),
};

function result(call: () => void): Result {
  try {
    call();
    return 0;
  } catch (error) {
    const code = errorCode(error);
    const errno = Object.entries(Errno).find(([name]) => name === code);
    return -(errno?.[1] ?? Errno.EIO);
  }
}
