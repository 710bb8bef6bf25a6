/**
 * What Copy refuses by what the command itself tells (NVM command set §3.2.2): formats, limits,
 * namespaces that do not go together, bounds, overlap. All of it before a byte has moved.
 */

import type { Command } from './command.ts';
import type { CopySurroundings } from './copy-command.ts';
import { descriptorFormat, prinfoRead, prinfoWrite } from './encode.ts';
import type { Namespace } from './namespace.ts';
import { PRACT } from './protection.ts';
import { isLong, namesSource, type SourceRanges } from './source-range.ts';
import { StatusCode } from './status-code.ts';

const FORMATS = 4;
const ALL_NAMESPACES = 0xffff_ffff;

/** A format that is there and enabled, and has room for the tags of the destination. */
export function refuseFormat(command: Command, surroundings: CopySurroundings): StatusCode {
  const { behavior, enabledFormats, formats } = surroundings;
  const format = descriptorFormat(command.cdw12);
  const bit = 1 << format;
  if (format >= FORMATS || (formats & bit) === 0) return StatusCode.INVALID_FIELD;
  if (namesSource(format) && (enabledFormats & bit) === 0) return StatusCode.INVALID_FIELD;
  const guardBits = command.namespace.protection?.guardBits ?? 16;
  if (isLong(format) === guardBits > 16) return StatusCode.SUCCESS;
  return behavior === 'spec' ? StatusCode.INVALID_NS : StatusCode.INVALID_FORMAT;
}

export function refuseAll(
  command: Command,
  ranges: SourceRanges,
  total: number,
  format: number,
  surroundings: CopySurroundings,
): StatusCode {
  const { namespace } = command;
  let statuses: StatusCode = StatusCode.SUCCESS;
  for (const check of CHECKS) {
    for (let index = 0; index < command.rangeCount; index += 1) {
      statuses = check(command, ranges, index, surroundings);
      if (statuses !== StatusCode.SUCCESS) return statuses;
    }
    if (check === refuseLength && total > namespace.config.mcl) {
      return StatusCode.CMD_SIZE_LIMIT_EXCEEDED;
    }
  }
  if (!namespace.contains(command.lba, total)) return StatusCode.LBA_RANGE;
  return namesSource(format) ? refuseOverlap(command, ranges, total) : StatusCode.SUCCESS;
}

type Check = (
  command: Command,
  ranges: SourceRanges,
  index: number,
  surroundings: CopySurroundings,
) => StatusCode;

/** Each of all ranges, before the next. */
const CHECKS: readonly Check[] = [refuseSource, refuseLength, refuseBounds, refuseFast];

function refuseSource(
  command: Command,
  ranges: SourceRanges,
  index: number,
  { namespaces }: CopySurroundings,
): StatusCode {
  const nsid = ranges.nsid[index] ?? 0;
  if (nsid === 0 || nsid === ALL_NAMESPACES) return StatusCode.INVALID_NS;
  const source = namespaces[nsid - 1];
  if (source === undefined) return StatusCode.INVALID_FIELD;
  if (source.config.copyGroup !== command.namespace.config.copyGroup) {
    return StatusCode.NAMESPACE_NOT_REACHABLE;
  }
  return incompatible(command, source);
}

/**
 * Source and destination must have logical blocks of one size, and protection information that
 * goes over: inserted or stripped where one has none, both or neither where both have it.
 */
export function incompatible(command: Command, source: Namespace): StatusCode {
  const { namespace } = command;
  const [from, to] = [source.protection, namespace.protection];
  const reads = (prinfoRead(command.cdw12) & PRACT) !== 0;
  const writes = (prinfoWrite(command.cdw12) & PRACT) !== 0;
  if (from !== null && to !== null && reads !== writes) return StatusCode.INVALID_FIELD;
  if (source === namespace) return StatusCode.SUCCESS;
  const fits =
    source.lbaBytes === namespace.lbaBytes &&
    (from === null || to === null || (from.type === to.type && from.guardBits === to.guardBits)) &&
    (from === null || to !== null || reads) &&
    (to === null || from !== null || writes);
  return fits ? StatusCode.SUCCESS : StatusCode.INCOMPATIBLE_NAMESPACE;
}

function refuseLength(
  command: Command,
  ranges: SourceRanges,
  index: number,
  { namespaces }: CopySurroundings,
): StatusCode {
  const source = namespaces[(ranges.nsid[index] ?? 0) - 1] ?? command.namespace;
  const tooLong = (ranges.blocks[index] ?? 0) > source.config.mssrl;
  return tooLong ? StatusCode.CMD_SIZE_LIMIT_EXCEEDED : StatusCode.SUCCESS;
}

function refuseBounds(
  command: Command,
  ranges: SourceRanges,
  index: number,
  { namespaces }: CopySurroundings,
): StatusCode {
  const source = namespaces[(ranges.nsid[index] ?? 0) - 1] ?? command.namespace;
  const inside = source.contains(ranges.lba[index] ?? 0, ranges.blocks[index] ?? 0);
  return inside ? StatusCode.SUCCESS : StatusCode.LBA_RANGE;
}

function refuseFast(
  _: Command,
  ranges: SourceRanges,
  index: number,
  { fastCopy }: CopySurroundings,
): StatusCode {
  const refused = ranges.fast[index] === 1 && !fastCopy;
  return refused ? StatusCode.FAST_COPY_NOT_POSSIBLE : StatusCode.SUCCESS;
}

/** No source of the destination's own namespace may lie in the destination. */
function refuseOverlap(command: Command, ranges: SourceRanges, total: number): StatusCode {
  const { lba: first, namespace } = command;
  for (let index = 0; index < command.rangeCount; index += 1) {
    if (ranges.nsid[index] !== namespace.nsid) continue;
    const lba = ranges.lba[index] ?? 0;
    const blocks = ranges.blocks[index] ?? 0;
    if (lba < first + total && first < lba + blocks) return StatusCode.OVERLAPPING_IO_RANGE;
  }
  return StatusCode.SUCCESS;
}
