/** What can be known of a real file or block device before a run, for the checks of a job. */

import type { Bytes } from './quantity.ts';

export interface TargetFacts {
  /** `absent`: nothing is there, and its folder can take a file. */
  readonly kind: 'file' | 'block' | 'absent';
  /** Its length; 0 when absent. */
  readonly sizeBytes: Bytes;
  /** Without what coffer made room for and did not fill. */
  readonly contentBytes: Bytes;
  /** What O_DIRECT asks offsets and lengths to be multiples of. */
  readonly logicalBlockBytes: Bytes;
  /** `xfs`, `ext4`, `tmpfs`…; of a block device null. */
  readonly fileSystem: string | null;
  /** Why nobody can do I/O to it (a folder, a FIFO…), in a sentence; null: it will do. */
  readonly unusable: string | null;
  /** Why it cannot be read, or written, as it stands. */
  readonly unreadable: string | null;
  readonly unwritable: string | null;
  /** What uses it, so that writing needs allow_mounted_write=1; null: nothing. */
  readonly mounted: string | null;
  /** What writing would lose: overwrite=1 is needed; null: coffer made it, or it is empty. */
  readonly foreign: string | null;
  /** The same under every name of one file or device; null: nobody knows. */
  readonly identity: string | null;
}
