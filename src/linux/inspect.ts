/**
 * What can be known of a file or block device before a run, without touching it: lstat(2),
 * access(2), mountinfo, sysfs, O_EXCL, blkid. Each finding is the rest of a sentence that begins
 * with the path.
 *
 * Left out: STATX_DIOALIGN (the seam has no statx), so what O_DIRECT needs is the device's logical
 * block, or the block of file systems that fall back to buffered I/O below it. An append-only file
 * is only noticed with koffi.
 */

import {
  accessSync,
  constants,
  lstatSync,
  realpathSync,
  type Stats,
  statfsSync,
  statSync,
} from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { errorCode } from '../units/error-code.ts';
import { type Bytes, SECTOR_BYTES } from '../units/quantity.ts';
import type { TargetFacts } from '../units/target-facts.ts';
import {
  blockDevice,
  deviceNumber,
  devicesUnder,
  queueNumber,
  readNumber,
  sizeOf,
} from './block-device.ts';
import { isSwap, useOf, useThroughLoop } from './device-use.ts';
import { attributeAgainstWriting } from './inode-attributes.ts';
import { readMark } from './made-by-coffer.ts';
import { type Mount, mountOf } from './mounts.ts';
import { signatureOf } from './signature.ts';

/** By path, what was found of folders. */
export type Folders = Map<string, TargetFacts>;

/** Links at the end of the path are not followed. `folders` may be kept while nothing changes. */
export function inspect(path: string, folders: Folders = new Map()): TargetFacts {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return inspectAbsent(path, folders);
    if (stat.isBlockDevice()) return inspectDevice(path, stat);
    const unusable = kindProblem(path, stat);
    return unusable === null ? inspectFile(path, stat) : facts({ kind: 'file', unusable });
  } catch (error) {
    const code = errorCode(error);
    if (code === null) throw error;
    return facts({ kind: 'file', unusable: PATH_PROBLEMS[code] ?? `cannot be looked at: ${code}` });
  }
}

const PATH_PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'cannot be reached: a folder on the way to it may not be searched',
  ENOTDIR: 'cannot be reached: what should be a folder on the way to it is none',
  ELOOP: 'cannot be reached: too many symlinks lead to it',
  ENAMETOOLONG: 'is too long a name',
};

function facts(found: Pick<TargetFacts, 'kind'> & Partial<TargetFacts>): TargetFacts {
  return {
    sizeBytes: 0,
    contentBytes: found.sizeBytes ?? 0,
    logicalBlockBytes: SECTOR_BYTES,
    fileSystem: null,
    unusable: null,
    unreadable: null,
    unwritable: null,
    mounted: null,
    foreign: null,
    identity: null,
    ...found,
  };
}

/** null: it is a regular file. */
function kindProblem(path: string, stat: Stats): string | null {
  if (stat.isSymbolicLink()) return symlinkProblem(path);
  if (stat.isDirectory()) return 'is a folder; name a file in it';
  if (stat.isFIFO()) return 'is a FIFO, which has no offsets; name a file or a block device';
  if (stat.isSocket()) return 'is a socket; name a file or a block device';
  if (stat.isCharacterDevice()) return 'is a character device; name a file or a block device';
  return stat.isFile() ? null : 'is neither a file nor a block device';
}

function symlinkProblem(path: string): string {
  try {
    return `is a symlink; name what it leads to: ${realpathSync(path)}`;
  } catch {
    return 'is a symlink that leads nowhere; give another name';
  }
}

/** `folders`: what was found of folders before, which thousands of files may be made in. */
function inspectAbsent(path: string, folders: Folders): TargetFacts {
  const folder = dirname(resolve(path));
  const found = folders.get(folder) ?? inspectFolder(folder);
  folders.set(folder, found);
  const { identity } = found;
  return identity === null ? found : { ...found, identity: `${identity}/${basename(path)}` };
}

/** What holds for each file that is not there yet; its identity is the folder's. */
function inspectFolder(folder: string): TargetFacts {
  const stat = statSync(folder, { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) {
    return facts({
      kind: 'absent',
      unusable: `is not there, nor is ${folder}; make the folder first`,
    });
  }
  if (!stat.isDirectory()) return facts({ kind: 'absent', unusable: `${folder} is no folder` });
  const mount = mountOf(realpathSync(folder));
  const fileSystem = mount?.fileSystem ?? null;
  const unusable = placeProblem(fileSystem, 'is not there');
  if (unusable !== null) return facts({ kind: 'absent', fileSystem, unusable });
  const denied = denial(folder, constants.W_OK | constants.X_OK);
  return facts({
    kind: 'absent',
    fileSystem,
    logicalBlockBytes: directBytes(folder, mount),
    identity: `${stat.dev}:${stat.ino}`,
    unwritable: denied === null ? null : `cannot be made in ${folder}: ${denied}`,
  });
}

function inspectFile(path: string, stat: Stats): TargetFacts {
  const mount = mountOf(path);
  const fileSystem = mount?.fileSystem ?? null;
  const unusable =
    placeProblem(fileSystem, 'is a file there') ??
    (isSwap(path) ? 'is in use as swap; give another file' : null);
  if (unusable !== null) return facts({ kind: 'file', fileSystem, unusable });
  const unreadable = denial(path, constants.R_OK);
  const mark = readMark(path);
  return facts({
    kind: 'file',
    fileSystem,
    sizeBytes: stat.size,
    contentBytes: Math.min(stat.size, mark?.unfinishedFromBytes ?? stat.size),
    logicalBlockBytes: directBytes(path, mount),
    unreadable: unreadable === null ? null : `cannot be read: ${unreadable}`,
    unwritable: unwritableFile(path),
    mounted: useThroughLoop(path),
    foreign: stat.size > 0 && mark === null ? 'exists and was not made by coffer' : null,
    identity: inodeOf(path),
  });
}

/** null: it is gone. As bigint, as an inode number may be past 2^53. */
function inodeOf(path: string): string | null {
  const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.dev}:${stat.ino}`;
}

function unwritableFile(path: string): string | null {
  const attribute = attributeAgainstWriting(path);
  const why = attribute ?? denial(path, constants.W_OK);
  return why === null ? null : `cannot be written: ${why}`;
}

function inspectDevice(path: string, stat: Stats): TargetFacts {
  const device = blockDevice(deviceNumber(stat.rdev));
  if (device === null)
    return facts({ kind: 'block', unusable: 'is a node without a device behind it' });
  const sizeBytes = sizeOf(device);
  if (sizeBytes === 0) return facts({ kind: 'block', unusable: 'has no medium: its size is 0' });
  const unreadable = denial(path, constants.R_OK);
  const readOnly = readNumber(`${device.folder}/ro`) === 1;
  const denied = readOnly ? 'the device is read-only' : denial(path, constants.W_OK);
  return facts({
    kind: 'block',
    sizeBytes,
    logicalBlockBytes: queueNumber(device, 'logical_block_size') ?? SECTOR_BYTES,
    unreadable: unreadable === null ? null : `cannot be read: ${unreadable}`,
    unwritable: denied === null ? null : `cannot be written: ${denied}`,
    mounted: useOf(path, device),
    foreign: signatureOf(path),
    identity: `${stat.rdev}`,
  });
}

/** Where files are views of the kernel, or do not belong. */
const PSEUDO: ReadonlySet<string> = new Set([
  'autofs',
  'binder',
  'binfmt_misc',
  'bpf',
  'cgroup',
  'cgroup2',
  'configfs',
  'debugfs',
  'devpts',
  'efivarfs',
  'fusectl',
  'hugetlbfs',
  'mqueue',
  'nfsd',
  'nsfs',
  'proc',
  'pstore',
  'resctrl',
  'rpc_pipefs',
  'securityfs',
  'selinuxfs',
  'smackfs',
  'sysfs',
  'tracefs',
]);

function placeProblem(fileSystem: string | null, what: string): string | null {
  if (fileSystem === null) return null;
  if (fileSystem === 'devtmpfs') return `${what}, and /dev is for devices; is its name right?`;
  if (!PSEUDO.has(fileSystem)) return null;
  return `lies on ${fileSystem}, which holds no data; give a file on a disk or on tmpfs`;
}

const DENIALS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'not permitted (immutable, chattr +i)',
  EROFS: 'its file system is mounted read-only',
  ETXTBSY: 'it is in use as a program or as swap',
};

/** null: it is allowed. */
function denial(path: string, mode: number): string | null {
  try {
    accessSync(path, mode);
    return null;
  } catch (error) {
    const code = errorCode(error);
    if (code === null) throw error;
    return DENIALS[code] ?? code;
  }
}

/** Below their own block they do buffered I/O in place of direct, in silence. */
const BLOCKWISE: ReadonlySet<string> = new Set(['bcachefs', 'btrfs', 'f2fs']);
/** O_DIRECT asks nothing of offsets and lengths. */
const BYTEWISE: ReadonlySet<string> = new Set(['nfs', 'nfs4', 'ramfs', 'tmpfs']);

function directBytes(path: string, mount: Mount | null): Bytes {
  if (mount === null) return SECTOR_BYTES;
  if (BYTEWISE.has(mount.fileSystem)) return 1;
  if (BLOCKWISE.has(mount.fileSystem)) return statfsSync(path).bsize;
  const blocks = devicesUnder(mount).map(
    (device) => queueNumber(device, 'logical_block_size') ?? SECTOR_BYTES,
  );
  return Math.max(SECTOR_BYTES, ...blocks);
}
