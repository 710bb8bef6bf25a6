/**
 * Which way copied bytes went, from evidence: what is proven, and nothing more.
 *
 * - `call`: the system call can do it one way only. FICLONERANGE remaps extents, or fails
 *   (ioctl_ficlonerange(2)): offload. A splice through a pipe, and reads and writes, are what they
 *   are.
 * - copy_file_range(2) may remap (same file system, whole blocks), ask a server, or splice inside
 *   the kernel; its result does not say which (fs/read_write.c, vfs_copy_file_range). So:
 *   - `extents`: FIEMAP of the destination. Shared extents were remapped: offload. On a file system
 *     whose copies are remapped or spliced, and nothing else, extents of its own were spliced:
 *     emulation. A hole (or room without content) beside shared ones was remapped too, as splice
 *     writes the zeros it reads; holes alone prove nothing: a copy that never happened leaves them.
 *   - `device`: without such extents, what the device wrote, from before the first copy (sources
 *     synced until then, as remapping and splice both write them back) until after a sync. About
 *     nothing (metadata): the data did not move. As much as was copied or more: it did, through
 *     the kernel. In between: unproven.
 *   - `unproven`: the rest. tmpfs has no FIEMAP and no device; nfs, cifs, ceph, fuse may copy at
 *     the server (or in a daemon, which need not be the kernel's copy even where a device shows
 *     it), and their extents, if they have any, say nothing of it.
 *
 * What it leaves out: copies that were overwritten by later ones of the same region are taken to
 * have gone the way of those that are there (the kernel's choice depends on files and alignment,
 * which are the same), unless that region is mixed: then nobody can tell. Where sources or
 * destinations were written or removed since, what was shared may have become a file's own (btrfs,
 * as soon as the source is unlinked), so only what is still shared proves anything. Extents shared
 * by a snapshot that was made after the copies look remapped. An inline extent (btrfs, below a
 * block) counts as moved. Where there is no FIEMAP, another writer on the device can make a
 * remapped copy look moved.
 */

import { assert } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import type { RegionExtents } from './extents.ts';

export const PATH_PROOFS = ['call', 'extents', 'device', 'unproven'] as const;
export type PathProof = (typeof PATH_PROOFS)[number];

/** Of copies that copy_file_range said it made. */
export interface CopyEvidence {
  /** Of all calls together. */
  readonly copiedBytes: Bytes;
  /** Of the destination, copied to at least once. */
  readonly regionBytes: Bytes;
  /** Of the destination: `xfs`; null: it is none, or nobody knows. */
  readonly fileSystem: string | null;
  /** Of that region, after the copies; null: the file system does not tell. */
  readonly extents: RegionExtents | null;
  /** Nobody has written to sources or destinations since, or removed the sources. */
  readonly untouched: boolean;
  /** From before the first copy, sources synced, until after a sync; null: no device tells. */
  readonly deviceWrittenBytes: Bytes | null;
}

export interface PathVerdict {
  /** null: unproven. */
  readonly offloadBytes: Bytes | null;
  readonly emulationBytes: Bytes | null;
  readonly proof: PathProof;
}

/** Those whose copy_file_range remaps or splices, and that tell of shared extents by FIEMAP. */
const REMAP_OR_SPLICE: ReadonlySet<string> = new Set([
  'bcachefs',
  'btrfs',
  'ext2',
  'ext3',
  'ext4',
  'f2fs',
  'ocfs2',
  'xfs',
]);

/** Of what was copied, the most that metadata of remapping makes the device write. */
const METADATA_SHARE = 1 / 8;

export const UNPROVEN: PathVerdict = {
  offloadBytes: null,
  emulationBytes: null,
  proof: 'unproven',
};

/** FICLONERANGE, splice: what each has done is known by its name. */
export function provenByCall(offloadBytes: Bytes, emulationBytes: Bytes): PathVerdict {
  return { offloadBytes, emulationBytes, proof: 'call' };
}

export function judgeCopies(evidence: CopyEvidence): PathVerdict {
  const { copiedBytes, regionBytes, extents } = evidence;
  assert(regionBytes <= copiedBytes, 'what is covered was copied');
  if (copiedBytes === 0) return provenByCall(0, 0);
  const byExtents = extents === null ? null : judgeExtents(evidence, extents);
  return byExtents ?? judgeDevice(evidence) ?? UNPROVEN;
}

function judgeExtents(evidence: CopyEvidence, extents: RegionExtents): PathVerdict | null {
  const { copiedBytes, regionBytes, untouched, fileSystem } = evidence;
  const { sharedBytes, ownBytes } = extents;
  if (regionBytes === 0) return null;
  if (sharedBytes === regionBytes) return provenBy('extents', copiedBytes, 0);
  if (!untouched || fileSystem === null || !REMAP_OR_SPLICE.has(fileSystem)) return null;
  if (ownBytes === regionBytes) return provenBy('extents', 0, copiedBytes);
  // Holes alone: remapped from holes, or a copy that never happened. The device would not tell.
  if (sharedBytes === 0) return UNPROVEN;
  if (ownBytes === 0) return provenBy('extents', copiedBytes, 0);
  if (copiedBytes > regionBytes) return UNPROVEN;
  return provenBy('extents', copiedBytes - ownBytes, ownBytes);
}

function judgeDevice(evidence: CopyEvidence): PathVerdict | null {
  const { copiedBytes, regionBytes, deviceWrittenBytes, untouched, extents } = evidence;
  if (evidence.fileSystem?.startsWith('fuse') === true) return null;
  // Extents of which some are shared contradict an answer of all or nothing.
  if (deviceWrittenBytes === null || regionBytes === 0 || !untouched) return null;
  if (extents !== null && extents.sharedBytes > 0) return null;
  if (deviceWrittenBytes <= regionBytes * METADATA_SHARE) return provenBy('device', copiedBytes, 0);
  return deviceWrittenBytes >= regionBytes ? provenBy('device', 0, copiedBytes) : null;
}

function provenBy(proof: PathProof, offloadBytes: Bytes, emulationBytes: Bytes): PathVerdict {
  return { offloadBytes, emulationBytes, proof };
}
