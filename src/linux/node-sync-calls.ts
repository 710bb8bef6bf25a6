/** fsync and fdatasync over node:fs, for threads without koffi. */

import { fdatasyncSync, fsyncSync } from 'node:fs';
import { resultOf } from './node-syscalls.ts';
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
    return resultOf(error);
  }
}
