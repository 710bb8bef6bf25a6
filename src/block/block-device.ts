/**
 * A block device: bottom (null_blk, an NVMe namespace) or mapped. It says what it can by its limits
 * alone.
 */

import type { Bytes, Sectors } from '../units/quantity.ts';
import type { Bio } from './bio.ts';
import type { Limits } from './limits.ts';
import type { Plug } from './plug.ts';

export interface BlockDevice {
  readonly name: string;
  readonly capacitySectors: Sectors;
  readonly limits: Limits;
  /** Takes the bio over until `bioEnded`. What it costs the submitter is charged to the plug. */
  submitBio(bio: Bio, plug: Plug): void;
}

/** What of a device's doings is metered; what is not stays empty in the record. */
export interface Meters {
  readonly pcie: boolean;
  readonly fabric: boolean;
  readonly media: boolean;
}

/**
 * A device's content, for the laying out before and the check after a job: outside modelled time,
 * by whoever checks, never by the I/O path. Units are those of the world's ContentFormat.
 */
export interface ContentAccess {
  readonly unitBytes: Bytes;
  /** False for `data=none`. */
  readonly keepsContent: boolean;
  /**
   * Gives each logical block of the range that nobody wrote a content that names device and block.
   */
  layOut(firstUnit: number, units: number): void;
  /** A number per unit that tells its content; into[at …]. */
  fingerprints(firstUnit: number, units: number, into: Float64Array, at: number): void;
}
