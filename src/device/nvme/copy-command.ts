/**
 * Copy (NVM command set §3.2.2) with source range descriptors of format 0: its checks, and the
 * moving of content inside the store. Two orders of checks: the specification's, where all that the
 * command itself tells is checked before a byte moves (dword 0 is then 0: nothing was copied), and
 * that of QEMU 10 (hw/nvme/ctrl.c nvme_copy), range by range, the ranges before the refused one
 * copied and dword 0 its index. Ranges are taken one after the other, so a later one sees what an
 * earlier one wrote.
 *
 * Left out: formats 1 to 4 (OCFS says so: Invalid Field), protection information, zones, fast copy.
 */

import { type Command, SourceRanges } from './command.ts';
import {
  descriptorFormat,
  rangeCount,
  SOURCE_RANGE_BYTES,
  sourceRangeBlocks,
  sourceRangeLba,
} from './encode.ts';
import { StatusCode } from './status-code.ts';

/** What the command entry tells alone: format and number of ranges. */
export function refuseCopy(command: Command): StatusCode {
  if (descriptorFormat(command.cdw12) !== 0) return StatusCode.INVALID_FIELD;
  if (rangeCount(command.cdw12) > command.namespace.config.msrc + 1) {
    return StatusCode.CMD_SIZE_LIMIT_EXCEEDED;
  }
  return StatusCode.SUCCESS;
}

/**
 * Takes the descriptors over: `command.ranges` and `command.rangeCount`; returns the blocks in all.
 */
export function decodeRanges(command: Command, words: Uint32Array): number {
  command.ranges ??= new SourceRanges();
  const { lba, blocks } = command.ranges;
  const count = rangeCount(command.cdw12);
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    const at = index * (SOURCE_RANGE_BYTES / 4);
    const length = sourceRangeBlocks(words, at);
    lba[index] = sourceRangeLba(words, at);
    blocks[index] = length;
    total += length;
  }
  command.rangeCount = count;
  return total;
}

/**
 * Copies range by range up to the first that is refused: status and dword 0 say which, and
 * `command.rangeCount` becomes the number of those copied. Returns the blocks copied.
 */
export function copyRanges(command: Command, total: number, behavior: 'spec' | 'qemu'): number {
  const status = behavior === 'spec' ? refuseAll(command, total) : refuseTotal(command, total);
  if (status !== StatusCode.SUCCESS) {
    command.status = status;
    command.rangeCount = 0;
    return 0;
  }
  const { store, contentBytes } = command.namespace;
  let copied = 0;
  for (let index = 0; index < command.rangeCount; index += 1) {
    const refusal = refuseRange(command, index, command.lba + copied);
    if (refusal !== StatusCode.SUCCESS) {
      command.status = refusal;
      command.dw0 = index;
      command.rangeCount = index;
      return copied;
    }
    const blocks = command.ranges?.blocks[index] ?? 0;
    const source = command.ranges?.lba[index] ?? 0;
    if (contentBytes !== 0) store.copy(source, command.lba + copied, blocks);
    copied += blocks;
  }
  return copied;
}

function refuseTotal(command: Command, total: number): StatusCode {
  const tooLong = total > command.namespace.config.mcl;
  return tooLong ? StatusCode.CMD_SIZE_LIMIT_EXCEEDED : StatusCode.SUCCESS;
}

/** The specification: limits first, then bounds, of all ranges. */
function refuseAll(command: Command, total: number): StatusCode {
  const namespace = command.namespace;
  for (let index = 0; index < command.rangeCount; index += 1) {
    const blocks = command.ranges?.blocks[index] ?? 0;
    if (blocks > namespace.config.mssrl) return StatusCode.CMD_SIZE_LIMIT_EXCEEDED;
  }
  if (total > namespace.config.mcl) return StatusCode.CMD_SIZE_LIMIT_EXCEEDED;
  if (!namespace.contains(command.lba, total)) return StatusCode.LBA_RANGE;
  for (let index = 0; index < command.rangeCount; index += 1) {
    const blocks = command.ranges?.blocks[index] ?? 0;
    const source = command.ranges?.lba[index] ?? 0;
    if (!namespace.contains(source, blocks)) return StatusCode.LBA_RANGE;
  }
  return StatusCode.SUCCESS;
}

/** One range, as its turn comes: MSSRL, source bounds, deallocated blocks, destination bounds. */
function refuseRange(command: Command, index: number, destination: number): StatusCode {
  const namespace = command.namespace;
  const blocks = command.ranges?.blocks[index] ?? 0;
  const source = command.ranges?.lba[index] ?? 0;
  if (blocks > namespace.config.mssrl) return StatusCode.CMD_SIZE_LIMIT_EXCEEDED;
  if (!namespace.contains(source, blocks)) return StatusCode.LBA_RANGE;
  if (namespace.deallocatedIsError && namespace.store.firstUnwritten(source, blocks) !== -1) {
    return StatusCode.UNWRITTEN_BLOCK;
  }
  if (!namespace.contains(destination, blocks)) return StatusCode.LBA_RANGE;
  return StatusCode.SUCCESS;
}
