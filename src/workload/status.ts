/**
 * The outcome of an I/O: a value, never thrown. The kernel's blk_status_t
 * (include/linux/blk_types.h), as far as the models give them; small integers, since one goes with
 * every bio.
 */

export const Status = {
  OK: 0,
  /** BLK_STS_NOTSUPP: the device cannot do this. */
  NOTSUPP: 1,
  /** BLK_STS_TIMEOUT: no answer within the request timeout. */
  TIMEOUT: 2,
  /** BLK_STS_NOSPC */
  NOSPC: 3,
  /**
   * BLK_STS_TARGET: the device refuses a command that it could do (bounds, limits, invalid field).
   */
  TARGET: 5,
  /** BLK_STS_MEDIUM: the medium has lost it. */
  MEDIUM: 7,
  /** BLK_STS_PROTECTION */
  PROTECTION: 8,
  /** BLK_STS_RESOURCE: the host is short of something; tried again. */
  RESOURCE: 9,
  /** BLK_STS_IOERR: anything else. */
  IOERR: 10,
  /** BLK_STS_DEV_RESOURCE: the device is short of something; tried again when it says so. */
  DEV_RESOURCE: 13,
  /** BLK_STS_INVAL: misaligned, empty or past the end: refused before anything was sent. */
  INVAL: 19,
} as const;

export type Status = (typeof Status)[keyof typeof Status];

interface StatusText {
  readonly name: string;
  readonly errno: string;
}

const TEXTS: Readonly<Record<Status, StatusText>> = {
  [Status.OK]: { name: 'OK', errno: '0' },
  [Status.NOTSUPP]: { name: 'NOTSUPP', errno: 'EOPNOTSUPP' },
  [Status.TIMEOUT]: { name: 'TIMEOUT', errno: 'ETIMEDOUT' },
  [Status.NOSPC]: { name: 'NOSPC', errno: 'ENOSPC' },
  [Status.TARGET]: { name: 'TARGET', errno: 'EREMOTEIO' },
  [Status.MEDIUM]: { name: 'MEDIUM', errno: 'ENODATA' },
  [Status.PROTECTION]: { name: 'PROTECTION', errno: 'EILSEQ' },
  [Status.RESOURCE]: { name: 'RESOURCE', errno: 'ENOMEM' },
  [Status.IOERR]: { name: 'IOERR', errno: 'EIO' },
  [Status.DEV_RESOURCE]: { name: 'DEV_RESOURCE', errno: 'EBUSY' },
  [Status.INVAL]: { name: 'INVAL', errno: 'EINVAL' },
};

/** The kernel's errno for a status, as blk_errors[] in block/blk-core.c maps them. */
export function errnoOf(status: Status): string {
  return TEXTS[status].errno;
}

/** The BLK_STS_ name without its prefix. */
export function statusName(status: Status): string {
  return TEXTS[status].name;
}
