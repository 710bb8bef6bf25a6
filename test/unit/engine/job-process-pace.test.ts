import { expect, test } from 'vitest';
import { JobProcess } from '../../../src/engine/job-process.ts';
import type { SlotIo, StageOwner } from '../../../src/engine/slot-io.ts';
import { Host, type HostCosts } from '../../../src/host/host.ts';
import { HostMemory } from '../../../src/host/memory.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { Timer, type TimerTarget } from '../../../src/sim/timer.ts';
import type { PaceSpec } from '../../../src/workload/pace.ts';
import { READ } from '../../../src/workload/slots.ts';
import type { WorkloadSpec } from '../../../src/workload/spec.ts';
import { Status } from '../../../src/workload/status.ts';
import { FREE } from '../../support/fake-driver.ts';
import { aWorkload } from '../../support/workload-spec.ts';

const COSTS: HostCosts = {
  ...FREE,
  cpus: 1,
  applicationNs: 300,
  syscallNs: 200,
  contextSwitchNs: 1500,
};
const IO_NS = 10_000;
const NONE = { read: null, write: null, copy: null, trim: null };
const PACE: PaceSpec = {
  rates: NONE,
  countsIos: true,
  process: 'linear',
  ignoresThinkTime: false,
  think: null,
};
const THINK = {
  pauseNs: 50_000,
  spinNs: 0,
  blocks: 1,
  counts: 'complete',
  ioTimeNs: null,
} as const;

/** Takes IO_NS, and notes when it was sent. */
class TimedIo implements SlotIo, TimerTarget {
  doneBytes = 4096;
  readonly status: Status = Status.OK;
  private readonly slot: number;
  private readonly owner: StageOwner;
  private readonly simulation: Simulation;
  private readonly sentNs: number[];
  private readonly timer = new Timer(this, 0, 0);

  constructor(slot: number, owner: StageOwner, simulation: Simulation, sentNs: number[]) {
    this.slot = slot;
    this.owner = owner;
    this.simulation = simulation;
    this.sentNs = sentNs;
  }

  begin(): void {}

  submit(): boolean {
    return false;
  }

  sent(atNs: number): void {
    this.sentNs.push(atNs);
    this.simulation.schedule(this.timer, atNs + IO_NS);
  }

  fire(): void {
    this.owner.stageEnded(this.slot, this.simulation.nowNs);
  }

  reaped(): boolean {
    return true;
  }

  credit(): void {}
}

function runs(pace: Partial<PaceSpec>, changes: Partial<WorkloadSpec>) {
  const simulation = new Simulation();
  const memory = new HostMemory({ unitBytes: 512, contentBytes: 0 });
  const host = new Host('host', COSTS, memory, simulation);
  const workload = aWorkload({ pace: { ...PACE, ...pace }, ...changes });
  const sentNs: number[] = [];
  const process = new JobProcess({
    workload,
    host,
    cpu: 0,
    synchronous: false,
    batches: { batch: 1, completeMin: 1, completeMax: 1 },
    check: null,
    makeIo: (slot, owner) => new TimedIo(slot, owner, simulation, sentNs),
    ended: () => undefined,
  });
  process.start(0);
  while (simulation.step());
  const measured = workload.measurement(READ);
  return { sentNs, process, workload, measured, hostCpuNs: measured.account.hostCpuNs };
}

/** An I/O woken for: switched to, prepared, sent. */
const WAKE_NS = COSTS.contextSwitchNs + COSTS.applicationNs + COSTS.syscallNs;

test('sleeps until the next is meant to start, and is woken', () => {
  const rates = { ...NONE, read: 20_000 };
  const { sentNs, measured } = runs({ rates }, { numberIos: 4 });
  expect(sentNs).toEqual([500, 50_000 + WAKE_NS, 100_000 + WAKE_NS, 150_000 + WAKE_NS]);
  // the wake is in the latency from the start that was meant, and not in the other
  expect(measured.intended.maxNs - measured.lat.maxNs).toBe(WAKE_NS - COSTS.syscallNs);
});

test('what ends while it sleeps is reaped when it ends', () => {
  const rates = { ...NONE, read: 250_000 };
  const { sentNs, measured } = runs({ rates }, { depth: 8 });
  expect(measured.ios).toBe(16);
  for (const [nth, atNs] of sentNs.entries()) {
    expect(atNs - nth * 4000).toBeGreaterThanOrEqual(500);
    // at most a wake, and a reap or two before it
    expect(atNs - nth * 4000).toBeLessThanOrEqual(WAKE_NS + 2500);
  }
  expect(measured.lat.maxNs).toBeLessThan(IO_NS + 5000);
});

test('a pause is slept: it costs a switch, and no more', () => {
  const { sentNs, hostCpuNs, workload } = runs({ think: THINK }, { numberIos: 3 });
  // sent, ended, switched to, reaped; then the pause
  const endedNs = 500 + IO_NS + COSTS.contextSwitchNs + COSTS.syscallNs;
  expect(sentNs.slice(0, 2)).toEqual([500, endedNs + THINK.pauseNs + WAKE_NS]);
  const ioCpuNs = 500 + COSTS.contextSwitchNs + COSTS.syscallNs;
  expect(hostCpuNs).toBe(3 * (ioCpuNs + COSTS.contextSwitchNs));
  expect(workload.endedNs).toBe(3 * (endedNs + THINK.pauseNs) + 2 * COSTS.contextSwitchNs);
});

test('what a pause spins is CPU time', () => {
  const think = { ...THINK, spinNs: 20_000 };
  const slept = runs({ think: THINK }, { numberIos: 3 });
  const spun = runs({ think }, { numberIos: 3 });
  expect(spun.sentNs).toEqual(slept.sentNs);
  expect(spun.hostCpuNs - slept.hostCpuNs).toBe(60_000);
  const all = runs({ think: { ...THINK, spinNs: THINK.pauseNs } }, { numberIos: 3 });
  // without sleeping there is nobody to be woken
  expect(all.hostCpuNs - slept.hostCpuNs).toBe(3 * (THINK.pauseNs - COSTS.contextSwitchNs));
});

test('the end of runtime wakes it', () => {
  const rates = { ...NONE, read: 1 };
  const { process, workload } = runs({ rates }, { runtimeNs: 1e6, timeBased: true });
  expect([process.running, workload.endedNs]).toEqual([false, 1e6]);
});

test('a job that is stopped sleeps no longer', () => {
  const simulation = new Simulation();
  const memory = new HostMemory({ unitBytes: 512, contentBytes: 0 });
  const host = new Host('host', COSTS, memory, simulation);
  const workload = aWorkload({ pace: { ...PACE, think: THINK }, numberIos: 3 });
  const process = new JobProcess({
    workload,
    host,
    cpu: 0,
    synchronous: false,
    batches: { batch: 1, completeMin: 1, completeMax: 1 },
    check: null,
    makeIo: (slot, owner) => new TimedIo(slot, owner, simulation, []),
    ended: () => undefined,
  });
  process.start(0);
  simulation.advanceTo(20_000);
  process.stop();
  simulation.advanceTo(30_000);
  expect(process.running).toBe(false);
  while (simulation.step());
  expect(workload.measurement(READ).ios).toBe(1);
});
