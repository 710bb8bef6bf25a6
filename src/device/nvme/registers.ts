/**
 * Controller registers, memory based (NVMe base specification 2.0 §3.1.3), as far as a host needs
 * them to bring a controller up. Left out: interrupt masks, CMB, PMR, boot partitions, shutdown.
 */

export const Register = {
  /** 64 bits. */
  CAP: 0x00,
  VS: 0x08,
  CC: 0x14,
  CSTS: 0x1c,
  AQA: 0x24,
  /** 64 bits. */
  ASQ: 0x28,
  /** 64 bits. */
  ACQ: 0x30,
  /** Doorbells: submission tail, completion head of queue 0, then of queue 1 … (CAP.DSTRD = 0). */
  DOORBELLS: 0x1000,
} as const;

/** Version 2.0. */
export const VERSION = 0x0002_0000;
export const CC_ENABLE = 1;
/** CC.IOSQES = 6 (64 B) and CC.IOCQES = 4 (16 B). */
export const CC_ENTRY_SIZES = (6 << 16) | (4 << 20);
export const CSTS_READY = 1;

/** CAP, low word: MQES (0-based), CQR, TO in 500 ms. */
export function capabilitiesLow(entries: number): number {
  return (entries - 1) | (1 << 16) | (2 << 24);
}

/** CAP, high word: CSS has the NVM command set; DSTRD, MPSMIN, MPSMAX are 0 (4 B, 4 KiB, 4 KiB). */
export const CAPABILITIES_HIGH = 1 << 5;

export function maxQueueEntries(capLow: number): number {
  return (capLow & 0xffff) + 1;
}

/** AQA: entries of the admin queues, 0-based. */
export function adminQueueAttributes(entries: number): number {
  return (entries - 1) | ((entries - 1) << 16);
}

export function adminSubmissionEntries(aqa: number): number {
  return (aqa & 0xfff) + 1;
}

export function adminCompletionEntries(aqa: number): number {
  return ((aqa >>> 16) & 0xfff) + 1;
}

export function submissionDoorbell(queue: number): number {
  return Register.DOORBELLS + queue * 8;
}

export function completionDoorbell(queue: number): number {
  return Register.DOORBELLS + queue * 8 + 4;
}
