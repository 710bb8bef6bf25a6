/** What every backing store does, whatever it keeps its content in. */

import { describe, expect, test } from 'vitest';
import type { BackingStore } from '../../src/device/store/store.ts';
import { aStore } from '../support/open-stores.ts';

function fingerprints(store: BackingStore, firstUnit: number, units: number): number[] {
  const into = new Float64Array(units + 2).fill(-7);
  store.fingerprints(firstUnit, units, into, 1);
  expect(into[0]).toBe(-7);
  expect(into[units + 1]).toBe(-7);
  return [...into.subarray(1, units + 1)];
}

function blocksOf(store: BackingStore, lba: number, blocks: number): Uint8Array {
  const content = new Uint8Array(blocks * store.contentBytesPerBlock).fill(0xee);
  store.read(lba, blocks, content, 0);
  return content;
}

describe.each(['file', 'memory', 'tags'] as const)('data=%s', (mode) => {
  test('a block that nobody wrote reads as zeros and has fingerprint 0', () => {
    const store = aStore(mode);
    expect(store.isWritten(5)).toBe(false);
    expect(store.firstUnwritten(5, 3)).toBe(5);
    expect(blocksOf(store, 5, 2).every((byte) => byte === 0)).toBe(true);
    expect(fingerprints(store, 10, 4)).toEqual([0, 0, 0, 0]);
    store.close();
  });

  test('what is written is read, at its offset, and nothing beside it', () => {
    const store = aStore(mode);
    const bytes = store.contentBytesPerBlock;
    const content = new Uint8Array(4 * bytes).map((_, i) => i % 251);
    store.write(7, 2, content, bytes);
    expect([6, 7, 8, 9].map((lba) => store.isWritten(lba))).toEqual([false, true, true, false]);
    const read = blocksOf(store, 6, 4);
    expect(read.subarray(0, bytes).every((byte) => byte === 0)).toBe(true);
    expect(read.subarray(bytes, 3 * bytes)).toEqual(content.subarray(bytes, 3 * bytes));
    expect(read.subarray(3 * bytes).every((byte) => byte === 0)).toBe(true);
    expect(store.firstUnwritten(7, 2)).toBe(-1);
    expect(store.firstUnwritten(7, 3)).toBe(9);
    store.close();
  });

  test('layout gives each unwritten unit a content of its own, and leaves written blocks', () => {
    const store = aStore(mode);
    store.writeZeroes(11, 1);
    store.layOut(20, 8);
    const marks = fingerprints(store, 20, 8);
    expect(marks.slice(2, 4)).toEqual([0, 0]);
    const own = [...marks.slice(0, 2), ...marks.slice(4)];
    expect(new Set(own).size).toBe(6);
    expect(own.every((mark) => mark > 0 && Number.isInteger(mark))).toBe(true);
    expect(store.firstUnwritten(10, 4)).toBe(-1);
    store.close();
  });

  test('layout names the device: the same block of two devices differs', () => {
    const one = aStore(mode, { deviceIndex: 1 });
    const two = aStore(mode, { deviceIndex: 2 });
    one.layOut(0, 2);
    two.layOut(0, 2);
    expect(fingerprints(one, 0, 2)).not.toEqual(fingerprints(two, 0, 2));
    one.close();
    two.close();
  });

  test('layout of more than one buffer is as one block at a time', () => {
    const whole = aStore(mode, { blocks: 5000 });
    const single = aStore(mode, { blocks: 5000 });
    whole.layOut(0, 10_000);
    for (let unit = 0; unit < 10_000; unit += 2) single.layOut(unit, 2);
    expect(fingerprints(whole, 0, 10_000)).toEqual(fingerprints(single, 0, 10_000));
    expect(new Set(fingerprints(whole, 0, 10_000)).size).toBe(10_000);
    whole.close();
    single.close();
  });

  test('a copy carries content; unwritten sources become written zeros', () => {
    const store = aStore(mode);
    store.layOut(0, 6);
    store.copy(0, 50_000, 4);
    expect(fingerprints(store, 100_000, 8)).toEqual([...fingerprints(store, 0, 6), 0, 0]);
    expect(store.firstUnwritten(50_000, 4)).toBe(-1);
    store.close();
  });

  test.each([3, -3])('a copy onto itself, %i blocks on, is as if read first', (distance) => {
    const store = aStore(mode);
    store.layOut(40, 6000);
    const before = fingerprints(store, 40, 6000);
    store.copy(20, 20 + distance, 3000);
    expect(fingerprints(store, 40 + 2 * distance, 6000)).toEqual(before);
    store.close();
  });

  test('a deallocated block reads as zeros again, whatever lies there', () => {
    const store = aStore(mode);
    store.layOut(0, 8);
    store.deallocate(1, 2);
    expect([0, 1, 2, 3].map((lba) => store.isWritten(lba))).toEqual([true, false, false, true]);
    expect(fingerprints(store, 2, 4)).toEqual([0, 0, 0, 0]);
    expect(blocksOf(store, 1, 2).every((byte) => byte === 0)).toBe(true);
    store.close();
  });
});

test('data=none: everything counts as written, buffers stay as they are', () => {
  const store = aStore('none');
  const content = new Uint8Array(8).fill(9);
  store.read(0, 1, content, 0);
  store.write(0, 1, content, 0);
  expect([...content]).toEqual(new Array(8).fill(9));
  expect(store.keepsContent).toBe(false);
  expect(store.isWritten(99)).toBe(true);
  expect(store.firstUnwritten(0, 100)).toBe(-1);
  expect(store.contentBytesPerBlock).toBe(0);
});

test('a device of 64 TiB costs nothing until it is touched, at its end too', () => {
  const store = aStore('memory', { blocks: 2 ** 36 });
  expect(store.firstUnwritten(2 ** 36 - 2, 2)).toBe(2 ** 36 - 2);
  store.layOut(2 ** 37 - 4, 4);
  expect(store.isWritten(2 ** 36 - 1)).toBe(true);
  expect(fingerprints(store, 2 ** 37 - 4, 4).every((mark) => mark > 0)).toBe(true);
});
