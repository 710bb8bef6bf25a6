/** What a world holds of each simulated device, whatever its driver. */

import type { BlockDevice, ContentAccess, Meters } from '../block/block-device.ts';
import type { Account } from '../measure/account.ts';

export interface SimulatedDevice {
  readonly name: string;
  readonly blockDevice: BlockDevice;
  readonly content: ContentAccess;
  readonly meters: Meters;
  /** What the device itself counted: the jobs' accounts and `background` sum to it. */
  readonly totals: Account;
  /** What no job caused: set-up commands, padding. */
  readonly background: Account;
  /** The requests out at the device or waiting for it, for the message of a world that hangs. */
  describeWaiting(): string | null;
  /** Removes the backing file unless it was named. */
  close(): void;
}
