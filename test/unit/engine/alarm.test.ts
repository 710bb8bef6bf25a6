import { expect, test } from 'vitest';
import { Alarm } from '../../../src/engine/alarm.ts';
import { Simulation } from '../../../src/sim/simulation.ts';

function anAlarm() {
  const simulation = new Simulation();
  const woken: number[] = [];
  const alarm = new Alarm(simulation, { woken: () => woken.push(simulation.nowNs) });
  return { alarm, simulation, woken };
}

test('wakes at its time, once', () => {
  const { alarm, simulation, woken } = anAlarm();
  alarm.set(100);
  while (simulation.step());
  alarm.set(250);
  while (simulation.step());
  expect(woken).toEqual([100, 250]);
});

test('wakes nobody when it was cancelled', () => {
  const { alarm, simulation, woken } = anAlarm();
  alarm.set(100);
  alarm.cancel();
  while (simulation.step());
  expect(woken).toEqual([]);
});

test.each([
  ['later', 300],
  ['earlier', 50],
  ['at the same time', 100],
])('set again, %s, it wakes at the new time alone', (_, wakeNs) => {
  const { alarm, simulation, woken } = anAlarm();
  alarm.set(100);
  alarm.cancel();
  alarm.set(wakeNs);
  while (simulation.step());
  expect(woken).toEqual([wakeNs]);
});

test('one that was left does not wake for one that is set behind it', () => {
  const { alarm, simulation, woken } = anAlarm();
  alarm.set(1000);
  alarm.cancel();
  alarm.set(50);
  simulation.advanceTo(60);
  alarm.set(2000);
  while (simulation.step());
  expect(woken).toEqual([50, 2000]);
});
