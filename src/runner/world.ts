/**
 * A world: one clock, its hosts, devices and all jobs of a run, from the first event to the last.
 * The one place where concrete parts meet. Who turns the clock is the caller's business (run.ts).
 */

import { Trace } from '../block/trace.ts';
import type { SimulatedDevice } from '../device/simulated-device.ts';
import type { Host } from '../host/host.ts';
import { destDevicesOf, devicesOf } from '../job/files-plan.ts';
import type { JobPlan, RunPlan } from '../job/plan.ts';
import { Simulation } from '../sim/simulation.ts';
import { present } from '../units/assert.ts';
import { SECOND_NS } from '../units/quantity.ts';
import { WriteLedger, WriteOrder } from '../workload/write-ledger.ts';
import { StartOrder } from './start-order.ts';
import { contentFormat, DeviceBuilder } from './world-devices.ts';
import { WorldFlows } from './world-flows.ts';
import { buildHost } from './world-host.ts';
import type { JobPlace } from './slot-ios.ts';
import { distinctDevices } from './workload-spec.ts';
import { checksCopies, type Outside } from './world-check.ts';
import { WorldJob } from './world-job.ts';

/** Twenty request timeouts: a world in which nothing has ended for so long will not end. */
const STALLED_NS = 600 * SECOND_NS;

export interface WorldOptions {
  readonly trace: boolean;
  /** Does work that takes no measured time. */
  readonly outside: Outside;
}

export class World {
  readonly simulation = new Simulation();
  readonly devices: ReadonlyMap<string, SimulatedDevice>;
  readonly jobs: readonly WorldJob[];
  readonly order: StartOrder;
  readonly trace: Trace | null;
  /** Every job has ended. */
  finished = false;
  private readonly outside: Outside;
  private readonly progress: { ios: number; atNs: number } = { ios: -1, atNs: 0 };

  constructor(plan: RunPlan, options: WorldOptions) {
    this.outside = options.outside;
    this.order = new StartOrder(plan.jobs);
    this.trace = options.trace ? new Trace(this.simulation) : null;
    const format = contentFormat(plan.devices);
    const hosts = new Map<string, Host>();
    for (const host of plan.hosts) hosts.set(host.name, buildHost(host, format, this.simulation));
    this.devices = new DeviceBuilder(plan.devices, hosts, this.simulation, this.trace).build();
    try {
      this.jobs = this.buildJobs(plan, hosts);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Starts what may start now: at the beginning, and whenever a job has ended. */
  startJobs(): void {
    const starting = this.order.start().map((index) => this.job(index));
    for (const job of starting) job.join();
    for (const job of starting) job.start();
  }

  /** Why this world will never end, or null: to be asked when no event is due, and now and then. */
  stalled(): string | null {
    if (this.simulation.pending === 0) return `nothing is due any more: ${this.waiting()}`;
    // What has begun counts too: until then startdelay may have let a long time pass.
    let ios = 0;
    for (const { clones } of this.jobs) {
      for (const { process, start } of clones) ios += process.workload.ended + Number(start.begun);
    }
    const { nowNs } = this.simulation;
    if (ios !== this.progress.ios) {
      this.progress.ios = ios;
      this.progress.atNs = nowNs;
    }
    if (nowNs - this.progress.atNs < STALLED_NS) return null;
    return `no I/O has ended for ${STALLED_NS / SECOND_NS} s of its time: ${this.waiting()}`;
  }

  close(): void {
    for (const device of this.devices.values()) device.close();
  }

  /** The request that a world which will not end waits for. */
  waiting(): string {
    for (const device of this.devices.values()) {
      const waiting = device.describeWaiting();
      if (waiting !== null) return `${device.name}: ${waiting}`;
    }
    const stuck = this.order.states.indexOf('waiting');
    return stuck < 0 ? 'no request waits' : `job ${this.job(stuck).plan.name} was never started`;
  }

  private buildJobs(plan: RunPlan, hosts: ReadonlyMap<string, Host>): WorldJob[] {
    let cpu = 0;
    const ledgers = this.ledgers(plan);
    const { order, outside, simulation } = this;
    const flows = new WorldFlows(plan.jobs);
    return plan.jobs.map((job, index) => {
      const firstCpu = cpu;
      cpu += job.numjobs;
      return new WorldJob({
        plan: job,
        repetition: plan.repetition,
        host: present(hosts.get(job.host), `host ${job.host} of job ${job.name}`),
        firstCpu,
        places: this.places(job),
        devices: distinctDevices(job).map((name) => this.device(name)),
        cloneBegan: () => order.began(index),
        cloneEnded: (failed) => this.cloneEnded(index, failed),
        ended: () => this.jobEnded(index),
        flow: (clone, wake) => flows.member(index, clone, wake),
        simulation,
        outside,
        ledgers,
      });
    });
  }

  /** Kept of every device when the copies of any job are checked: all who write enter it there. */
  private ledgers(plan: RunPlan): Map<string, WriteLedger> | null {
    const checked = plan.jobs.some(
      (job) =>
        checksCopies(job) &&
        this.places(job).some(({ destDevice }) => destDevice.content.keepsContent),
    );
    if (!checked) return null;
    const order = new WriteOrder();
    const devices = [...this.devices];
    return new Map(
      devices.map(([name, { content }]) => [name, new WriteLedger(order, content.unitBytes)]),
    );
  }

  private cloneEnded(index: number, failed: boolean): void {
    for (const ending of this.order.cloneEnded(index, failed)) this.job(ending).stop();
  }

  private jobEnded(index: number): void {
    this.order.ended(index);
    this.finished = this.order.over;
    if (this.finished) this.simulation.halt();
    this.startJobs();
  }

  /** By file. */
  private places(job: JobPlan): readonly JobPlace[] {
    const destinations = destDevicesOf(job);
    return devicesOf(job).map((name, file) => ({
      device: this.device(name),
      destDevice: this.device(present(destinations[file], 'a destination of each file')),
    }));
  }

  private job(index: number): WorldJob {
    return present(this.jobs[index], 'a job of the plan');
  }

  private device(name: string): SimulatedDevice {
    return present(this.devices.get(name), `device ${name}`);
  }
}
