import { expect, test } from 'vitest';
import type { Sizes } from '../../../src/units/sizes.ts';
import { PLAIN_ORDER, type SizesSpec } from '../../../src/workload/order.ts';
import type { WorkloadSpec } from '../../../src/workload/spec.ts';
import { type Asked, aWorkload, runWhole } from '../../support/workload-spec.ts';

const K = 1024;
const NONE = { read: null, write: null, copy: null, trim: null };

function sized(sizes: Sizes, following = sizes): SizesSpec {
  const all = (each: Sizes) => ({ read: each, write: each, copy: each, trim: each });
  return { drawn: all(sizes), following: all(following), alignBytes: NONE };
}

function range(low: number, high: number, unaligned = false): SizesSpec {
  return sized({ kind: 'range', lowBytes: low, highBytes: high, unaligned });
}

function run(changes: Partial<WorkloadSpec>): Asked[] {
  return runWhole(aWorkload({ sizes: range(4 * K, 64 * K), sizeBytes: 1024 * K, ...changes }));
}

const total = (asked: readonly Asked[]) =>
  asked.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);

/** How often each KiB of the region was touched. */
function coverage(asked: readonly Asked[], sizeBytes: number, offset = 'offsetBytes' as const) {
  const touched = new Array<number>(Math.ceil(sizeBytes / K)).fill(0);
  for (const io of asked) {
    const first = io[offset] / K;
    for (let at = first; at < first + io.lengthBytes / K; at += 1) {
      touched[at] = (touched[at] ?? 0) + 1;
    }
  }
  return touched;
}

test('in order: each I/O begins where the one before ended, to the end of the region', () => {
  const asked = run({});
  let end = 0;
  for (const { offsetBytes, lengthBytes } of asked) {
    expect(offsetBytes).toBe(end);
    end += lengthBytes;
  }
  expect(end).toBe(1024 * K);
  expect(new Set(asked.map(({ lengthBytes }) => lengthBytes)).size).toBeGreaterThan(8);
});

test('loops go over the region as often, and end at its end', () => {
  const asked = run({ loops: 3 });
  expect(coverage(asked, 1024 * K)).toEqual(new Array(1024).fill(3));
});

test('a rest where nothing fits is left out', () => {
  const asked = run({ sizeBytes: 1001 * K, loops: 2 });
  expect(coverage(asked, 1001 * K)).toEqual([...new Array(1000).fill(2), 0]);
});

test('without alignment a pass leaves out what is less than the smallest', () => {
  const asked = run({ sizes: range(4 * K, 64 * K, true) });
  expect(total(asked)).toBeGreaterThan(1020 * K);
  expect(total(asked)).toBeLessThanOrEqual(1024 * K);
  expect(asked.filter(({ offsetBytes }) => offsetBytes === 0)).toHaveLength(1);
});

test('an io_size of its own is reached, whatever a pass leaves out', () => {
  const sizes = range(4 * K, 64 * K, true);
  const asked = run({ sizes, ioSizeBytes: 4096 * K });
  expect(total(asked)).toBeGreaterThanOrEqual(4096 * K);
  expect(total(asked.slice(0, -1))).toBeLessThan(4096 * K);
});

test.each([
  ['a range', range(4 * K, 64 * K)],
  [
    'shares',
    sized({
      kind: 'shares',
      shares: [
        { bytes: 4 * K, percent: 50 },
        { bytes: 64 * K, percent: 50 },
      ],
    }),
  ],
])('a random map and %s: each block once in a pass', (_, sizes) => {
  const asked = run({ random: true, sizes, loops: 2 });
  const pass = total(asked) / 2;
  expect(pass).toBe(1024 * K);
  expect(coverage(asked, 1024 * K)).toEqual(new Array(1024).fill(2));
  const first = asked.findIndex((_io, index) => total(asked.slice(0, index + 1)) === pass);
  expect(coverage(asked.slice(0, first + 1), 1024 * K)).toEqual(new Array(1024).fill(1));
  expect(asked.every(({ offsetBytes }) => offsetBytes % (4 * K) === 0)).toBe(true);
  expect(asked[0]?.offsetBytes === 0 && asked[1]?.offsetBytes === asked[0].lengthBytes).toBe(false);
});

test('a random map without alignment ends with the pass, each unit touched by one I/O', () => {
  const asked = run({ random: true, sizes: range(4 * K, 64 * K, true) });
  const units = new Set<number>();
  for (const { offsetBytes, lengthBytes } of asked) {
    expect(offsetBytes % (4 * K)).toBe(0);
    for (let at = offsetBytes; at < offsetBytes + lengthBytes; at += 4 * K) {
      expect(units.has(at)).toBe(false);
      units.add(at);
    }
  }
  expect(units.size).toBe(256);
  expect(total(asked)).toBeLessThan(1024 * K);
});

test('norandommap: blocks repeat, and every I/O ends in the region', () => {
  const asked = run({ random: true, norandommap: true });
  expect(Math.max(...coverage(asked, 1024 * K))).toBeGreaterThan(1);
  expect(asked.every((io) => io.offsetBytes + io.lengthBytes <= 1024 * K)).toBe(true);
  expect(total(asked)).toBeGreaterThanOrEqual(1024 * K);
});

test('blockalign: offsets are its multiples, also those near the end', () => {
  const sizes = {
    ...sized({ kind: 'fixed', bytes: 4 * K }),
    alignBytes: { ...NONE, read: 24 * K },
  };
  const asked = run({ random: true, sizes, numberIos: 1000, ioSizeBytes: 1e9 });
  const offsets = new Set(asked.map(({ offsetBytes }) => offsetBytes));
  expect([...offsets].every((offset) => offset % (24 * K) === 0)).toBe(true);
  expect(offsets.size).toBe(43);
  expect(Math.max(...offsets)).toBe(42 * 24 * K);
});

test('one that follows goes on where the one before ended', () => {
  const sizes = sized({ kind: 'fixed', bytes: 64 * K }, { kind: 'fixed', bytes: 4 * K });
  const order = { ...PLAIN_ORDER, percentRandom: { read: 50, write: 50, copy: 50, trim: 50 } };
  const asked = run({ random: true, sizes, order, numberIos: 1000, ioSizeBytes: 1e9 });
  let follow = 0;
  for (const [index, { offsetBytes, lengthBytes }] of asked.entries()) {
    const before = asked[index - 1];
    const end = before === undefined ? 0 : before.offsetBytes + before.lengthBytes;
    if (lengthBytes === 64 * K) continue;
    expect([lengthBytes, offsetBytes]).toEqual([4 * K, end]);
    follow += 1;
  }
  expect(follow).toBeGreaterThan(440);
  expect(follow).toBeLessThan(540);
});

test('a stride leaves gaps, whatever the size', () => {
  const order = { ...PLAIN_ORDER, strideBytes: 8 * K };
  const asked = run({ order });
  const gaps = asked.slice(1).map((io, index) => {
    const before = asked[index];
    return io.offsetBytes - (before?.offsetBytes ?? 0) - (before?.lengthBytes ?? 0);
  });
  expect(new Set(gaps.filter((gap) => gap >= 0))).toEqual(new Set([8 * K]));
});

test('copies go as far on as their sources', () => {
  const asked = run({ access: 'copy', random: true });
  expect(coverage(asked, 1024 * K)).toEqual(new Array(1024).fill(1));
  for (const io of asked) {
    expect(io.destOffsetBytes).toBe(1_048_576 + io.offsetBytes);
    expect(io.ranges).toEqual([io.offsetBytes]);
  }
});

test('the mean of a mix has each direction with its sizes', () => {
  const sizes = range(4 * K, 8 * K);
  const write: Sizes = { kind: 'fixed', bytes: 16 * K };
  const mixed = {
    ...sizes,
    drawn: { ...sizes.drawn, write },
    following: { ...sizes.following, write },
  };
  const asked = run({ access: 'mixed', sizes: mixed });
  const lengths = (direction: number) =>
    new Set(asked.filter((io) => io.direction === direction).map((io) => io.lengthBytes));
  expect(lengths(0)).toEqual(new Set([4 * K, 8 * K]));
  expect(lengths(1)).toEqual(new Set([16 * K]));
});
