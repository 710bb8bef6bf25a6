import { expect, test } from 'vitest';
import { Simulation } from '../../../src/sim/simulation.ts';
import { Timer, type TimerTarget } from '../../../src/sim/timer.ts';

/** Writes down when it was fired. */
class Diary implements TimerTarget {
  readonly entries: [number, number, number][] = [];
  readonly simulation = new Simulation();

  fire(kind: number, slot: number): void {
    this.entries.push([this.simulation.nowNs, kind, slot]);
  }

  schedule(dueNs: number, kind = 0, slot = 0): Timer {
    const timer = new Timer(this, kind, slot);
    this.simulation.schedule(timer, dueNs);
    return timer;
  }
}

test('nothing waits at first', () => {
  const { simulation } = new Diary();
  expect([simulation.nextDueNs(), simulation.pending, simulation.step()]).toEqual([
    Infinity,
    0,
    false,
  ]);
});

test('fires in order of time, then of scheduling, with the words of the owner', () => {
  const diary = new Diary();
  diary.schedule(20, 1, 2);
  diary.schedule(10, 3, 4);
  diary.schedule(20, 5, 6);
  while (diary.simulation.step());
  expect(diary.entries).toEqual([
    [10, 3, 4],
    [20, 1, 2],
    [20, 5, 6],
  ]);
});

test('advances to a time, and fires what is due up to it and at it', () => {
  const diary = new Diary();
  diary.schedule(10);
  diary.schedule(20);
  diary.schedule(21);
  diary.simulation.advanceTo(20);
  expect(diary.entries.map(([atNs]) => atNs)).toEqual([10, 20]);
  expect([diary.simulation.nowNs, diary.simulation.nextDueNs()]).toEqual([20, 21]);
  diary.simulation.advanceTo(15);
  expect(diary.simulation.nowNs).toBe(20);
});

test('is as late as the clock that drives it says, and never goes back', () => {
  const diary = new Diary();
  diary.schedule(10);
  diary.schedule(11);
  diary.schedule(60);
  diary.simulation.stepAt(50);
  diary.simulation.stepAt(40);
  diary.simulation.stepAt(40);
  expect(diary.entries.map(([atNs]) => atNs)).toEqual([50, 50, 60]);
});

test('uses a timer again once it has fired', () => {
  const diary = new Diary();
  const timer = diary.schedule(1);
  diary.simulation.step();
  diary.simulation.schedule(timer, 2);
  diary.simulation.step();
  expect(diary.entries.map(([atNs]) => atNs)).toEqual([1, 2]);
});

test('a timer that waits cannot be scheduled again, nor one in the past', () => {
  const diary = new Diary();
  const timer = diary.schedule(5);
  expect(() => diary.simulation.schedule(timer, 6)).toThrow('a timer is scheduled twice');
  diary.simulation.step();
  expect(() => diary.schedule(4)).toThrow('a timer is due in the past');
});

test('a model that goes in circles at one instant is stopped', () => {
  const simulation = new Simulation();
  const circle: Timer = new Timer({ fire: () => simulation.schedule(circle, 7) }, 0, 0);
  simulation.schedule(circle, 7);
  expect(() => {
    while (simulation.step());
  }).toThrow('a million events at one instant');
  expect(simulation.nowNs).toBe(7);
});

test('runs until nothing waits, so many events have come, or someone halts it', () => {
  const diary = new Diary();
  for (const dueNs of [1, 2, 3, 4, 5]) diary.schedule(dueNs);
  const times = () => diary.entries.map(([atNs]) => atNs);
  diary.simulation.run(2);
  expect(times()).toEqual([1, 2]);
  diary.simulation.schedule(new Timer({ fire: () => diary.simulation.halt() }, 0, 0), 3.5);
  diary.simulation.run(100);
  expect(times()).toEqual([1, 2, 3]);
  diary.simulation.run(100);
  expect([times(), diary.simulation.pending]).toEqual([[1, 2, 3, 4, 5], 0]);
});
