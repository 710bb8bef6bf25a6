/**
 * What is mounted where: /proc/self/mountinfo, proc_pid_mountinfo(5). The mount that a path lies on
 * is the one that the kernel names in /proc/self/fdinfo: paths alone do not tell it, where one
 * mount hides another.
 *
 * Left out: propagation (the optional fields).
 */

import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import type { Fd } from './syscalls.ts';

export interface Mount {
  readonly id: number;
  /** `254:0`; of file systems without one device (btrfs, tmpfs, nfs) a number of their own. */
  readonly device: string;
  readonly mountPoint: string;
  /** Of the mount, then of the file system. */
  readonly options: readonly string[];
  readonly fileSystem: string;
  /** `/dev/vda`, `server:/export`, `tmpfs`… */
  readonly source: string;
}

/** asm-generic/fcntl.h; node:fs has no name for it. Nothing is opened but the place. */
const O_PATH = 0o10000000;

export function mounts(): readonly Mount[] {
  const lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  return lines.filter((line) => line !== '').map(parseMount);
}

/** null: the mount is none of this process (a descriptor from elsewhere, a lazy unmount). */
export function mountOfFd(fd: Fd): Mount | null {
  const info = readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8');
  const id = Number(/^mnt_id:\s*(\d+)$/m.exec(info)?.[1]);
  return mounts().find((mount) => mount.id === id) ?? null;
}

/** Symlinks at its end are not followed. Throws node:fs's error where the path leads nowhere. */
export function mountOf(path: string): Mount | null {
  const fd = openSync(path, O_PATH | constants.O_NOFOLLOW);
  try {
    return mountOfFd(fd);
  } finally {
    closeSync(fd);
  }
}

/** `36 35 98:0 /root /mnt rw,noatime shared:1 - ext4 /dev/sda1 rw,errors=continue` */
export function parseMount(line: string): Mount {
  const [before = '', after = ''] = line.split(' - ');
  const [id, , device = '', , mountPoint = '', options = ''] = before.split(' ');
  const [fileSystem = '', source = '', superOptions = ''] = after.split(' ');
  const all = [...options.split(','), ...superOptions.split(',')];
  return {
    id: Number(id),
    device,
    mountPoint: unescaped(mountPoint),
    options: [...new Set(all.filter((option) => option !== ''))],
    fileSystem,
    source: unescaped(source),
  };
}

/** Blanks and backslashes are written as `\040`, as in /proc/swaps. */
export function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
