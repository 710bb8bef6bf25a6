/**
 * The NVM command set (NVM command set specification §3): Read, Write, Flush, Write Zeroes, Dataset
 * Management, Copy, each as its stages through link, media, copy engine and write cache. The
 * formulae stand in `device/README.md`. Content moves when a command is executed, time passes
 * afterwards.
 *
 * Left out: Compare, Verify, Write Uncorrectable, fused commands, Limited Retry, hints, and what a
 * Read or Write says of protection information (see protection.ts).
 */

import { Resource } from '../../sim/resource.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { type Bytes, type Nanoseconds, PAGE_BYTES } from '../../units/quantity.ts';
import { type Command, Stage } from './command.ts';
import type { NvmeConfig } from './config.ts';
import { CopyCommands, rangeListBytes } from './copy-commands.ts';
import { prpListBytes } from './data-pointer.ts';
import {
  ATTRIBUTE_DEALLOCATE,
  DEAC,
  DSM_RANGE_BYTES,
  FUA,
  IoOpcode,
  logicalBlocks,
  quad,
  RANGES_MAX,
  rangeCount,
} from './encode.ts';
import { Media, type MediaClient } from './media.ts';
import type { Namespace } from './namespace.ts';
import type { Pcie } from './pcie.ts';
import { LONGEST_RANGE_BYTES } from './source-range.ts';
import { StatusCode } from './status-code.ts';
import type { Transfer } from './transfer.ts';
import { WriteCache, type WriteCacheClient } from './write-cache.ts';

export interface CommandSink {
  /** The command's completion entry can be sent, right behind so much data. */
  complete(command: Command, dataBytes?: Bytes): void;
  /** The media wrote bytes that no command asked for. */
  padded(command: Command, bytes: Bytes): void;
}

export class IoCommands implements MediaClient, WriteCacheClient {
  readonly cache: WriteCache;
  readonly media: Media;
  private readonly config: NvmeConfig;
  private readonly simulation: Simulation;
  private readonly pcie: Pcie;
  private readonly transfer: Transfer;
  private readonly sink: CommandSink;
  private readonly copyEngine = new Resource();
  private readonly copyNsPerByte: number;
  private readonly largestBytes: Bytes;
  private readonly cacheNs: Nanoseconds;
  private readonly scratch = new Uint32Array((RANGES_MAX * LONGEST_RANGE_BYTES) / 4);
  readonly copies: CopyCommands;

  constructor(
    config: NvmeConfig,
    namespaces: readonly Namespace[],
    simulation: Simulation,
    pcie: Pcie,
    transfer: Transfer,
    sink: CommandSink,
  ) {
    const timing = config.timing;
    this.config = config;
    this.copies = new CopyCommands(config, namespaces);
    this.simulation = simulation;
    this.pcie = pcie;
    this.transfer = transfer;
    this.sink = sink;
    this.copyNsPerByte = 1 / timing.copyBytesPerNs;
    this.largestBytes = config.mdts === 0 ? Infinity : 4096 * (1 << config.mdts);
    this.cacheNs = timing.writeCacheBytes > 0 ? timing.writeCacheNs : 0;
    this.media = new Media(timing, simulation, this);
    this.cache = new WriteCache(timing.writeCacheBytes, timing.programUnitBytes, this.media, this);
  }

  /** The command has come through the processor. */
  execute(command: Command): void {
    switch (command.opcode) {
      case IoOpcode.READ:
        return this.read(command);
      case IoOpcode.WRITE:
        return this.write(command);
      case IoOpcode.COPY:
        return this.copy(command);
      case IoOpcode.FLUSH:
        return this.cache.flush(command);
      case IoOpcode.WRITE_ZEROES:
        return this.writeZeroes(command);
      case IoOpcode.DATASET_MANAGEMENT:
        return this.pullRanges(command, rangeCount(command.cdw10) * DSM_RANGE_BYTES, 0);
      default:
        this.fail(command, StatusCode.INVALID_OPCODE);
    }
  }

  advance(command: Command, stage: number): void {
    switch (stage) {
      case Stage.RANGES:
        if (command.opcode === IoOpcode.COPY) this.copyRanges(command);
        else this.deallocate(command);
        return;
      case Stage.ADMIT:
        command.mediaWriteBytes += command.bytes;
        this.cache.write(command);
        return;
      default:
        this.end(command);
    }
  }

  pageRead(command: Command, bytes: Bytes): void {
    const nowNs = this.simulation.nowNs;
    command.mediaReadBytes += bytes;
    if (command.opcode === IoOpcode.READ) {
      if (command.pagesOut === 0) return this.sink.complete(command, bytes);
      command.pcieRxBytes += bytes;
      this.pcie.push(nowNs, bytes);
      return;
    }
    const doneNs = this.copyEngine.serve(nowNs, bytes * this.copyNsPerByte);
    if (command.pagesOut === 0) this.at(command, Stage.ADMIT, doneNs + this.cacheNs);
  }

  programmed(serial: number): void {
    this.cache.programmed(serial);
  }

  cached(command: Command): void {
    this.end(command);
  }

  padded(command: Command, bytes: Bytes): void {
    this.sink.padded(command, bytes);
  }

  private read(command: Command): void {
    const status = this.takeBlocks(command);
    if (status !== StatusCode.SUCCESS) return this.fail(command, status);
    const namespace = command.namespace;
    if (namespace.deallocatedIsError) {
      const blocks = logicalBlocks(command.cdw12);
      if (namespace.store.firstUnwritten(command.lba, blocks) !== -1) {
        return this.fail(command, StatusCode.UNWRITTEN_BLOCK);
      }
    }
    if (namespace.zones !== null) {
      const zone = namespace.zones.checkRead(command.lba, logicalBlocks(command.cdw12));
      if (zone !== StatusCode.SUCCESS) return this.fail(command, zone);
    }
    if (namespace.protection !== null) {
      const tags = namespace.protection.checkRead(command.lba, logicalBlocks(command.cdw12));
      if (tags !== StatusCode.SUCCESS) return this.fail(command, tags);
    }
    if (namespace.contentBytes !== 0) {
      const moved = this.transfer.blocks(command, true);
      if (moved !== StatusCode.SUCCESS) return this.fail(command, moved);
    }
    if (command.bytes > PAGE_BYTES) this.pullList(command);
    this.media.read(command, namespace.baseBytes + command.lba * namespace.lbaBytes, command.bytes);
  }

  /** The PRP list of a read is fetched while the media is read: it takes the link, nobody waits. */
  private pullList(command: Command): void {
    const bytes = command.sgl ? 0 : prpListBytes(command.prp1, command.bytes);
    if (bytes === 0) return;
    command.pcieTxBytes += bytes;
    this.pcie.pull(this.simulation.nowNs, bytes);
  }

  private write(command: Command): void {
    const status = this.takeBlocks(command);
    if (status !== StatusCode.SUCCESS) return this.fail(command, status);
    const { zones } = command.namespace;
    if (zones !== null) {
      const zone = zones.write(command.lba, logicalBlocks(command.cdw12));
      if (zone !== StatusCode.SUCCESS) return this.fail(command, zone);
    }
    if (command.namespace.contentBytes !== 0) {
      const moved = this.transfer.blocks(command, false);
      if (moved !== StatusCode.SUCCESS) return this.fail(command, moved);
    }
    command.namespace.protection?.renew(command.lba, logicalBlocks(command.cdw12));
    const listBytes = command.sgl ? 0 : prpListBytes(command.prp1, command.bytes);
    const bytes = command.bytes + listBytes;
    command.pcieTxBytes += bytes;
    const arrivedNs = this.pcie.pull(this.simulation.nowNs, bytes);
    this.at(command, Stage.ADMIT, arrivedNs + this.cacheNs);
  }

  private copy(command: Command): void {
    const status = this.copies.admit(command);
    if (status !== StatusCode.SUCCESS) return this.fail(command, status);
    command.lba = command.startingLba;
    command.fua = (command.cdw12 & FUA) !== 0;
    this.pullRanges(command, rangeListBytes(command), this.config.timing.copySetupNs);
  }

  private pullRanges(command: Command, bytes: Bytes, thenNs: Nanoseconds): void {
    const status = this.transfer.refuse(command, bytes);
    if (status !== StatusCode.SUCCESS) return this.fail(command, status);
    command.pcieTxBytes += bytes;
    this.at(command, Stage.RANGES, this.pcie.pull(this.simulation.nowNs, bytes) + thenNs);
  }

  private copyRanges(command: Command): void {
    const fetched = this.transfer.fetch(command, rangeListBytes(command), this.scratch);
    if (fetched !== StatusCode.SUCCESS) return this.fail(command, fetched);
    command.bytes = this.copies.execute(command, this.scratch);
    // What was refused ends when what was good before it has been copied.
    if (command.bytes === 0) return this.end(command);
    if (this.config.copyEngine === 'clone') {
      const cloneNs = command.rangeCount * this.config.timing.cloneNs;
      this.at(command, Stage.COMPLETE, this.simulation.nowNs + cloneNs);
      return;
    }
    command.rangeAt = 0;
    this.media.read(command, 0, 0);
  }

  private deallocate(command: Command): void {
    const count = rangeCount(command.cdw10);
    const words = this.scratch;
    const fetched = this.transfer.fetch(command, count * DSM_RANGE_BYTES, words);
    if (fetched !== StatusCode.SUCCESS) return this.fail(command, fetched);
    const namespace = command.namespace;
    for (let at = 0; at < count * 4; at += 4) {
      if (!namespace.contains(quad(words, at + 2), words[at + 1] ?? 0)) {
        return this.fail(command, StatusCode.LBA_RANGE);
      }
    }
    if ((command.cdw11 & ATTRIBUTE_DEALLOCATE) !== 0) {
      for (let at = 0; at < count * 4; at += 4) {
        namespace.store.deallocate(quad(words, at + 2), words[at + 1] ?? 0);
      }
    }
    const doneNs = this.simulation.nowNs + this.config.timing.deallocateNs;
    this.at(command, Stage.COMPLETE, doneNs);
  }

  private writeZeroes(command: Command): void {
    const namespace = command.namespace;
    const blocks = logicalBlocks(command.cdw12);
    command.lba = command.startingLba;
    if (!namespace.contains(command.lba, blocks)) {
      return this.fail(command, StatusCode.LBA_RANGE);
    }
    if ((command.cdw12 & DEAC) !== 0) namespace.store.deallocate(command.lba, blocks);
    else namespace.store.writeZeroes(command.lba, blocks);
    const doneNs = this.simulation.nowNs + this.config.timing.deallocateNs;
    this.at(command, Stage.COMPLETE, doneNs);
  }

  /** SLBA, size and FUA of a Read or Write, within MDTS and the namespace. */
  private takeBlocks(command: Command): StatusCode {
    const namespace = command.namespace;
    const blocks = logicalBlocks(command.cdw12);
    command.lba = command.startingLba;
    command.bytes = blocks * namespace.lbaBytes;
    command.fua = (command.cdw12 & FUA) !== 0;
    if (command.bytes > this.largestBytes) return StatusCode.INVALID_FIELD;
    if (!namespace.contains(command.lba, blocks)) return StatusCode.LBA_RANGE;
    return this.transfer.refuse(command, command.bytes);
  }

  private fail(command: Command, status: StatusCode): void {
    command.status = status;
    this.end(command);
  }

  private end(command: Command): void {
    if (command.copies) this.copies.ended(command);
    this.sink.complete(command);
  }

  private at(command: Command, stage: Stage, dueNs: Nanoseconds): void {
    command.timer.kind = stage;
    this.simulation.schedule(command.timer, dueNs);
  }
}
