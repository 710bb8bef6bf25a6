/**
 * The write cache: data enters as far as there is room, in order of arrival, is gathered into
 * program units in that order, and each unit's room is free again when it is programmed. A flush,
 * and a write with FUA, closes the unit being gathered with padding and waits for all units closed
 * so far. Without a cache (or with it switched off) there is no bound on what is gathered, and each
 * write is such a one.
 *
 * Left out: overwrites of what is still cached (it is programmed twice), power-loss protection,
 * which would make a flush cheap, write streams, reads served from the cache.
 */

import type { Bytes } from '../../units/quantity.ts';
import type { Command } from './command.ts';
import type { Media } from './media.ts';

export interface WriteCacheClient {
  /** What the command asked of the cache has been done. */
  cached(command: Command): void;
  /** A unit was closed with so much padding, for this command. */
  padded(command: Command, bytes: Bytes): void;
}

export class WriteCache {
  /** Volatile Write Cache feature. */
  enabled: boolean;
  private readonly media: Media;
  private readonly client: WriteCacheClient;
  private readonly unitBytes: Bytes;
  private roomBytes: Bytes;
  /** In the unit being gathered. */
  private openBytes: Bytes = 0;
  /** Units are numbered from 1 as they are closed, and programmed in that order. */
  private closed = 0;
  private started = 0;
  private programmedUnits = 0;
  private firstWaiting: Command | null = null;
  private lastWaiting: Command | null = null;
  /** Commands that wait for units to be programmed. */
  private firstDurable: Command | null = null;

  constructor(cacheBytes: Bytes, unitBytes: Bytes, media: Media, client: WriteCacheClient) {
    this.enabled = cacheBytes > 0;
    this.roomBytes = cacheBytes > 0 ? cacheBytes : Infinity;
    this.unitBytes = unitBytes;
    this.media = media;
    this.client = client;
  }

  /** `command.bytes` are ready to enter. */
  write(command: Command): void {
    command.uncachedBytes = command.bytes;
    command.next = null;
    if (this.lastWaiting === null) this.firstWaiting = command;
    else this.lastWaiting.next = command;
    this.lastWaiting = command;
    this.pour();
  }

  flush(command: Command): void {
    if (this.openBytes > 0) {
      const padding = this.unitBytes - this.openBytes;
      // Padding takes room like data: a unit gives back as much as it holds, whatever that is.
      this.roomBytes -= padding;
      this.client.padded(command, padding);
      this.openBytes = 0;
      this.closed += 1;
      this.start();
    }
    command.unitSerial = this.closed;
    command.unitsLeft = this.closed - this.programmedUnits;
    if (command.unitsLeft === 0) {
      this.client.cached(command);
      return;
    }
    command.next = this.firstDurable;
    this.firstDurable = command;
  }

  programmed(serial: number): void {
    this.programmedUnits += 1;
    this.roomBytes += this.unitBytes;
    this.settle(serial);
    this.start();
    this.pour();
  }

  private pour(): void {
    let command = this.firstWaiting;
    while (command !== null) {
      const room = this.roomBytes;
      const bytes = command.uncachedBytes < room ? command.uncachedBytes : room;
      if (bytes <= 0) return;
      this.roomBytes -= bytes;
      command.uncachedBytes -= bytes;
      this.gather(bytes);
      if (command.uncachedBytes > 0) return;
      this.firstWaiting = command.next;
      if (this.firstWaiting === null) this.lastWaiting = null;
      command.next = null;
      if (command.fua || !this.enabled) this.flush(command);
      else this.client.cached(command);
      command = this.firstWaiting;
    }
  }

  private gather(bytes: Bytes): void {
    this.openBytes += bytes;
    if (this.openBytes < this.unitBytes) return;
    const units = Math.floor(this.openBytes / this.unitBytes);
    this.openBytes -= units * this.unitBytes;
    this.closed += units;
    this.start();
  }

  private start(): void {
    while (this.started < this.closed && this.media.program(this.started + 1)) {
      this.started += 1;
    }
  }

  /** A unit is programmed: whoever waited for it, and for no other, is done. */
  private settle(serial: number): void {
    let previous: Command | null = null;
    let command = this.firstDurable;
    while (command !== null) {
      const next: Command | null = command.next;
      if (serial <= command.unitSerial) command.unitsLeft -= 1;
      if (command.unitsLeft === 0) {
        if (previous === null) this.firstDurable = next;
        else previous.next = next;
        command.next = null;
        this.client.cached(command);
      } else {
        previous = command;
      }
      command = next;
    }
  }
}
