import { expect, test } from 'vitest';
import { Resource } from '../../../src/sim/resource.ts';

test('serves at once who finds it free, and the others in order of arrival', () => {
  const link = new Resource();
  expect(link.serve(100, 10)).toBe(110);
  expect(link.serve(105, 10)).toBe(120);
  expect(link.serve(119, 1)).toBe(121);
  expect(link.serve(200, 5)).toBe(205);
  expect(link.freeAtNs).toBe(205);
});

test('keeps the remainder below a nanosecond', () => {
  const link = new Resource();
  // 64 B at 12.5 GB/s, a thousand times.
  for (let i = 0; i < 1000; i += 1) link.serve(0, 64 / 12.5);
  expect(link.freeAtNs).toBeCloseTo(5120, 6);
});
