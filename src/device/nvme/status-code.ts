/**
 * Status codes of completion entries (NVMe base specification 2.0 §3.3.3.2.1, NVM command set
 * §3.2.5), as one number: status code type × 256 + status code. 87h alone is ambiguous: it is
 * Overlapping I/O Range under type 1 and Deallocated or Unwritten Logical Block under type 2.
 */

import { Status } from '../../workload/status.ts';

export const StatusCode = {
  SUCCESS: 0x000,
  INVALID_OPCODE: 0x001,
  INVALID_FIELD: 0x002,
  DATA_TRANSFER_ERROR: 0x004,
  ABORT_REQUESTED: 0x007,
  INVALID_NS: 0x00b,
  SGL_DATA_LENGTH_INVALID: 0x00f,
  SGL_TYPE_INVALID: 0x011,
  PRP_OFFSET_INVALID: 0x013,
  LBA_RANGE: 0x080,
  CQ_INVALID: 0x100,
  QID_INVALID: 0x101,
  QUEUE_SIZE_INVALID: 0x102,
  INVALID_VECTOR: 0x108,
  INVALID_QUEUE_DELETION: 0x10c,
  FEATURE_NOT_SAVEABLE: 0x10d,
  INVALID_FORMAT: 0x10a,
  INVALID_PROTECTION_INFO: 0x181,
  CMD_SIZE_LIMIT_EXCEEDED: 0x183,
  INCOMPATIBLE_NAMESPACE: 0x185,
  FAST_COPY_NOT_POSSIBLE: 0x186,
  OVERLAPPING_IO_RANGE: 0x187,
  NAMESPACE_NOT_REACHABLE: 0x188,
  INSUFFICIENT_RESOURCES: 0x189,
  APPLICATION_TAG_CHECK: 0x283,
  REFERENCE_TAG_CHECK: 0x284,
  ZONE_BOUNDARY_ERROR: 0x1b8,
  ZONE_FULL: 0x1b9,
  ZONE_READ_ONLY: 0x1ba,
  ZONE_OFFLINE: 0x1bb,
  ZONE_INVALID_WRITE: 0x1bc,
  TOO_MANY_ACTIVE_ZONES: 0x1bd,
  TOO_MANY_OPEN_ZONES: 0x1be,
  INVALID_ZONE_STATE_TRANSITION: 0x1bf,
  UNWRITTEN_BLOCK: 0x287,
} as const;

export type StatusCode = (typeof StatusCode)[keyof typeof StatusCode];

const SCT_MEDIA = 2;

export function statusCodeType(code: StatusCode): number {
  return code >> 8;
}

export function statusCodeName(sct: number, sc: number): string {
  const value = sct * 256 + sc;
  for (const [name, code] of Object.entries(StatusCode)) if (code === value) return name;
  return `SCT_${sct}_SC_${sc.toString(16)}h`;
}

/**
 * Do Not Retry: whatever would fail again the same way; media errors and aborts may be tried again.
 */
export const doNotRetry = (code: StatusCode): boolean => {
  if (code === StatusCode.SUCCESS || code === StatusCode.ABORT_REQUESTED) return false;
  if (code === StatusCode.DATA_TRANSFER_ERROR || isZoneState(code)) return false;
  return statusCodeType(code) !== SCT_MEDIA;
};

/** What another command can change: QEMU lets it be tried again, but for lacking resources. */
function isZoneState(code: StatusCode): boolean {
  const resources = [StatusCode.TOO_MANY_ACTIVE_ZONES, StatusCode.TOO_MANY_OPEN_ZONES];
  if (resources.some((one) => one === code)) return false;
  return code >= StatusCode.ZONE_BOUNDARY_ERROR && code <= StatusCode.INVALID_ZONE_STATE_TRANSITION;
}

/**
 * nvme_error_status() of drivers/nvme/host/core.c, for the 11 bits of type and code. What is not
 * listed there is BLK_STS_IOERR: Command Size Limit Exceeded too.
 */
export const blockStatus = (code: number): Status => {
  switch (code) {
    case StatusCode.SUCCESS:
      return Status.OK;
    case StatusCode.INVALID_OPCODE:
    case StatusCode.INVALID_FIELD:
    case StatusCode.INVALID_NS:
      return Status.NOTSUPP;
    case StatusCode.LBA_RANGE:
      return Status.TARGET;
    case StatusCode.UNWRITTEN_BLOCK:
      return Status.MEDIUM;
    case StatusCode.INVALID_PROTECTION_INFO:
    case StatusCode.APPLICATION_TAG_CHECK:
    case StatusCode.REFERENCE_TAG_CHECK:
      return Status.PROTECTION;
    default:
      return Status.IOERR;
  }
};
