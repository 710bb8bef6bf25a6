import { expect, test } from 'vitest';
import { HostMemory } from '../../../src/host/memory.ts';

const TAGS = { unitBytes: 4096, contentBytes: 8 };

test('a structure is real bytes, zeroed, of whole pages at a page', () => {
  const region = new HostMemory(TAGS).allocate(100);
  expect(region.address % 4096).toBe(0);
  expect([region.bytes, region.content.length]).toEqual([4096, 4096]);
  expect(region.content.every((byte) => byte === 0)).toBe(true);
  region.words()[1] = 0x01020304;
  expect([...region.content.subarray(4, 8)]).toEqual([4, 3, 2, 1]);
  expect(region.contentOffset(region.address + 4)).toBe(4);
});

test.each([
  [8, 32],
  [4096, 16_384],
  [0, 0],
])('a data buffer of 4 units keeps %d bytes of content each', (contentBytes, expected) => {
  const region = new HostMemory({ unitBytes: 4096, contentBytes }).allocateData(16_384);
  expect([region.bytes, region.content.length]).toEqual([16_384, expected]);
  expect(region.contentOffset(region.address + 8192)).toBe(2 * contentBytes);
});

test('finds the region of an address, first byte to last, and of no other', () => {
  const memory = new HostMemory(TAGS);
  const regions = Array.from({ length: 9 }, (_, i) => memory.allocate((i + 1) * 5000));
  for (const region of regions) {
    expect(memory.find(region.address)).toBe(region);
    expect(memory.find(region.address + region.bytes - 1)).toBe(region);
    expect(memory.find(region.address - 1)).toBe(null);
    expect(memory.find(region.address + region.bytes)).toBe(null);
  }
  expect(memory.find(0)).toBe(null);
});

test('no region lies at 0, and none is of no bytes', () => {
  const memory = new HostMemory(TAGS);
  expect(memory.allocate(1).address).toBeGreaterThan(0);
  expect(() => memory.allocate(0)).toThrow('an allocation of no bytes');
});
