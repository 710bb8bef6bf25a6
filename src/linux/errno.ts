/** Names of the kernel's errors, as libuv tells them of this platform. */

import { constants } from 'node:os';

/** Aliases: EAGAIN and EOPNOTSUPP are what the kernel's manual pages say. */
const ALIASES: ReadonlySet<string> = new Set(['EWOULDBLOCK', 'ENOTSUP', 'EDEADLOCK']);

const NAMES = new Map(
  Object.entries(constants.errno)
    .filter(([name]) => !ALIASES.has(name))
    .map(([name, number]) => [number, name]),
);

/** `ENOSPC`; a number that has no name is told as it is. */
export function errnoName(errno: number): string {
  return NAMES.get(errno) ?? `errno ${errno}`;
}

export const Errno = constants.errno;
