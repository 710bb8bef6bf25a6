/** Opening a target to look at it. */

import { closeSync, constants, openSync } from 'node:fs';
import { asTargetFailure } from '../linux/target-failure.ts';

/** Throws TargetFailure. */
export function withFile<T>(path: string, body: (fd: number) => T): T {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    throw asTargetFailure(error, path, 'opening it');
  }
  try {
    return body(fd);
  } finally {
    closeSync(fd);
  }
}
