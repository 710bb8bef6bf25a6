/**
 * Flash: channels × dies. A page is read by its die (tR) and then crosses its channel; a program
 * unit crosses the channel and is then programmed (tPROG). Pages lie striped over channels, then
 * dies; units go to the dies in turn, one at a time each. A command keeps at most one page read per
 * die in flight.
 *
 * Left out: FTL lookups and their misses, garbage collection, erase, wear, planes, read retries,
 * program suspend (a read waits for the program before it), a die's page register held until the
 * channel is free.
 */

import { Resource } from '../../sim/resource.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { Timer, type TimerTarget } from '../../sim/timer.ts';
import { present } from '../../units/assert.ts';
import type { Bytes, Nanoseconds } from '../../units/quantity.ts';
import type { Command } from './command.ts';
import type { NvmeTiming } from './config.ts';

export interface MediaClient {
  /** A page of the command has left its channel; the last one when `command.pagesOut` is 0. */
  pageRead(command: Command, bytes: Bytes): void;
  /** The program unit of this serial number is on the flash. */
  programmed(serial: number): void;
}

export class Die {
  readonly array = new Resource();
  readonly channel: Resource;
  programming = false;

  constructor(channel: Resource) {
    this.channel = channel;
  }
}

const INT_MAX = 0x7fff_ffff;
const READ_ARRAY = 0;
const READ_CHANNEL = 1;
const PROGRAM_CHANNEL = 2;
const PROGRAM_ARRAY = 3;

export class Media {
  readonly dies: readonly Die[];
  private readonly simulation: Simulation;
  private readonly pageBytes: Bytes;
  private readonly pagesPerByte: number;
  private readonly readNs: Nanoseconds;
  private readonly programNs: Nanoseconds;
  private readonly unitBytes: Bytes;
  private readonly channelNsPerByte: number;
  private readonly client: MediaClient;
  private free: FlashOperation | null = null;
  private nextDie = 0;

  constructor(timing: NvmeTiming, simulation: Simulation, client: MediaClient) {
    this.client = client;
    this.simulation = simulation;
    this.pageBytes = timing.pageBytes;
    this.pagesPerByte = 1 / timing.pageBytes;
    this.readNs = timing.readNs;
    this.programNs = timing.programNs;
    this.unitBytes = timing.programUnitBytes;
    this.channelNsPerByte = 1 / timing.channelBytesPerNs;
    const channels = Array.from({ length: timing.channels }, () => new Resource());
    const dies = timing.channels * timing.diesPerChannel;
    this.dies = Array.from({ length: dies }, (_, index) => {
      return new Die(present(channels[index % timing.channels], 'a channel for each die'));
    });
  }

  /**
   * Reads an extent for a command, a page per die at a time; `command.ranges` say how it goes on.
   */
  read(command: Command, positionBytes: Bytes, bytes: Bytes): void {
    command.positionBytes = positionBytes;
    command.leftBytes = bytes;
    command.pagesOut = 0;
    this.issue(command);
  }

  /** Programs the next unit if the die whose turn it is has none. */
  program(serial: number): boolean {
    const die = present(this.dies[this.nextDie], 'the dies take turns');
    if (die.programming) return false;
    this.nextDie = this.nextDie + 1 === this.dies.length ? 0 : this.nextDie + 1;
    die.programming = true;
    const operation = this.take(die);
    operation.serial = serial;
    operation.bytes = this.unitBytes;
    this.cross(operation, PROGRAM_CHANNEL);
    return true;
  }

  /** An operation's step has ended. Called by its timer only. */
  advance(operation: FlashOperation, step: number): void {
    switch (step) {
      case READ_ARRAY:
        this.cross(operation, READ_CHANNEL);
        return;
      case READ_CHANNEL:
        this.pageRead(operation);
        return;
      case PROGRAM_CHANNEL: {
        const nowNs = this.simulation.nowNs;
        operation.timer.kind = PROGRAM_ARRAY;
        this.simulation.schedule(operation.timer, operation.die.array.serve(nowNs, this.programNs));
        return;
      }
      default: {
        const serial = operation.serial;
        operation.die.programming = false;
        this.give(operation);
        this.client.programmed(serial);
      }
    }
  }

  private cross(operation: FlashOperation, step: number): void {
    const nowNs = this.simulation.nowNs;
    const doneNs = operation.die.channel.serve(nowNs, operation.bytes * this.channelNsPerByte);
    operation.timer.kind = step;
    this.simulation.schedule(operation.timer, doneNs);
  }

  private pageRead(operation: FlashOperation): void {
    const command = present(operation.command, 'a page is read for a command');
    const bytes = operation.bytes;
    this.give(operation);
    command.pagesOut -= 1;
    if (command.leftBytes > 0 || command.rangeAt < command.rangeCount) this.issue(command);
    this.client.pageRead(command, bytes);
  }

  private issue(command: Command): void {
    const window = this.dies.length;
    while (command.pagesOut < window) {
      if (command.leftBytes === 0 && !this.nextRange(command)) return;
      this.issuePage(command);
    }
  }

  private nextRange(command: Command): boolean {
    const ranges = command.ranges;
    if (ranges === null || command.rangeAt >= command.rangeCount) return false;
    const namespace = command.namespace;
    command.positionBytes = ranges.positionBytes[command.rangeAt] ?? 0;
    command.leftBytes = (ranges.blocks[command.rangeAt] ?? 0) * namespace.lbaBytes;
    command.rangeAt += 1;
    return true;
  }

  private issuePage(command: Command): void {
    const page = Math.floor(command.positionBytes * this.pagesPerByte);
    const inPage = command.positionBytes - page * this.pageBytes;
    const left = this.pageBytes - inPage;
    const bytes = command.leftBytes < left ? command.leftBytes : left;
    command.positionBytes += bytes;
    command.leftBytes -= bytes;
    command.pagesOut += 1;
    // Whole-number remainder where it fits one: on doubles it costs as much as an event.
    const dies = this.dies.length;
    const die = page <= INT_MAX ? (page | 0) % dies : page % dies;
    const operation = this.take(present(this.dies[die], 'a die for each page'));
    operation.command = command;
    operation.bytes = bytes;
    operation.timer.kind = READ_ARRAY;
    const nowNs = this.simulation.nowNs;
    this.simulation.schedule(operation.timer, operation.die.array.serve(nowNs, this.readNs));
  }

  private take(die: Die): FlashOperation {
    const operation = this.free;
    if (operation === null) return new FlashOperation(this, die);
    this.free = operation.next;
    operation.next = null;
    operation.die = die;
    return operation;
  }

  private give(operation: FlashOperation): void {
    operation.command = null;
    operation.next = this.free;
    this.free = operation;
  }
}

/** One page read or one unit programmed. */
class FlashOperation implements TimerTarget {
  readonly timer: Timer;
  private readonly media: Media;
  die: Die;
  command: Command | null = null;
  bytes: Bytes = 0;
  serial = 0;
  next: FlashOperation | null = null;

  constructor(media: Media, die: Die) {
    this.media = media;
    this.die = die;
    this.timer = new Timer(this, READ_ARRAY, 0);
  }

  fire(step: number): void {
    this.media.advance(this, step);
  }
}
