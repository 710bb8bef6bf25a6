import { expect, test } from 'vitest';
import { Cpu, Slice } from '../../../src/host/cpu.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { Timer, type TimerTarget } from '../../../src/sim/timer.ts';

/** A task that runs one slice, and says when it was over. */
class Task implements TimerTarget {
  readonly slice: Slice;
  private readonly world: OneCpu;
  endedNs = -1;

  constructor(world: OneCpu) {
    this.world = world;
    this.slice = new Slice(new Timer(this, 0, 0));
  }

  fire(): void {
    if (this.world.cpu.extended(this.slice)) return;
    this.endedNs = this.world.simulation.nowNs;
  }
}

class OneCpu {
  readonly simulation = new Simulation();
  readonly cpu = new Cpu(this.simulation);

  task(readyNs: number, costNs: number): Task {
    const task = new Task(this);
    this.cpu.run(task.slice, readyNs, costNs);
    return task;
  }

  /** Takes an interrupt at `atNs`; returns when it is over. */
  interrupt(atNs: number, costNs: number): number {
    this.simulation.advanceTo(atNs);
    return this.cpu.interrupt(costNs);
  }

  finish(): void {
    while (this.simulation.step());
  }
}

test('tasks take turns in the order they were booked', () => {
  const world = new OneCpu();
  const tasks = [world.task(0, 100), world.task(0, 50), world.task(500, 10)];
  world.finish();
  expect(tasks.map(({ endedNs }) => endedNs)).toEqual([100, 150, 510]);
  expect(world.cpu.busyNs).toBe(160);
});

test('an interrupt lengthens the slice it falls into, and those behind it', () => {
  const world = new OneCpu();
  const tasks = [world.task(0, 100), world.task(0, 50)];
  expect(world.interrupt(40, 10)).toBe(50);
  world.finish();
  expect(tasks.map(({ endedNs }) => endedNs)).toEqual([110, 160]);
  expect(world.cpu.busyNs).toBe(160);
});

test('interrupts that come while a slice is being lengthened lengthen it further', () => {
  const world = new OneCpu();
  const task = world.task(0, 100);
  world.interrupt(90, 20);
  world.interrupt(105, 20);
  world.interrupt(130, 20);
  world.finish();
  expect(task.endedNs).toBe(160);
});

test('interrupts are served one after the other', () => {
  const world = new OneCpu();
  expect([world.interrupt(0, 30), world.interrupt(10, 30), world.interrupt(100, 30)]).toEqual([
    30, 60, 130,
  ]);
});

test('a task that becomes ready during an interrupt waits for its end, and is not charged twice', () => {
  const world = new OneCpu();
  world.interrupt(10, 90);
  const task = world.task(50, 25);
  world.finish();
  expect(task.endedNs).toBe(125);
});

test('an interrupt on an idle CPU delays nothing that comes after it', () => {
  const world = new OneCpu();
  world.interrupt(10, 5);
  world.simulation.advanceTo(100);
  const task = world.task(100, 25);
  world.finish();
  expect(task.endedNs).toBe(125);
});

test('says when a task would begin, and whether a handler is running', () => {
  const world = new OneCpu();
  world.task(0, 100);
  expect([world.cpu.startNs(20), world.cpu.startNs(200)]).toEqual([100, 200]);
  expect(world.cpu.interrupted).toBe(false);
  world.interrupt(50, 10);
  expect([world.cpu.interrupted, world.cpu.startNs(0)]).toEqual([true, 110]);
  world.simulation.advanceTo(60);
  expect(world.cpu.interrupted).toBe(false);
});
