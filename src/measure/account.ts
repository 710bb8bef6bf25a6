/**
 * What an I/O cost beside its time. One account per job clone and direction, and one per device for
 * what no job caused; a bio carries the account that its costs go to, so the accounts sum to the
 * devices.
 */

import type { Bytes, Nanoseconds } from '../units/quantity.ts';

export class Account {
  hostCpuNs: Nanoseconds = -0;
  /** Host → device. */
  pcieTxBytes: Bytes = 0;
  /** Device → host. */
  pcieRxBytes: Bytes = 0;
  fabricTxBytes: Bytes = 0;
  fabricRxBytes: Bytes = 0;
  mediaReadBytes: Bytes = 0;
  mediaWriteBytes: Bytes = 0;
  /** Commands that reached a device. */
  commands = 0;
  /** Bios submitted to a block device, those made by a split not counted. */
  bios = 0;
  /** Cuts: a bio that becomes three was cut twice. */
  splits = 0;
  merges = 0;

  add(other: Account): void {
    this.hostCpuNs += other.hostCpuNs;
    this.pcieTxBytes += other.pcieTxBytes;
    this.pcieRxBytes += other.pcieRxBytes;
    this.fabricTxBytes += other.fabricTxBytes;
    this.fabricRxBytes += other.fabricRxBytes;
    this.mediaReadBytes += other.mediaReadBytes;
    this.mediaWriteBytes += other.mediaWriteBytes;
    this.commands += other.commands;
    this.bios += other.bios;
    this.splits += other.splits;
    this.merges += other.merges;
  }

  clear(): void {
    this.hostCpuNs = -0;
    this.pcieTxBytes = 0;
    this.pcieRxBytes = 0;
    this.fabricTxBytes = 0;
    this.fabricRxBytes = 0;
    this.mediaReadBytes = 0;
    this.mediaWriteBytes = 0;
    this.commands = 0;
    this.bios = 0;
    this.splits = 0;
    this.merges = 0;
  }
}
