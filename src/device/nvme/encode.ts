/**
 * The bytes on both sides of a queue, as 32-bit little-endian words: submission entries of 64 B,
 * completion entries of 16 B (NVMe base specification 2.0 §3.3.3) and Dataset Management ranges of
 * 16 B; descriptors of Copy stand in source-range.ts. Fields that the specification counts from 0
 * are 0-based in these files and in identify.ts only.
 *
 * A 64-bit field is read as a double: exact to 2^53, and beyond that larger than any namespace.
 */

export const AdminOpcode = {
  DELETE_IO_SQ: 0x00,
  CREATE_IO_SQ: 0x01,
  DELETE_IO_CQ: 0x04,
  CREATE_IO_CQ: 0x05,
  IDENTIFY: 0x06,
  ABORT: 0x08,
  SET_FEATURES: 0x09,
  GET_FEATURES: 0x0a,
} as const;

export const IoOpcode = {
  FLUSH: 0x00,
  WRITE: 0x01,
  READ: 0x02,
  WRITE_ZEROES: 0x08,
  DATASET_MANAGEMENT: 0x09,
  COPY: 0x19,
} as const;

export const Feature = {
  ARBITRATION: 0x01,
  ERROR_RECOVERY: 0x05,
  VOLATILE_WRITE_CACHE: 0x06,
  NUMBER_OF_QUEUES: 0x07,
  HOST_BEHAVIOR_SUPPORT: 0x16,
} as const;

export const SQE_BYTES = 64;
export const SQE_WORDS = 16;
export const CQE_BYTES = 16;
export const CQE_WORDS = 4;
export const DSM_RANGE_BYTES = 16;
export const PRP_BYTES = 8;
/** NR of Copy and of Dataset Management: 8 bits, 0-based. */
export const RANGES_MAX = 256;

/** Words of a submission entry. */
export const Word = {
  CDW0: 0,
  NSID: 1,
  DPTR: 6,
  CDW10: 10,
  CDW11: 11,
  CDW12: 12,
  CDW14: 14,
  CDW15: 15,
} as const;

/** CDW0: bits 15:14 PSDT. */
export const PSDT_SGL = 1 << 14;
export const PSDT_MASK = 3 << 14;
/** CDW12 of Read, Write, Write Zeroes, Copy. */
export const FUA = 1 << 30;
/** PRINFOR of Copy: bits 15:12 of CDW12. */
export const prinfoRead = (cdw12: number): number => (cdw12 >>> 12) & 0xf;
/** PRINFOW of Copy: bits 29:26 of CDW12. */
export const prinfoWrite = (cdw12: number): number => (cdw12 >>> 26) & 0xf;
/** CDW12 of Write Zeroes: deallocate. */
export const DEAC = 1 << 25;
/** CDW11 of Dataset Management: deallocate. */
export const ATTRIBUTE_DEALLOCATE = 1 << 2;
/** CDW11 of the feature Error Recovery. */
export const DULBE = 1 << 16;

const HIGH = 0x1_0000_0000;

export const word = (words: Uint32Array, index: number): number => {
  return words[index] ?? 0;
};

/** Two words as one number. */
export const quad = (words: Uint32Array, index: number): number => {
  return (words[index] ?? 0) + (words[index + 1] ?? 0) * HIGH;
};

export const putQuad = (words: Uint32Array, index: number, value: number): void => {
  words[index] = value;
  words[index + 1] = value / HIGH;
};

/** NLB of Read, Write, Write Zeroes: bits 15:00 of CDW12, 0-based. */
export const logicalBlocks = (cdw12: number): number => {
  return (cdw12 & 0xffff) + 1;
};

/** NR of Copy (CDW12) and Dataset Management (CDW10): bits 07:00, 0-based. */
export const rangeCount = (dword: number): number => {
  return (dword & 0xff) + 1;
};

/** DESFMT of Copy: bits 11:08 of CDW12. */
export function descriptorFormat(cdw12: number): number {
  return (cdw12 >>> 8) & 0xf;
}

/**
 * A command with what every command has; the words that some command uses are cleared, the rest of
 * the ring stays zero for good.
 */
export const putCommand = (
  words: Uint32Array,
  at: number,
  opcode: number,
  commandId: number,
  nsid: number,
): void => {
  words[at] = opcode | (commandId << 16);
  words[at + 1] = nsid;
  words[at + 6] = 0;
  words[at + 7] = 0;
  words[at + 8] = 0;
  words[at + 9] = 0;
  words[at + 10] = 0;
  words[at + 11] = 0;
  words[at + 12] = 0;
};

/** PRP1 and PRP2 of the data pointer. */
export const putPrps = (words: Uint32Array, at: number, prp1: number, prp2: number): void => {
  putQuad(words, at + Word.DPTR, prp1);
  putQuad(words, at + Word.DPTR + 2, prp2);
};

/** An SGL data block descriptor in the data pointer (base specification §4.3.2, type 0h). */
export function putSgl(words: Uint32Array, at: number, address: number, bytes: number): void {
  words[at] = (words[at] ?? 0) | PSDT_SGL;
  putQuad(words, at + Word.DPTR, address);
  words[at + Word.DPTR + 2] = bytes;
  words[at + Word.DPTR + 3] = 0;
}

/** SLBA and blocks of Read, Write and Write Zeroes; `flags` are the upper bits of CDW12. */
export const putBlocks = (
  words: Uint32Array,
  at: number,
  lba: number,
  blocks: number,
  flags: number,
): void => {
  putQuad(words, at + Word.CDW10, lba);
  words[at + Word.CDW12] = (blocks - 1) | flags;
};

/** SDLBA, ranges and descriptor format of a Copy; `flags` are the upper bits of CDW12. */
export function putCopy(
  words: Uint32Array,
  at: number,
  lba: number,
  ranges: number,
  flags: number,
  format = 0,
): void {
  putQuad(words, at + Word.CDW10, lba);
  words[at + Word.CDW12] = (ranges - 1) | (format << 8) | flags;
}

/** One Dataset Management range: context attributes, length (not 0-based), SLBA. */
export function putDsmRange(words: Uint32Array, at: number, lba: number, blocks: number): void {
  words[at] = 0;
  words[at + 1] = blocks;
  putQuad(words, at + 2, lba);
}

/** A completion entry; `status` is the number of status-code.ts. */
export const putCompletion = (
  words: Uint32Array,
  at: number,
  dw0: number,
  sqHead: number,
  sqId: number,
  commandId: number,
  status: number,
  doNotRetry: boolean,
  phase: number,
): void => {
  words[at] = dw0;
  words[at + 1] = 0;
  words[at + 2] = sqHead | (sqId << 16);
  words[at + 3] = commandId | (phase << 16) | (status << 17) | (doNotRetry ? 0x8000_0000 : 0);
};

export const completionPhase = (dw3: number): number => {
  return (dw3 >>> 16) & 1;
};

export const completionCommandId = (dw3: number): number => {
  return dw3 & 0xffff;
};

/** Status code type and status code: the number of status-code.ts. */
export const completionStatus = (dw3: number): number => {
  return (dw3 >>> 17) & 0x7ff;
};

export function completionDoNotRetry(dw3: number): boolean {
  return dw3 >>> 31 === 1;
}
