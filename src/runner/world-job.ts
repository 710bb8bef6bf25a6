/** A job in its world: its clones, when they may start, and the check of what they copied. */

import type { SimulatedDevice } from '../device/simulated-device.ts';
import { JobProcess } from '../engine/job-process.ts';
import type { Host } from '../host/host.ts';
import type { JobPlan } from '../job/plan.ts';
import { rwMeaning } from '../job/rw.ts';
import type { Simulation } from '../sim/simulation.ts';
import { present } from '../units/assert.ts';
import type { FlowMember } from '../workload/flow.ts';
import type { WriteLedger } from '../workload/write-ledger.ts';
import type { SteadyMemory } from '../workload/steady-state.ts';
import { Workload } from '../workload/workload.ts';
import { CloneStart } from './clone-start.ts';
import { type JobPlace, slotIoMaker } from './slot-ios.ts';
import { startDelayNs } from './start-delay.ts';
import { steadyGroup, steadyMemory } from './ends-spec.ts';
import { regionsOf, workloadSpec } from './workload-spec.ts';
import { type Outside, WorldCheck } from './world-check.ts';
import { type WorldContents, worldContents } from './world-contents.ts';

export type { Outside } from './world-check.ts';

export interface JobSetting {
  readonly plan: JobPlan;
  readonly repetition: number;
  readonly host: Host;
  /** CPU of the first clone. */
  readonly firstCpu: number;
  /** By file. */
  readonly places: readonly JobPlace[];
  /** Its devices in the order of their accounts (workload-spec.ts), destinations among them. */
  readonly devices: readonly SimulatedDevice[];
  readonly simulation: Simulation;
  /** One of its clones has begun. */
  readonly cloneBegan: () => void;
  /** One of them has ended, well or not; told before `ended`. */
  readonly cloneEnded: (failed: boolean) => void;
  readonly ended: () => void;
  /** Of a clone, which `wake` lets ask again; null: it goes its own way. */
  readonly flow: (clone: number, wake: () => void) => FlowMember | null;
  readonly outside: Outside;
  /** By device; null: nothing in this world is checked. */
  readonly ledgers: ReadonlyMap<string, WriteLedger> | null;
}

/** One of numjobs. */
export interface Clone {
  readonly process: JobProcess;
  readonly start: CloneStart;
  /** null: nothing in this world is checked. */
  readonly check: WorldCheck | null;
  /** null: it verifies nothing. */
  readonly contents: WorldContents | null;
  /** Units that do not hold what they should; null: not checked. */
  verifyErrors: number | null;
}

export class WorldJob {
  readonly plan: JobPlan;
  readonly devices: readonly SimulatedDevice[];
  readonly clones: readonly Clone[];
  private readonly setting: JobSetting;
  private readonly steady: SteadyMemory | null;
  private running: number;

  constructor(setting: JobSetting) {
    this.setting = setting;
    this.plan = setting.plan;
    this.devices = setting.devices;
    this.running = setting.plan.numjobs;
    this.steady = steadyMemory(setting.plan);
    this.clones = Array.from({ length: setting.plan.numjobs }, (_, clone) => this.clone(clone));
  }

  /** Told of all jobs that start together, before any of them does. */
  join(): void {
    for (const { process, start } of this.clones) if (start.due) process.workload.flow?.join();
  }

  start(): void {
    this.setting.outside(() => {
      for (let clone = 0; clone < this.clones.length; clone += 1) this.layOut(clone);
    });
    for (const { start } of this.clones) start.release();
  }

  /** What is under way ends; clones that have not begun never will. */
  stop(): void {
    for (const { process, start } of this.clones) {
      if (start.begun) process.stop();
      else if (start.leaveOut()) this.cloneOver();
    }
  }

  /** Outside measured time: gives what will be read a content, where nobody wrote. */
  private layOut(clone: number): void {
    const { plan } = this;
    const reads = rwMeaning(plan.rw).access !== 'write';
    if (!plan.layout || !reads || plan.ioengine === 'null') return;
    for (const [file, { offsetBytes, sizeBytes }] of regionsOf(plan, clone).entries()) {
      const { content } = this.place(file).device;
      if (!content.keepsContent) continue;
      content.layOut(offsetBytes / content.unitBytes, sizeBytes / content.unitBytes);
    }
  }

  private clone(clone: number): Clone {
    const { device, destDevice } = this.place(0);
    const background = {
      source: device.background,
      destination: destDevice.background,
      others: this.devices.slice(1).map((other) => other.background),
    };
    const spec = workloadSpec(this.plan, clone, this.setting.repetition);
    const steady = steadyGroup(this.steady, this.plan, clone);
    const workload = new Workload(spec, background, undefined, steady);
    const check = this.check(workload, clone);
    const { host, outside, places, repetition } = this.setting;
    const { plan } = this;
    const contents = worldContents({
      plan,
      workload,
      clone,
      repetition,
      places,
      outside,
      check,
    });
    const cpu = cpuOf(this.plan.cpusAllowed, this.setting, clone);
    const process = new JobProcess({
      workload,
      host,
      cpu,
      synchronous: this.plan.ioengine !== 'sim',
      batches: this.plan.depth,
      check: contents ?? check,
      makeIo: slotIoMaker({
        plan,
        workload,
        host,
        cpu,
        places,
        contents: contents?.contents ?? null,
      }),
      ended: () => this.cloneEnded(made),
    });
    workload.flow = this.setting.flow(clone, () => process.resume());
    const made: Clone = {
      check,
      contents,
      verifyErrors: null,
      process,
      start: this.cloneStart(process, clone),
    };
    return made;
  }

  /** Where something in the world is checked, whoever writes says so. */
  private check(workload: Workload, clone: number): WorldCheck | null {
    const { outside, ledgers, places } = this.setting;
    if (ledgers === null || this.plan.ioengine === 'null') return null;
    return new WorldCheck({ plan: this.plan, workload, clone, places, ledgers, outside });
  }

  private cloneStart(process: JobProcess, clone: number): CloneStart {
    const { cloneBegan, repetition, simulation } = this.setting;
    return new CloneStart(simulation, startDelayNs(this.plan, clone, repetition), (nowNs) => {
      cloneBegan();
      process.workload.flow?.join();
      process.start(nowNs);
    });
  }

  private place(file: number): JobPlace {
    return present(this.setting.places[file], 'a place for each file');
  }

  private cloneEnded(clone: Clone): void {
    clone.verifyErrors = clone.check?.errors() ?? clone.contents?.contents.errors ?? null;
    const { workload } = clone.process;
    if (workload.ramping) workload.forget();
    workload.flow?.leave();
    // It still counts as running: what it ends meanwhile does not end the job before it.
    const failures = [clone.process.failure, clone.contents?.failure, workload.ends?.failure];
    const failed = failures.some((failure) => (failure ?? null) !== null);
    this.setting.cloneEnded(failed);
    this.cloneOver();
  }

  private cloneOver(): void {
    this.running -= 1;
    if (this.running === 0) this.setting.ended();
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
