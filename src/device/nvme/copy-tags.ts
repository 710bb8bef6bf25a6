/**
 * What a Copy does with protection information, range by range: the tags of the source are checked
 * as PRINFOR asks, then stripped or carried, and those of the destination checked or inserted as
 * PRINFOW asks (NVM command set §5.2.1.4).
 */

import type { Command } from './command.ts';
import { prinfoRead, prinfoWrite } from './encode.ts';
import type { Namespace } from './namespace.ts';
import { PRACT, type ExpectedTags } from './protection.ts';
import type { SourceRanges } from './source-range.ts';
import { StatusCode } from './status-code.ts';

/** Of range `index`, whose destination begins `copied` blocks behind the command's. */
export function copyTags(
  command: Command,
  ranges: SourceRanges,
  index: number,
  source: Namespace,
  copied: number,
): StatusCode {
  const status = readTags(command, ranges, index, source);
  if (status !== StatusCode.SUCCESS) return status;
  return writeTags(command, ranges, index, source, copied);
}

function readTags(
  { cdw12 }: Command,
  ranges: SourceRanges,
  index: number,
  { protection }: Namespace,
): StatusCode {
  if (protection === null) return StatusCode.SUCCESS;
  const prinfo = prinfoRead(cdw12);
  const lba = ranges.lba[index] ?? 0;
  const expected: ExpectedTags = {
    reference: ranges.referenceTag[index] ?? 0,
    application: ranges.applicationTag[index] ?? 0,
    applicationMask: ranges.applicationTagMask[index] ?? 0,
  };
  const refusal = protection.refuseExpected(prinfo, lba, expected.reference);
  if (refusal !== StatusCode.SUCCESS) return refusal;
  return protection.check(lba, ranges.blocks[index] ?? 0, prinfo, expected);
}

function writeTags(
  command: Command,
  ranges: SourceRanges,
  index: number,
  source: Namespace,
  copied: number,
): StatusCode {
  const { protection } = command.namespace;
  if (protection === null) return StatusCode.SUCCESS;
  const prinfo = prinfoWrite(command.cdw12);
  const lba = command.lba + copied;
  const blocks = ranges.blocks[index] ?? 0;
  const expected: ExpectedTags = {
    reference: (command.cdw14 >>> 0) + (protection.type === 3 ? 0 : copied),
    application: command.cdw15 & 0xffff,
    applicationMask: command.cdw15 >>> 16,
  };
  if ((prinfo & PRACT) === 0 && source.protection !== null) {
    const from = source.protection;
    return protection.carry(from, ranges.lba[index] ?? 0, lba, blocks, prinfo, expected);
  }
  const refusal = protection.refuseExpected(prinfo, lba, expected.reference);
  if (refusal !== StatusCode.SUCCESS) return refusal;
  protection.insert(lba, blocks, expected);
  return StatusCode.SUCCESS;
}
