/**
 * The Copy commands of a controller: which are taken, how many are under way, and the moving of
 * their content. Their time is the business of io-commands.ts.
 */

import type { Bytes } from '../../units/quantity.ts';
import type { Command } from './command.ts';
import type { NvmeConfig } from './config.ts';
import { type CopySurroundings, copyRanges, decodeRanges, refuseCopy } from './copy-command.ts';
import { descriptorFormat, rangeCount } from './encode.ts';
import type { Namespace } from './namespace.ts';
import { descriptorBytes, SourceRanges } from './source-range.ts';
import { StatusCode } from './status-code.ts';

export class CopyCommands {
  readonly surroundings: CopySurroundings;
  /** ONCS: some namespace has copy limits above 0. */
  private readonly known: boolean;
  private readonly most: number;
  private underWay = 0;

  constructor(config: NvmeConfig, namespaces: readonly Namespace[]) {
    this.known = namespaces.some((namespace) => namespace.copies);
    this.most = config.copyCommands;
    this.surroundings = {
      behavior: config.behavior,
      formats: config.copyFormats,
      enabledFormats: 0,
      fastCopy: config.fastCopy,
      namespaces,
    };
  }

  /** Takes the command, by its entry alone; or says why not. */
  admit(command: Command): StatusCode {
    if (!this.known) return StatusCode.INVALID_OPCODE;
    const status = refuseCopy(command, this.surroundings);
    if (status !== StatusCode.SUCCESS) return status;
    if (this.underWay >= this.most) return StatusCode.INSUFFICIENT_RESOURCES;
    this.underWay += 1;
    command.copies = true;
    return StatusCode.SUCCESS;
  }

  /** Its descriptors have arrived: moves the content. Returns the bytes copied. */
  execute(command: Command, words: Uint32Array): Bytes {
    const format = descriptorFormat(command.cdw12);
    command.ranges ??= new SourceRanges();
    const total = decodeRanges(command, command.ranges, words, format);
    const copied = copyRanges(command, command.ranges, total, format, this.surroundings);
    return copied * command.namespace.lbaBytes;
  }

  /** A command that was taken has ended. */
  ended(command: Command): void {
    command.copies = false;
    this.underWay -= 1;
  }
}

/** Length of its descriptors, as its entry says. */
export function rangeListBytes({ cdw12 }: Command): Bytes {
  return rangeCount(cdw12) * descriptorBytes(descriptorFormat(cdw12));
}
