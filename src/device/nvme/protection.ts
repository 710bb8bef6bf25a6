/**
 * Protection information of a namespace (NVM command set §5.2): for each logical block an
 * application tag and a reference tag, as metadata of its own. What a host writes gets the tags
 * that Linux has the controller insert (PRACT, nvme_setup_rw): 0, and the low bits of the LBA;
 * other tags come by Copy alone, and are kept only where they differ. A block that nobody wrote has
 * all ones, which switches its checks off.
 *
 * Left out: the guard (content and its guard move together here, so it always fits), storage tags,
 * metadata beside protection information.
 */

import type { BackingStore } from '../store/store.ts';
import { StatusCode } from './status-code.ts';

/** Type 1: the reference tag is the LBA; 2: what the command says; 3: there is none to check. */
export type ProtectionType = 1 | 2 | 3;
export type GuardBits = 16 | 32 | 64;

/** PRINFOR and PRINFOW: what is done and checked. */
export const PRACT = 8;
export const CHECK_APPLICATION_TAG = 2;
export const CHECK_REFERENCE_TAG = 1;

/** An application tag of all ones: the block is not checked. */
const UNCHECKED = 0xffff;

interface Tags {
  readonly reference: number;
  readonly application: number;
}

/** What a command says of the tags of a range: those of its first block. */
export interface ExpectedTags extends Tags {
  readonly applicationMask: number;
}

export class Protection {
  readonly type: ProtectionType;
  readonly guardBits: GuardBits;
  private readonly store: BackingStore;
  private readonly tags = new Map<number, Tags>();
  /** Reference tags count modulo this. */
  private readonly tagsEnd: number;

  constructor(type: ProtectionType, guardBits: GuardBits, store: BackingStore) {
    this.type = type;
    this.guardBits = guardBits;
    this.store = store;
    this.tagsEnd = guardBits === 16 ? 0x1_0000_0000 : 0x1_0000_0000_0000;
  }

  /** A host has written these blocks, or deallocated them. */
  renew(lba: number, blocks: number): void {
    if (this.tags.size === 0) return;
    for (let at = lba; at < lba + blocks; at += 1) this.tags.delete(at);
  }

  /** A command of type 1 must expect the LBA, and one of type 3 nothing. */
  refuseExpected(prinfo: number, lba: number, reference: number): StatusCode {
    if ((prinfo & CHECK_REFERENCE_TAG) === 0 || this.type === 2) return StatusCode.SUCCESS;
    const right = this.type === 1 && lba % this.tagsEnd === reference;
    return right ? StatusCode.SUCCESS : StatusCode.INVALID_PROTECTION_INFO;
  }

  /** Holds the tags of a range against those expected. */
  check(lba: number, blocks: number, prinfo: number, expected: ExpectedTags): StatusCode {
    for (let block = 0; block < blocks; block += 1) {
      const status = this.checkBlock(this.at(lba + block), block, prinfo, expected);
      if (status !== StatusCode.SUCCESS) return status;
    }
    return StatusCode.SUCCESS;
  }

  /** What a host that reads without saying anything of tags meets: as Linux checks. */
  checkRead(lba: number, blocks: number): StatusCode {
    if (this.tags.size === 0 || this.type === 3) return StatusCode.SUCCESS;
    const expected = { reference: lba % this.tagsEnd, application: 0, applicationMask: 0 };
    return this.check(lba, blocks, CHECK_REFERENCE_TAG, expected);
  }

  /** The tags of a range go with it, after `check`s of the write that carries them. */
  carry(
    from: Protection,
    sourceLba: number,
    lba: number,
    blocks: number,
    prinfo: number,
    expected: ExpectedTags,
  ): StatusCode {
    const carried = Array.from({ length: blocks }, (_, block) => from.at(sourceLba + block));
    for (const [block, tags] of carried.entries()) {
      const status = this.checkBlock(tags, block, prinfo, expected);
      if (status !== StatusCode.SUCCESS) return status;
    }
    for (const [block, tags] of carried.entries()) this.put(lba + block, tags);
    return StatusCode.SUCCESS;
  }

  /** PRACT: the tags of the command, the reference tag counting up but for type 3. */
  insert(lba: number, blocks: number, { reference, application }: Tags): void {
    for (let block = 0; block < blocks; block += 1) {
      const step = this.type === 3 ? 0 : block;
      this.put(lba + block, { reference: (reference + step) % this.tagsEnd, application });
    }
  }

  private checkBlock(
    tags: Tags,
    block: number,
    prinfo: number,
    { reference, application, applicationMask }: ExpectedTags,
  ): StatusCode {
    if (tags.application === UNCHECKED) return StatusCode.SUCCESS;
    const applies = (prinfo & CHECK_APPLICATION_TAG) !== 0;
    if (applies && ((tags.application ^ application) & applicationMask) !== 0) {
      return StatusCode.APPLICATION_TAG_CHECK;
    }
    const wanted = (reference + (this.type === 3 ? 0 : block)) % this.tagsEnd;
    const differs = (prinfo & CHECK_REFERENCE_TAG) !== 0 && tags.reference !== wanted;
    return differs ? StatusCode.REFERENCE_TAG_CHECK : StatusCode.SUCCESS;
  }

  private at(lba: number): Tags {
    if (!this.store.isWritten(lba)) return { reference: this.tagsEnd - 1, application: UNCHECKED };
    return this.tags.get(lba) ?? this.asWritten(lba);
  }

  private put(lba: number, tags: Tags): void {
    const usual = this.asWritten(lba);
    const same = usual.reference === tags.reference && usual.application === tags.application;
    if (same) this.tags.delete(lba);
    else this.tags.set(lba, tags);
  }

  private asWritten(lba: number): Tags {
    return { reference: lba % this.tagsEnd, application: 0 };
  }
}
