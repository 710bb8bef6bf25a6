/** A job in its world: its clones, when they may start, and the check of what they copied. */

import type { SimulatedDevice } from '../device/simulated-device.ts';
import { CopyIo, type StageMaker } from '../engine/copy-io.ts';
import { CopyPlace } from '../engine/copy-stage.ts';
import { EmulationStage } from '../engine/emulation-stage.ts';
import { type CopyCheck, JobProcess } from '../engine/job-process.ts';
import { NullIo } from '../engine/null-io.ts';
import { OffloadStage } from '../engine/offload-stage.ts';
import { ReadWriteStage } from '../engine/read-write-stage.ts';
import { RegularIo } from '../engine/regular-io.ts';
import type { SlotIo, StageOwner } from '../engine/slot-io.ts';
import type { Host } from '../host/host.ts';
import type { JobPlan } from '../job/plan.ts';
import { rwMeaning } from '../job/rw.ts';
import { present } from '../units/assert.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import { Expectation } from '../workload/expectation.ts';
import { COPY } from '../workload/slots.ts';
import { type WriteLedger, WriteMarks } from '../workload/write-ledger.ts';
import { Workload } from '../workload/workload.ts';
import type { JobState } from './start-order.ts';
import { regionOf, workloadSpec } from './workload-spec.ts';

/** Does work that takes no measured time: in wall time the clock stands still meanwhile. */
export type Outside = <T>(work: () => T) => T;

export interface JobSetting {
  readonly plan: JobPlan;
  readonly repetition: number;
  readonly host: Host;
  /** CPU of the first clone. */
  readonly firstCpu: number;
  readonly device: SimulatedDevice;
  readonly destDevice: SimulatedDevice;
  readonly ended: () => void;
  readonly outside: Outside;
  /** By device; null: nothing in this world is checked. */
  readonly ledgers: ReadonlyMap<string, WriteLedger> | null;
}

/** Whether the destination of a job's copies is held against their sources. */
export function checksCopies(plan: JobPlan): boolean {
  const copies = rwMeaning(plan.rw).access === 'copy';
  return copies && plan.verify === 'copy' && plan.ioengine !== 'null';
}

/** One of numjobs. */
export interface Clone {
  readonly process: JobProcess;
  readonly expectation: Expectation | null;
  /** Units that do not hold what they should; null: not checked. */
  verifyErrors: number | null;
}

export class WorldJob {
  readonly plan: JobPlan;
  readonly device: SimulatedDevice;
  readonly destDevice: SimulatedDevice;
  readonly clones: readonly Clone[];
  state: JobState = 'waiting';
  private readonly setting: JobSetting;
  private running: number;

  constructor(setting: JobSetting) {
    this.setting = setting;
    this.plan = setting.plan;
    this.device = setting.device;
    this.destDevice = setting.destDevice;
    this.running = setting.plan.numjobs;
    this.clones = Array.from({ length: setting.plan.numjobs }, (_, clone) => this.clone(clone));
  }

  start(nowNs: Nanoseconds): void {
    this.state = 'running';
    this.setting.outside(() => {
      for (let clone = 0; clone < this.clones.length; clone += 1) this.layOut(clone);
    });
    for (const { process } of this.clones) process.start(nowNs);
  }

  /** Outside measured time: gives what will be read a content, where nobody wrote. */
  private layOut(clone: number): void {
    const { plan } = this;
    const content = this.device.content;
    const reads = rwMeaning(plan.rw).access !== 'write';
    if (!plan.layout || !reads || plan.ioengine === 'null' || !content.keepsContent) return;
    const { offsetBytes } = regionOf(plan, clone);
    content.layOut(offsetBytes / content.unitBytes, plan.sizeBytes / content.unitBytes);
  }

  private clone(clone: number): Clone {
    const workload = new Workload(workloadSpec(this.plan, clone, this.setting.repetition), {
      source: this.device.background,
      destination: this.destDevice.background,
    });
    const expectation = this.expectation(workload);
    const cpu = cpuOf(this.plan.cpusAllowed, this.setting, clone);
    const made: Clone = {
      expectation,
      verifyErrors: null,
      process: new JobProcess({
        workload,
        host: this.setting.host,
        cpu,
        synchronous: this.plan.ioengine !== 'sim',
        continueOnError: this.plan.continueOnError,
        check: this.check(workload, expectation),
        makeIo: this.ioMaker(workload, cpu),
        ended: () => this.cloneEnded(made),
      }),
    };
    return made;
  }

  /** Where something in the world is checked, whoever writes says so. */
  private check(workload: Workload, expectation: Expectation | null): CopyCheck | null {
    const { outside, ledgers } = this.setting;
    const ledger = ledgers?.get(this.destDevice.name) ?? null;
    if (ledger === null || this.plan.ioengine === 'null') return null;
    const told = expectation ?? new WriteMarks(workload.slots, ledger);
    return {
      issued: (slot) => outside(() => told.issued(slot)),
      ended: (slot, doneBytes) => outside(() => told.ended(slot, doneBytes)),
    };
  }

  private expectation(workload: Workload): Expectation | null {
    const { plan, device, destDevice } = this;
    const { ledgers } = this.setting;
    const source = ledgers?.get(device.name);
    const destination = ledgers?.get(destDevice.name);
    if (!checksCopies(plan) || source === undefined || destination === undefined) return null;
    return new Expectation(
      workload.slots,
      { content: device.content, ledger: source },
      { content: destDevice.content, ledger: destination },
      {
        offsetBytes: workload.spec.destOffsetBytes,
        sizeBytes: plan.sizeBytes,
        rangeBytes: plan.bsBytes.copy,
        blockBytes: destDevice.blockDevice.limits.logicalBlockBytes,
      },
    );
  }

  private ioMaker(workload: Workload, cpu: number): (slot: number, owner: StageOwner) => SlotIo {
    const { plan } = this;
    const { host } = this.setting;
    if (plan.ioengine === 'null') return (slot, owner) => new NullIo(slot, owner, workload);
    if (workload.spec.access !== 'copy') {
      const bytes = Math.max(plan.bsBytes.read, plan.bsBytes.write);
      const device = this.device.blockDevice;
      return (slot, owner) => {
        const buffer = host.memory.allocateData(bytes).address;
        return new RegularIo(slot, owner, workload, device, buffer);
      };
    }
    return (slot, owner) => {
      const devices = {
        source: this.device.blockDevice,
        destination: this.destDevice.blockDevice,
      };
      const place = new CopyPlace(workload, slot, devices);
      const makeStage = this.stageMaker(workload, place, cpu);
      return new CopyIo(slot, owner, place, {
        path: plan.path,
        fallback: plan.fallback,
        makeStage,
      });
    };
  }

  private stageMaker(workload: Workload, place: CopyPlace, cpu: number): StageMaker {
    const { host } = this.setting;
    const { numRange } = workload.spec;
    const { account, destinationAccount } = workload.measurement(COPY);
    const accounts = { source: account, destination: destinationAccount };
    return (path, ended) => {
      if (path === 'offload') return new OffloadStage(place, numRange, account, ended);
      if (path === 'emulation') {
        return new EmulationStage(place, numRange, accounts, host, cpu, ended);
      }
      const buffer = host.memory.allocateData(numRange * workload.spec.blockBytes.copy);
      return new ReadWriteStage(place, accounts, host, buffer.address, ended);
    };
  }

  private cloneEnded(clone: Clone): void {
    const { expectation } = clone;
    if (expectation !== null) {
      clone.verifyErrors = this.setting.outside(() => expectation.errors());
    }
    const { workload } = clone.process;
    if (workload.ramping) workload.forget();
    this.running -= 1;
    if (this.running > 0) return;
    this.state = 'ended';
    this.setting.ended();
  }
}

/** Of those it may run on, over and over; else the next of all, counted over the whole file. */
function cpuOf(
  allowed: readonly number[] | null,
  { host, firstCpu }: JobSetting,
  clone: number,
): number {
  if (allowed === null) return (firstCpu + clone) % host.cpus.length;
  return present(allowed[clone % allowed.length], `CPU of clone ${clone}`);
}
