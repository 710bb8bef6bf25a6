/** The I/Os that a job replays, as data that crosses threads: of each list an entry an I/O. */

/** By the number that `direction` holds: those of workload/slots.ts. */
export const IOLOG_DIRECTIONS = ['read', 'write', 'copy', 'trim'] as const;

export interface IologPlan {
  readonly ios: number;
  readonly direction: Uint8Array;
  /** Among the job's files. */
  readonly file: Uint16Array;
  readonly offsetBytes: Float64Array;
  readonly lengthBytes: Float64Array;
  /** Of copies. */
  readonly destOffsetBytes: Float64Array;
  /** Not before this, from the start of the job. */
  readonly dueNs: Float64Array;
  /** What follows it: 0 nothing, 1 fsync, 2 fdatasync of its file. */
  readonly sync: Uint8Array;
}
