/**
 * One recorded case in a world of its own: a raw host, the controller, its namespaces in
 * `data=tags`.
 */

import { HostMemory, type Region } from '../../host/memory.ts';
import { Simulation } from '../../sim/simulation.ts';
import { assert, present } from '../../units/assert.ts';
import { openStore } from '../store/open-store.ts';
import type { BackingStore } from '../store/store.ts';
import { AdminQueue } from './admin-queue.ts';
import type { NvmeTiming } from './config.ts';
import { Controller } from './controller.ts';
import {
  AdminOpcode,
  completionDoNotRetry,
  completionStatus,
  DULBE,
  Feature,
  IoOpcode,
  putCommand,
  putPrps,
  putSgl,
  Word,
} from './encode.ts';
import type { InterruptHandler, Probe } from './probe.ts';
import { QueuePair } from './queue-pair.ts';
import type { Answer, RecordedCase, RecordedZone, Vectors } from './replay-vectors.ts';
import { reportZones, setZones } from './replay-zones.ts';
import { StatusCode } from './status-code.ts';

const QUEUE_ENTRIES = 4;
const TAG_BYTES = 8;
/** Host Behavior Support: CDFE with formats 2 and 3. */
const CDFE_BYTE = 4;
const CDFE_FORMATS = 0b1100;

/** Time plays no part in a replay. */
const TIMING: NvmeTiming = {
  channels: 1,
  diesPerChannel: 1,
  pageBytes: 16_384,
  readNs: 1,
  programNs: 1,
  programUnitBytes: 16_384,
  channelBytesPerNs: 1,
  pcieBytesPerNs: 1,
  pcieLatencyNs: 1,
  commandNs: 1,
  firmwareReadNs: 0,
  writeCacheBytes: 1_048_576,
  writeCacheNs: 0,
  copyBytesPerNs: 1,
  copySetupNs: 0,
  cloneNs: 1,
  deallocateNs: 1,
};

/** Fingerprint of a block that reads as zeros. */
const ZEROS = 0;

type Run = [lba: number, blocks: number, source: number | 'zero', sourceLba: number | null];

export class ReplayWorld implements Probe, InterruptHandler {
  private readonly simulation = new Simulation();
  private readonly memory: HostMemory;
  private readonly stores: readonly BackingStore[];
  private readonly controller: Controller;
  private readonly admin: AdminQueue;
  private readonly io: QueuePair;

  constructor(vectors: Vectors) {
    const unitBytes = Math.min(...vectors.namespaces.map(({ lbaBytes }) => lbaBytes));
    const format = { unitBytes, contentBytes: TAG_BYTES };
    this.memory = new HostMemory(format);
    this.stores = vectors.namespaces.map(({ nsid, blocks, lbaBytes }) =>
      openStore({
        mode: 'tags',
        name: `namespace ${nsid}`,
        deviceIndex: nsid,
        logicalBlockBytes: lbaBytes,
        blocks,
        format,
        backingFile: null,
        backingDirectory: null,
        overwrite: false,
      }),
    );
    const namespaces = vectors.namespaces.map((namespace, index) => {
      assert(namespace.nsid === index + 1, 'recorded namespaces are numbered from 1');
      const store = present(this.stores[index], 'a store for each namespace');
      const sizeBytes = namespace.blocks * namespace.lbaBytes;
      return { config: { ...namespace, sizeBytes, guardBits: 16, copyGroup: 1 } as const, store };
    });
    const config = {
      mdts: vectors.mdts,
      queues: 1,
      queueDepth: 31,
      behavior: 'qemu',
      copyEngine: 'media',
      copyFormats: vectors.copyFormats,
      fastCopy: false,
      copyCommands: Infinity,
      timing: TIMING,
    } as const;
    const options = { name: 'replay', config, namespaces, queues: 1 };
    const controller = new Controller(options, this.memory, this.simulation, this, this);
    this.controller = controller;
    this.admin = new AdminQueue(controller, this.memory, this.simulation);
    this.admin.enable();
    this.io = new QueuePair(1, QUEUE_ENTRIES, this.memory, controller);
    this.admin.createQueues(this.io);
  }

  finished(): void {}
  unasked(): void {}

  interrupt(vector: number): void {
    if (vector === 0) this.admin.interrupt();
  }

  replay(recorded: RecordedCase): Answer {
    for (const store of this.stores) {
      store.layOut(0, (store.blocks * store.logicalBlockBytes) / store.format.unitBytes);
    }
    for (const { nsid, zones } of this.controller.namespaces) {
      if (zones !== null) setZones(zones.table, this.store(nsid), recorded.zones.get(nsid) ?? []);
    }
    const origins = this.origins();
    for (const [nsid, lba, blocks] of recorded.deallocated) {
      this.store(nsid).deallocate(lba, blocks);
    }
    if (recorded.cdfe) this.enableFormats();
    if (recorded.dulbe) {
      this.setFeature(recorded.nsid, Feature.ERROR_RECOVERY, DULBE, 0);
    }
    const zonesBefore = this.zones(recorded.nsid);
    const before = firstFingerprints(this.store(recorded.nsid));
    const at = this.copy(recorded);
    const after = firstFingerprints(this.store(recorded.nsid));
    const runs = changedRuns(before, after, origins);
    const words = this.io.cqWords;
    const dw3 = words[at + 3] ?? 0;
    const status = completionStatus(dw3);
    return {
      sct: status >> 8,
      sc: status & 0xff,
      dnr: completionDoNotRetry(dw3),
      dw0: words[at] ?? 0,
      changed: this.readable(recorded.nsid, runs) ? runs : null,
      zones: this.zones(recorded.nsid).filter((zone, index) => {
        return JSON.stringify(zone) !== JSON.stringify(zonesBefore[index]);
      }),
    };
  }

  /** Sends the command and waits; returns the word of its completion entry. */
  private copy(recorded: RecordedCase): number {
    const buffer = this.structure(recorded.data);
    const words = this.io.sqWords;
    const at = this.io.next();
    putCommand(words, at, IoOpcode.COPY, 1, recorded.commandNsid);
    // A list handed over in part needs a data pointer that says so.
    if (recorded.dataBytes < recorded.data.length) {
      putSgl(words, at, buffer.address, recorded.dataBytes);
    } else {
      putPrps(words, at, buffer.address, 0);
    }
    words.set(recorded.sdlba, at + Word.CDW10);
    words.set(recorded.dwords, at + Word.CDW12);
    this.io.ring();
    for (;;) {
      const completion = this.io.take();
      if (completion !== -1) return completion;
      assert(this.simulation.step(), 'a recorded command is answered');
    }
  }

  private zones(nsid: number): readonly RecordedZone[] {
    const { zones } = present(this.controller.namespaces[nsid - 1], 'a recorded namespace');
    return zones === null ? [] : reportZones(zones.table);
  }

  /** Blocks whose protection information no longer fits cannot be read back. */
  private readable(nsid: number, runs: readonly Run[]): boolean {
    const { protection } = present(this.controller.namespaces[nsid - 1], 'a recorded namespace');
    if (protection === null) return true;
    return runs.every(([lba, blocks]) => protection.checkRead(lba, blocks) === StatusCode.SUCCESS);
  }

  private enableFormats(): void {
    const page = new Uint8Array(512);
    page[CDFE_BYTE] = CDFE_FORMATS;
    this.setFeature(0, Feature.HOST_BEHAVIOR_SUPPORT, 0, this.structure(page).address);
  }

  private setFeature(nsid: number, feature: number, value: number, address: number): void {
    const { status } = this.admin.execute(AdminOpcode.SET_FEATURES, nsid, feature, value, address);
    assert(status === 0, 'Set Features is taken');
  }

  private structure(bytes: Uint8Array): Region {
    const region = this.memory.allocate(bytes.length);
    region.content.set(bytes);
    return region;
  }

  private store(nsid: number): BackingStore {
    return present(this.stores[nsid - 1], 'a recorded namespace');
  }

  /** Namespace and LBA of each content there is. */
  private origins(): Map<number, readonly [number, number]> {
    const origins = new Map<number, readonly [number, number]>();
    this.stores.forEach((store, index) => {
      firstFingerprints(store).forEach((tag, lba) => {
        if (tag !== ZEROS) origins.set(tag, [index + 1, lba]);
      });
    });
    return origins;
  }
}

/** What the first unit of each logical block holds. */
function firstFingerprints(store: BackingStore): number[] {
  const units = store.logicalBlockBytes / store.format.unitBytes;
  const all = new Float64Array(store.blocks * units);
  store.fingerprints(0, all.length, all, 0);
  return Array.from({ length: store.blocks }, (_, lba) => all[lba * units] ?? 0);
}

function changedRuns(
  before: readonly number[],
  after: readonly number[],
  origins: ReadonlyMap<number, readonly [number, number]>,
): Run[] {
  const runs: Run[] = [];
  after.forEach((tag, lba) => {
    if (tag === before[lba]) return;
    const [source, sourceLba] = origins.get(tag) ?? ['zero' as const, null];
    const last = runs.at(-1);
    const goesOn =
      last !== undefined &&
      last[0] + last[1] === lba &&
      last[2] === source &&
      (sourceLba === null ? last[3] === null : last[3] !== null && last[3] + last[1] === sourceLba);
    if (goesOn) last[1] += 1;
    else runs.push([lba, 1, source, sourceLba]);
  });
  return runs;
}
