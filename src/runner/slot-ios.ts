/**
 * Who does the I/O of a simulated job's slots: by its engine, by what it does, by path; and where
 * it has several files, by the one that stands in the slot.
 */

import type { CopyAccounts } from '../block/copy.ts';
import { CopyIo, type StageMaker } from '../engine/copy-io.ts';
import { CopyPlace } from '../engine/copy-stage.ts';
import { EmulationStage } from '../engine/emulation-stage.ts';
import { FileIo } from '../engine/file-io.ts';
import type { NamedContents } from '../engine/named-contents.ts';
import { NullIo } from '../engine/null-io.ts';
import { OffloadStage } from '../engine/offload-stage.ts';
import { ReadWriteStage } from '../engine/read-write-stage.ts';
import { RegularIo } from '../engine/regular-io.ts';
import type { SlotIo, StageOwner } from '../engine/slot-io.ts';
import { TrimIo } from '../engine/trim-io.ts';
import { TrimWriteIo } from '../engine/trim-write-io.ts';
import type { SimulatedDevice } from '../device/simulated-device.ts';
import type { Host } from '../host/host.ts';
import type { Address } from '../host/memory.ts';
import type { JobPlan } from '../job/plan.ts';
import { present } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import { COPY } from '../workload/slots.ts';
import type { Workload } from '../workload/workload.ts';

/** One of a job's files: a device, and where its copies go. */
export interface JobPlace {
  readonly device: SimulatedDevice;
  readonly destDevice: SimulatedDevice;
}

export interface SlotIoSetting {
  readonly plan: JobPlan;
  readonly workload: Workload;
  readonly host: Host;
  readonly cpu: number;
  /** By file. */
  readonly places: readonly JobPlace[];
  /** Who fills the buffers; null: nobody does. */
  readonly contents: NamedContents | null;
}

export function slotIoMaker(setting: SlotIoSetting): (slot: number, owner: StageOwner) => SlotIo {
  const { contents, plan, workload, host, places } = setting;
  if (plan.ioengine === 'null') return (slot, owner) => new NullIo(slot, owner, workload);
  const bytes = bufferBytes(workload);
  return (slot, owner) => {
    const buffer = new SlotBuffer(host, bytes);
    contents?.use(slot, present(host.memory.find(buffer.address), 'a buffer'));
    const make = (file: number) => ioAt(setting, file, slot, owner, buffer);
    return places.length === 1 ? make(0) : new FileIo(slot, workload, places.length, make);
  };
}

/** A slot's, made when it is needed: one for all its files, as it has one I/O at a time. */
class SlotBuffer {
  private readonly host: Host;
  private readonly bytes: Bytes;
  private made: Address | null = null;

  constructor(host: Host, bytes: Bytes) {
    this.host = host;
    this.bytes = bytes;
  }

  get address(): Address {
    this.made ??= this.host.memory.allocateData(this.bytes).address;
    return this.made;
  }
}

function bufferBytes({ spec: { access, blockBytes, numRange } }: Workload): Bytes {
  return access === 'copy'
    ? numRange * blockBytes.copy
    : Math.max(blockBytes.read, blockBytes.write);
}

function ioAt(
  setting: SlotIoSetting,
  file: number,
  slot: number,
  owner: StageOwner,
  buffer: SlotBuffer,
): SlotIo {
  const { plan, workload, places } = setting;
  const { device, destDevice } = present(places[file], 'a place for each file');
  const source = device.blockDevice;
  const { access } = workload.spec;
  if (access === 'trim') return new TrimIo(slot, owner, workload, source);
  if (access !== 'copy') {
    const regular = new RegularIo(slot, owner, workload, source, buffer.address);
    if (access !== 'trimwrite') return regular;
    return new TrimWriteIo(slot, workload, new TrimIo(slot, owner, workload, source), regular);
  }
  const place = new CopyPlace(workload, slot, { source, destination: destDevice.blockDevice });
  const makeStage = stageMaker(setting, file, place, buffer);
  const { path, fallback } = plan;
  return new CopyIo(slot, owner, place, { path, fallback, makeStage });
}

/** Of each end's device. */
function accountsAt(workload: Workload, file: number): CopyAccounts {
  const measurement = workload.measurement(COPY);
  const { files } = workload.spec;
  if (files === null) {
    return { source: measurement.account, destination: measurement.destinationAccount };
  }
  const { device, destDevice } = present(files.each[file], 'a file of the job');
  return {
    source: measurement.accountOf(device),
    destination: measurement.accountOf(destDevice),
  };
}

function stageMaker(
  { workload, host, cpu }: SlotIoSetting,
  file: number,
  place: CopyPlace,
  buffer: SlotBuffer,
): StageMaker {
  const { numRange } = workload.spec;
  const accounts = accountsAt(workload, file);
  return (path, ended) => {
    if (path === 'offload') return new OffloadStage(place, numRange, accounts.source, ended);
    if (path === 'emulation') {
      return new EmulationStage(place, numRange, accounts, host, cpu, ended);
    }
    return new ReadWriteStage(place, accounts, host, buffer.address, ended);
  };
}
