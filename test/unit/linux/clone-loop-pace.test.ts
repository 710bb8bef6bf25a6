import { expect, test } from 'vitest';
import { Clock } from '../../../src/linux/clock.ts';
import { CloneLoop } from '../../../src/linux/clone-loop.ts';
import { Control, type ControlMemory } from '../../../src/linux/control.ts';
import { type AsynchronousEngine, Attempts, OFFLOAD } from '../../../src/linux/engine.ts';
import { NullEngine, NullQueue } from '../../../src/linux/null-engine.ts';
import { SlotFiles } from '../../../src/linux/slot-files.ts';
import { SlotState } from '../../../src/linux/slot-state.ts';
import { Syncer } from '../../../src/linux/sync-policy.ts';
import type { PaceSpec } from '../../../src/workload/pace.ts';
import { READ, WRITE } from '../../../src/workload/slots.ts';
import type { WorkloadSpec } from '../../../src/workload/spec.ts';
import { aWorkload } from '../../support/workload-spec.ts';

const NONE = { read: null, write: null, copy: null, trim: null };
const FILE = { sourceFd: 9, destinationFd: 9, sourceBytes: 0, destinationBytes: 0 };
const BATCH = { batch: 1, completeMin: 1, completeMax: 1, stamps: 'io' } as const;
const MS = 1e6;

/** Each look at it takes a tenth of a µs. */
class StepClock extends Clock {
  ns = 0;

  constructor() {
    super({ seconds: 0, nanos: 0 });
  }

  override nowNs(): number {
    this.ns += 100;
    return this.ns;
  }
}

/** A sleep is 100 µs longer than asked for. */
class LateControl extends Control {
  readonly sleptNs: number[] = [];
  private readonly clock: StepClock;

  constructor(memory: ControlMemory, clock: StepClock) {
    super(memory);
    this.clock = clock;
  }

  override sleep(clone: number, timeNs: number): void {
    if (this.isStopped(clone)) return;
    this.sleptNs.push(timeNs);
    this.clock.ns += timeNs + 100_000;
  }
}

function rig(
  pace: Partial<PaceSpec>,
  changes: Partial<WorkloadSpec>,
  fsync: () => number = () => 0,
) {
  const workload = aWorkload({
    pace: {
      rates: NONE,
      countsIos: true,
      process: 'linear',
      ignoresThinkTime: false,
      think: null,
      ...pace,
    },
    submission: (changes.depth ?? 1) > 1,
    timeBased: true,
    ...changes,
  });
  const attempts = new Attempts(workload.spec.depth);
  const clock = new StepClock();
  const control = new LateControl(Control.for(1).memory, clock);
  const calls = { fsync, fdatasync: () => 0 };
  const policy = { fsync: 1, fdatasync: 0, endFsync: false };
  const loop = new CloneLoop({
    workload,
    attempts,
    state: new SlotState(workload.slots, attempts, { paths: [OFFLOAD], fallback: 'never' }, null),
    syncer: new Syncer(calls, new SlotFiles(workload.slots.file, [FILE]), policy),
    clock,
    control,
    clone: 0,
    measuring: () => undefined,
    copies: null,
    buffers: null,
  });
  const measured = workload.measurement(changes.access === 'write' ? WRITE : READ);
  return { workload, attempts, clock, control, loop, measured };
}

const RATE = { rates: { ...NONE, read: 500 } };
const SPUN_NS = 150_000;

test('a synchronous job sleeps until shortly before its I/Os are to start, and then spins', () => {
  const { workload, attempts, control, loop, measured } = rig(RATE, { runtimeNs: 200 * MS });
  loop.runSynchronous(new NullEngine(workload.slots, attempts));
  expect([measured.ios, measured.intended.count]).toEqual([100, 100]);
  expect(measured.intended.maxNs).toBeLessThan(1000);
  expect(control.sleptNs).toHaveLength(100);
  for (const sleptNs of control.sleptNs) {
    expect(sleptNs).toBeLessThanOrEqual(2 * MS - SPUN_NS);
    expect(sleptNs).toBeGreaterThan(2 * MS - SPUN_NS - 2000);
  }
  expect(workload.endedNs).toBeGreaterThanOrEqual(200 * MS);
  expect(workload.endedNs).toBeLessThan(200 * MS + 1000);
});

test('nothing is slept in what is left of a short wait', () => {
  const rates = { ...NONE, read: 10_000 };
  const { workload, attempts, control, loop, measured } = rig({ rates }, { numberIos: 50 });
  loop.runSynchronous(new NullEngine(workload.slots, attempts));
  expect([measured.ios, control.sleptNs]).toEqual([50, []]);
});

test('a job at depth with nothing under way sleeps too', () => {
  const changes = { runtimeNs: 200 * MS, depth: 4 };
  const { workload, attempts, control, loop, measured } = rig(RATE, changes);
  loop.runAsynchronous(new NullQueue(workload.slots, attempts), BATCH);
  expect(measured.ios).toBe(100);
  expect(control.sleptNs).toHaveLength(100);
});

/** Each I/O takes `ioNs` by the rig's clock, as does waiting. */
class SlowQueue implements AsynchronousEngine {
  readonly synchronous = false;
  readonly ended: Int32Array;
  deepest = 0;
  private readonly ioNs: number;
  private readonly clock: StepClock;
  private readonly underWay: { readonly slot: number; readonly endNs: number }[] = [];
  private readonly done: (slot: number) => void;

  constructor(depth: number, ioNs: number, clock: StepClock, done: (slot: number) => void) {
    this.ended = new Int32Array(depth);
    this.ioNs = ioNs;
    this.clock = clock;
    this.done = done;
  }

  queue(slot: number): void {
    this.underWay.push({ slot, endNs: this.clock.ns + this.ioNs });
    this.deepest = Math.max(this.deepest, this.underWay.length);
  }

  submit(): void {}

  reap(least: number, forNs = Infinity): number {
    const last = this.underWay[least - 1]?.endNs ?? -Infinity;
    this.clock.ns = Math.max(this.clock.ns, Math.min(last, this.clock.ns + forNs));
    let count = 0;
    while ((this.underWay[0]?.endNs ?? Infinity) <= this.clock.ns) {
      const slot = this.underWay.shift()?.slot ?? 0;
      this.done(slot);
      this.ended[count] = slot;
      count += 1;
    }
    return count;
  }

  close(): void {}
}

test('while a rate is waited for, what ends is seen, and the queue stays as deep', () => {
  const changes = { runtimeNs: 200 * MS, depth: 8 };
  const { workload, attempts, clock, loop, measured } = rig(RATE, changes);
  const engine = new SlowQueue(8, 7 * MS, clock, (slot) => {
    attempts.doneBytes[slot] = workload.slots.lengthBytes[slot] ?? 0;
  });
  loop.runAsynchronous(engine, { ...BATCH, completeMin: 4 });
  expect(measured.ios).toBe(100);
  expect(engine.deepest).toBe(4);
  // The last are waited for together.
  expect(measured.lat.percentileNs(90)).toBeLessThan(7.1 * MS);
  expect(measured.intended.percentileNs(90)).toBeLessThan(7.1 * MS);
});

test('an engine that is slower than the rate falls behind it, which is told', () => {
  const { workload, attempts, clock, loop, measured } = rig(RATE, { numberIos: 100, depth: 2 });
  const engine = new SlowQueue(2, 7 * MS, clock, (slot) => {
    attempts.doneBytes[slot] = workload.slots.lengthBytes[slot] ?? 0;
  });
  loop.runAsynchronous(engine, BATCH);
  expect(measured.lat.maxNs).toBeLessThan(7 * MS + 2000);
  // 3.5 ms an I/O instead of 2
  expect(measured.intended.maxNs).toBeGreaterThan(150 * MS);
});

const THINK = {
  pauseNs: 20 * MS,
  spinNs: 0,
  blocks: 5,
  counts: 'complete',
  ioTimeNs: null,
} as const;

test.each([
  [0, 20 * MS - SPUN_NS],
  [4 * MS, 16 * MS - SPUN_NS],
])('of a pause of 20 ms %i ns are spent on the CPU', (spinNs, asleepNs) => {
  const think = { ...THINK, spinNs };
  const { workload, attempts, control, loop } = rig({ think }, { numberIos: 15 });
  loop.runSynchronous(new NullEngine(workload.slots, attempts));
  expect(control.sleptNs).toHaveLength(3);
  for (const sleptNs of control.sleptNs) expect(Math.abs(sleptNs - asleepNs)).toBeLessThan(2000);
  expect(workload.endedNs - workload.measuredFromNs).toBeGreaterThanOrEqual(60 * MS);
});

test('a long sleep is interrupted to tell how far it is', () => {
  const think = { ...THINK, pauseNs: 1000 * MS, blocks: 1 };
  const { workload, attempts, control, loop } = rig({ think }, { numberIos: 1 });
  loop.runSynchronous(new NullEngine(workload.slots, attempts));
  expect(control.sleptNs.slice(0, 9)).toEqual(new Array(9).fill(100 * MS));
});

test('a pause begins behind the sync', () => {
  const think = { ...THINK, blocks: 1 };
  const { workload, attempts, clock, loop } = rig(
    { think },
    { access: 'write', numberIos: 2 },
    () => {
      clock.ns += 30 * MS;
      return 0;
    },
  );
  loop.runSynchronous(new NullEngine(workload.slots, attempts));
  expect(workload.endedNs - workload.measuredFromNs).toBeGreaterThanOrEqual(100 * MS);
});

test('a stop ends a pause', () => {
  const think = { ...THINK, pauseNs: 1e15, blocks: 1 };
  const { workload, attempts, control, loop, measured } = rig({ think }, { numberIos: 9 });
  const engine = new NullEngine(workload.slots, attempts);
  loop.runSynchronous({
    synchronous: true,
    perform: (slot) => {
      engine.perform(slot);
      control.stop();
    },
    close: () => undefined,
  });
  expect(measured.ios).toBe(1);
});
