/**
 * One I/O queue of the host driver (drivers/nvme/host/pci.c): requests become submission entries
 * (nvme_setup_cmd, nvme_map_data), an interrupt reaps every completion entry that is there
 * (nvme_irq) and ends their requests. All namespaces of the controller share it and its tags, which
 * are the command ids.
 *
 * Left out: polling, interrupt threads, SGLs, shadow doorbells, retries of commands without DNR.
 */

import type { Bio } from '../../block/bio.ts';
import { checkCopyPair } from '../../block/bio-pair.ts';
import { Operation } from '../../block/operation.ts';
import type { Request } from '../../block/request.ts';
import { Tags } from '../../block/tags.ts';
import type { Cpu } from '../../host/cpu.ts';
import type { Host, HostCosts } from '../../host/host.ts';
import type { HostMemory, Region } from '../../host/memory.ts';
import { assert, present } from '../../units/assert.ts';
import { PAGE_BYTES, SECTOR_BYTES } from '../../units/quantity.ts';
import { Status } from '../../workload/status.ts';
import {
  ATTRIBUTE_DEALLOCATE,
  completionCommandId,
  completionStatus,
  DEAC,
  DSM_RANGE_BYTES,
  FUA,
  IoOpcode,
  PRP_BYTES,
  putBlocks,
  putCommand,
  putCopy,
  putDsmRange,
  putPrps,
  putQuad,
  Word,
} from './encode.ts';
import { DSM_MAX_RANGES, MAX_SEGMENTS } from './limits.ts';
import { type ControllerRegisters, QueuePair } from './queue-pair.ts';
import { putSourceRange } from './source-range.ts';
import { blockStatus } from './status-code.ts';

/** Each command id has room for a PRP list or the source ranges of a copy. */
const LIST_BYTES = MAX_SEGMENTS * PRP_BYTES;
const LIST_WORDS = LIST_BYTES / 4;
/** And for the ranges of a discard: the driver too takes these from another pool, of pages. */
const RANGES_BYTES = DSM_MAX_RANGES * DSM_RANGE_BYTES;
const RANGES_WORDS = RANGES_BYTES / 4;

/** What of a namespace is needed to address it. */
export interface NamespaceAddress {
  readonly nsid: number;
  readonly blocksPerSector: number;
}

export class IoQueue {
  readonly pair: QueuePair;
  private readonly costs: HostCosts;
  private readonly memory: HostMemory;
  private readonly cpu: Cpu;
  readonly tags: Tags;
  /** Asked to abort: its end is a timeout. */
  private readonly timedOut: Uint8Array;
  private readonly lists: Region;
  private readonly listWords: Uint32Array;
  /** Made for the first discard: 4 MiB, of every queue of thousands of small worlds. */
  private ranges: Region | null = null;
  private rangeWords: Uint32Array = new Uint32Array(0);

  constructor(
    id: number,
    entries: number,
    cpu: number,
    host: Host,
    controller: ControllerRegisters,
  ) {
    const depth = entries - 1;
    this.pair = new QueuePair(id, entries, host.memory, controller);
    this.costs = host.costs;
    this.memory = host.memory;
    this.cpu = host.cpu(cpu);
    this.tags = new Tags(depth);
    this.timedOut = new Uint8Array(depth);
    this.lists = host.memory.allocate(depth * LIST_BYTES);
    this.listWords = this.lists.words();
  }

  /** nvme_queue_rq: the request is in the ring, or the status says why not. */
  submit(request: Request, namespace: NamespaceAddress): Status {
    const copy =
      request.operation === Operation.COPY_DST || request.operation === Operation.COPY_SRC;
    if (copy) {
      const refusal = checkCopyPair(request);
      if (refusal !== Status.OK) return refusal;
    }
    this.encode(request, namespace, request.tag, this.pair.next());
    return Status.OK;
  }

  /** nvme_commit_rqs. */
  commit(): void {
    this.pair.ring();
  }

  /** The request that a command of this queue belongs to. */
  request(commandId: number): Request {
    return present(this.tags.requests[commandId], 'a completed command was sent');
  }

  /** The request's command ends with a timeout from here on. */
  markTimedOut(request: Request): void {
    this.timedOut[request.tag] = 1;
  }

  /** nvme_irq. A handler that runs already picks up what arrives meanwhile. */
  interrupt(): void {
    const cpu = this.cpu;
    const pair = this.pair;
    const { interruptNs, completionNs } = this.costs;
    let running = cpu.interrupted;
    for (let at = pair.take(); at !== -1; at = pair.take()) {
      const dw3 = pair.cqWords[at + 3] ?? 0;
      const id = completionCommandId(dw3);
      const request = this.request(id);
      const costNs = running ? completionNs : interruptNs + completionNs;
      running = true;
      const endNs = cpu.interrupt(costNs);
      request.account.hostCpuNs += costNs;
      request.queue.complete(request, this.end(id, completionStatus(dw3)), endNs);
    }
    pair.release();
  }

  private end(id: number, code: number): Status {
    if (this.timedOut[id] === 0) return blockStatus(code);
    this.timedOut[id] = 0;
    return Status.TIMEOUT;
  }

  private encode(request: Request, namespace: NamespaceAddress, id: number, at: number): void {
    const words = this.pair.sqWords;
    const { nsid, blocksPerSector } = namespace;
    const lba = request.sector * blocksPerSector;
    const blocks = request.dataSectors * blocksPerSector;
    const fua = request.fua ? FUA : 0;
    switch (request.operation) {
      case Operation.READ:
        putCommand(words, at, IoOpcode.READ, id, nsid);
        putBlocks(words, at, lba, blocks, fua);
        this.putData(request, id, at);
        return;
      case Operation.WRITE:
        putCommand(words, at, IoOpcode.WRITE, id, nsid);
        putBlocks(words, at, lba, blocks, fua);
        this.putData(request, id, at);
        return;
      case Operation.FLUSH:
        putCommand(words, at, IoOpcode.FLUSH, id, nsid);
        return;
      case Operation.WRITE_ZEROES:
        putCommand(words, at, IoOpcode.WRITE_ZEROES, id, nsid);
        putBlocks(words, at, lba, blocks, fua | DEAC);
        return;
      case Operation.DISCARD:
        this.encodeDiscard(request, namespace, id, at);
        return;
      default:
        this.encodeCopy(request, namespace, id, at);
    }
  }

  /** nvme_setup_discard: a range for each bio; NR is 0-based. */
  private encodeDiscard(
    request: Request,
    { nsid, blocksPerSector }: NamespaceAddress,
    id: number,
    at: number,
  ): void {
    const words = this.pair.sqWords;
    putCommand(words, at, IoOpcode.DATASET_MANAGEMENT, id, nsid);
    words[at + Word.CDW10] = request.segments - 1;
    words[at + Word.CDW11] = ATTRIBUTE_DEALLOCATE;
    const ranges = this.ranges ?? this.makeRanges();
    let to = id * RANGES_WORDS;
    for (let bio: Bio | null = request.first; bio !== null; bio = bio.next) {
      const { sector, sizeSectors } = bio;
      putDsmRange(this.rangeWords, to, sector * blocksPerSector, sizeSectors * blocksPerSector);
      to += DSM_RANGE_BYTES / 4;
    }
    putPrps(words, at, ranges.address + id * RANGES_BYTES, 0);
  }

  private makeRanges(): Region {
    const ranges = this.memory.allocate(this.tags.depth * RANGES_BYTES);
    this.ranges = ranges;
    this.rangeWords = ranges.words();
    return ranges;
  }

  /** nvme_setup_copy_offload (v20): one source range, descriptor format 0. */
  private encodeCopy(request: Request, namespace: NamespaceAddress, id: number, at: number): void {
    const { nsid, blocksPerSector } = namespace;
    const destination = request.first;
    const source = present(destination.next, 'a copy is a whole pair');
    assert(source.operation === Operation.COPY_SRC, 'the source comes second');
    const words = this.pair.sqWords;
    putCommand(words, at, IoOpcode.COPY, id, nsid);
    putCopy(words, at, destination.sector * blocksPerSector, 1, request.fua ? FUA : 0);
    putSourceRange(this.listWords, id * LIST_WORDS, 0, 0, {
      lba: source.sector * blocksPerSector,
      blocks: source.sizeSectors * blocksPerSector,
    });
    putPrps(words, at, this.listAddress(id), 0);
  }

  private putData(request: Request, id: number, at: number): void {
    const address = request.first.address;
    if (request.segments === 1) putPrps(this.pair.sqWords, at, address, 0);
    else this.putList(request, id, at);
  }

  /** nvme_pci_setup_prps over all buffers of the request. */
  private putList(request: Request, id: number, at: number): void {
    const words = this.listWords;
    const from = id * LIST_WORDS;
    let entries = 0;
    let second = 0;
    for (let bio: Bio | null = request.first; bio !== null; bio = bio.next) {
      const end = bio.address + bio.sizeSectors * SECTOR_BYTES;
      let page = bio.address;
      if (bio === request.first) page = nextPage(page);
      for (; page < end; page += PAGE_BYTES) {
        if (entries === 0) second = page;
        putQuad(words, from + entries * 2, page);
        entries += 1;
      }
    }
    assert(entries <= MAX_SEGMENTS, 'a PRP list has room for all segments');
    const prp2 = entries === 1 ? second : this.listAddress(id);
    putPrps(this.pair.sqWords, at, request.first.address, prp2);
  }

  private listAddress(id: number): number {
    return this.lists.address + id * LIST_BYTES;
  }
}

function nextPage(address: number): number {
  return address - (address % PAGE_BYTES) + PAGE_BYTES;
}
