/** Limits of the kernel as its users set them, for the sentences that name one. */

import { readFileSync } from 'node:fs';
import { Arena } from './arena.ts';
import type { Syscalls } from './syscalls.ts';

const RLIMIT_MEMLOCK = 8;
const INFINITY_HIGH = 0xffffffff;

/** As /proc/sys has it; `not there` in older kernels. */
export function sysctl(name: string): string {
  try {
    return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').trim();
  } catch {
    return 'not there';
  }
}

/** `RLIMIT_MEMLOCK (ulimit -l) is 8388608 bytes` */
export function lockedMemoryLimit(syscalls: Syscalls): string {
  const limit = new Arena(syscalls, 16);
  try {
    const got = syscalls.prlimit(0, RLIMIT_MEMLOCK, 0, limit.address);
    const [low = 0, high = 0] = new Uint32Array(limit.memory, 0, 2);
    const value = high === INFINITY_HIGH ? 'unlimited' : `${high * 2 ** 32 + low} bytes`;
    return `RLIMIT_MEMLOCK (ulimit -l) is ${got < 0 ? 'not known' : value}`;
  } finally {
    limit.close();
  }
}
