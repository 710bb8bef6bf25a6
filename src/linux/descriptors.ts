/**
 * The descriptors of one clone: its own, so that no two threads share a file position or a lock.
 * Symlinks are not followed (who named one may not know what lies behind it), and a block device
 * that is written is opened with O_EXCL: the kernel refuses one that is mounted or held by another
 * device, unless allow_mounted_write says that this is meant.
 */

import { closeSync, constants, openSync } from 'node:fs';
import { errorCode } from '../units/error-code.ts';
import { EngineFailure } from './engine.ts';
import type { Fd } from './syscalls.ts';

export interface OpenHow {
  readonly writes: boolean;
  readonly direct: boolean;
  /** O_EXCL. */
  readonly exclusive: boolean;
}

export class Descriptors {
  private readonly open: Fd[] = [];

  /** Throws EngineFailure. */
  openFile(path: string, { writes, direct, exclusive }: OpenHow): Fd {
    const flags =
      (writes ? constants.O_RDWR : constants.O_RDONLY) |
      (direct ? constants.O_DIRECT : 0) |
      (exclusive ? constants.O_EXCL : 0) |
      constants.O_NOFOLLOW;
    try {
      const fd = openSync(path, flags);
      this.open.push(fd);
      return fd;
    } catch (error) {
      throw new EngineFailure(whyNotOpen(path, error, direct));
    }
  }

  close(): void {
    for (const fd of this.open.splice(0)) closeSync(fd);
  }
}

function whyNotOpen(path: string, error: unknown, direct: boolean): string {
  const code = errorCode(error);
  if (code === null) throw error;
  const what = `${code}: opening ${path}`;
  if (code === 'EINVAL' && direct) {
    return `${what} with O_DIRECT: its file system does not have it; give direct=0`;
  }
  if (code === 'ELOOP') return `${what}: it is a symlink; name what it leads to`;
  if (code === 'EBUSY') return `${what}: it is in use; unmount it, or give allow_mounted_write=1`;
  return what;
}
