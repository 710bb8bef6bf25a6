/**
 * Copy (NVM command set §3.2.2): the moving of content, and QEMU's order of checks. Two orders: the
 * specification's, where all that the command itself tells is checked before a byte moves
 * (copy-checks.ts; dword 0 is then 0: nothing was copied), and that of QEMU 10 (hw/nvme/ctrl.c
 * nvme_copy), range by range, the ranges before the refused one copied and dword 0 its index. What
 * only the content tells (deallocated blocks, protection information) is found range by range in
 * both. Ranges are taken one after the other, so a later one sees what an earlier one wrote.
 *
 * A destination zone must be at its write pointer: Copy has no form that appends.
 *
 * Left out: format 4 (OCFS says so: Invalid Field).
 */

import type { Command } from './command.ts';
import { incompatible, refuseAll, refuseFormat } from './copy-checks.ts';
import { copyTags } from './copy-tags.ts';
import { rangeCount } from './encode.ts';
import type { Namespace } from './namespace.ts';
import { namesSource, type SourceRanges } from './source-range.ts';
import { StatusCode } from './status-code.ts';

export type Behavior = 'spec' | 'qemu';

/** What of its controller a Copy has to do with. */
export interface CopySurroundings {
  readonly behavior: Behavior;
  /** OCFS, by the bits of the formats. */
  readonly formats: number;
  /** Bits of formats 2 and 3 that Host Behavior Support has enabled. */
  enabledFormats: number;
  readonly fastCopy: boolean;
  readonly namespaces: readonly Namespace[];
}

/** QEMU looks for a namespace of this number, and finds none or one. */
const QEMU_NSID_MAX = 256;
const ALL_NAMESPACES = 0xffff_ffff;

/** What the command entry tells alone: format and number of ranges. */
export function refuseCopy(command: Command, surroundings: CopySurroundings): StatusCode {
  const { config } = command.namespace;
  const format = refuseFormat(command, surroundings);
  if (format !== StatusCode.SUCCESS && format !== StatusCode.INVALID_FORMAT) return format;
  if (rangeCount(command.cdw12) > config.msrc + 1) return StatusCode.CMD_SIZE_LIMIT_EXCEEDED;
  return format;
}

/**
 * Takes the descriptors over, and their number to `command.rangeCount`; returns the blocks in all.
 */
export function decodeRanges(
  command: Command,
  ranges: SourceRanges,
  words: Uint32Array,
  format: number,
): number {
  const count = rangeCount(command.cdw12);
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    ranges.decode(words, index, format, command.namespace.nsid);
    total += ranges.blocks[index] ?? 0;
  }
  command.rangeCount = count;
  return total;
}

/**
 * Copies range by range up to the first that is refused: status and dword 0 say which, and
 * `command.rangeCount` becomes the number of those copied. Returns the blocks copied.
 */
export function copyRanges(
  command: Command,
  ranges: SourceRanges,
  total: number,
  format: number,
  surroundings: CopySurroundings,
): number {
  const opened = surroundings.behavior === 'qemu' ? openZone(command) : StatusCode.SUCCESS;
  const status =
    opened !== StatusCode.SUCCESS
      ? opened
      : surroundings.behavior === 'spec'
        ? refuseAll(command, ranges, total, format, surroundings)
        : refuseTotal(command, total);
  if (status !== StatusCode.SUCCESS) {
    command.status = status;
    command.rangeCount = 0;
    return 0;
  }
  let copied = 0;
  for (let index = 0; index < command.rangeCount; index += 1) {
    const source = sourceOf(command, ranges, index, surroundings);
    const refusal =
      typeof source === 'number'
        ? source
        : copyRange(command, ranges, index, source, { copied, total, format });
    if (refusal !== StatusCode.SUCCESS) {
      command.status = refusal;
      command.dw0 = index;
      command.rangeCount = index;
      return copied;
    }
    copied += ranges.blocks[index] ?? 0;
  }
  return copied;
}

/** QEMU opens the zone of the destination first of all, and it stays open whatever follows. */
function openZone({ lba, namespace }: Command): StatusCode {
  const { zones } = namespace;
  if (zones === null) return StatusCode.SUCCESS;
  return lba < namespace.blocks ? zones.open(lba) : StatusCode.LBA_RANGE;
}

/** How far a Copy is when a range has its turn. */
interface Progress {
  readonly copied: number;
  readonly total: number;
  readonly format: number;
}

function refuseTotal(command: Command, total: number): StatusCode {
  const tooLong = total > command.namespace.config.mcl;
  return tooLong ? StatusCode.CMD_SIZE_LIMIT_EXCEEDED : StatusCode.SUCCESS;
}

/** The namespace of a source, or why there is none, as QEMU says it. */
function sourceOf(
  command: Command,
  ranges: SourceRanges,
  index: number,
  { namespaces }: CopySurroundings,
): Namespace | StatusCode {
  const nsid = ranges.nsid[index] ?? 0;
  if (nsid === command.namespace.nsid) return command.namespace;
  const valid = nsid >= 1 && nsid !== ALL_NAMESPACES && nsid <= QEMU_NSID_MAX;
  return namespaces[nsid - 1] ?? (valid ? StatusCode.INVALID_FIELD : StatusCode.INVALID_NS);
}

function copyRange(
  command: Command,
  ranges: SourceRanges,
  index: number,
  source: Namespace,
  progress: Progress,
): StatusCode {
  const { namespace } = command;
  const destination = command.lba + progress.copied;
  const refusal = refuseRange(command, ranges, index, source, progress);
  if (refusal !== StatusCode.SUCCESS) return refusal;
  const lba = ranges.lba[index] ?? 0;
  const blocks = ranges.blocks[index] ?? 0;
  const zone = namespace.zones?.checkWrite(destination, blocks) ?? StatusCode.SUCCESS;
  if (zone !== StatusCode.SUCCESS) return zone;
  const tags = copyTags(command, ranges, index, source, progress.copied);
  if (tags !== StatusCode.SUCCESS) return tags;
  const opened = namespace.zones?.write(destination, blocks) ?? StatusCode.SUCCESS;
  if (opened !== StatusCode.SUCCESS) return opened;
  ranges.positionBytes[index] = source.baseBytes + lba * source.lbaBytes;
  if (namespace.contentBytes === 0) return StatusCode.SUCCESS;
  if (source === namespace) namespace.store.copy(lba, destination, blocks);
  else copyBetween(source, lba, namespace, destination, blocks);
  return StatusCode.SUCCESS;
}

/**
 * One range, as its turn comes, in QEMU's order: overlap, formats that fit, MSSRL, source bounds,
 * deallocated blocks, zones that are read, destination bounds.
 */
function refuseRange(
  command: Command,
  ranges: SourceRanges,
  index: number,
  source: Namespace,
  { copied, total, format }: Progress,
): StatusCode {
  const { namespace } = command;
  const destination = command.lba + copied;
  const blocks = ranges.blocks[index] ?? 0;
  const lba = ranges.lba[index] ?? 0;
  const end = lba + blocks;
  // QEMU's own test, which misses some overlaps and finds others that are none: the destination
  // moves on from range to range, and the total stays.
  const overlaps = source === namespace && end > destination && end < destination + total;
  if (namesSource(format) && overlaps) return StatusCode.OVERLAPPING_IO_RANGE;
  const unfit = incompatible(command, source);
  if (unfit !== StatusCode.SUCCESS) return unfit;
  if (blocks > source.config.mssrl) return StatusCode.CMD_SIZE_LIMIT_EXCEEDED;
  if (!source.contains(lba, blocks)) return StatusCode.LBA_RANGE;
  if (source.deallocatedIsError && source.store.firstUnwritten(lba, blocks) !== -1) {
    return StatusCode.UNWRITTEN_BLOCK;
  }
  const zone = source.zones?.checkRead(lba, blocks) ?? StatusCode.SUCCESS;
  if (zone !== StatusCode.SUCCESS) return zone;
  return namespace.contains(destination, blocks) ? StatusCode.SUCCESS : StatusCode.LBA_RANGE;
}

/** Between the stores of two namespaces, whose logical blocks are equal. */
function copyBetween(
  source: Namespace,
  sourceLba: number,
  destination: Namespace,
  destinationLba: number,
  blocks: number,
): void {
  const content = new Uint8Array(blocks * source.contentBytes);
  source.store.read(sourceLba, blocks, content, 0);
  destination.store.write(destinationLba, blocks, content, 0);
}
