import { expect, test } from 'vitest';
import { linearAxis, measureAxis } from '../../../src/plot/axis.ts';

test.each([
  [0.3, [0, 0.1, 0.2, 0.3]],
  [47, [0, 10, 20, 30, 40, 50]],
  [1000, [0, 200, 400, 600, 800, 1000]],
])('up to %d', (high, ticks) => {
  expect(linearAxis('', high).ticks.map(({ at }) => at)).toEqual(ticks);
});

test('wide ranges are logarithmic, with a time and its unit at each tick', () => {
  const { axis } = measureAxis('latency', 'ns', [15_000, 8_000_000], { zero: false });
  expect(axis).toMatchObject({ title: 'latency', scale: 'log' });
  expect(axis.ticks.map(({ label }) => label)).toEqual([
    '20 µs',
    '50 µs',
    '100 µs',
    '200 µs',
    '500 µs',
    '1 ms',
    '2 ms',
    '5 ms',
  ]);
});

test('bars are linear however wide the range, and what is zero too', () => {
  expect(measureAxis('x', null, [1, 1e6], { zero: true }).axis.scale).toBe('linear');
  expect(measureAxis('x', null, [0, 1e6], { zero: false }).axis.scale).toBe('linear');
});

test.each([
  [5000 * 1_048_576, 'bandwidth (MiB/s)'],
  [20_000 * 1_048_576, 'bandwidth (GiB/s)'],
  [3, 'bandwidth (B/s)'],
])('%d bytes/s in tens of a unit', (high, title) => {
  expect(measureAxis('bandwidth', 'bytes/s', [high], { zero: false }).axis.title).toBe(title);
});
