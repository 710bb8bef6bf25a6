import { expect, test } from 'vitest';
import {
  BadBlocks,
  badblocksOf,
  goodSectors,
  listChanges,
} from '../../../../src/device/null-blk/badblocks.ts';
import { config } from '../../../support/null-blk-world.ts';

function entries(badblocks: BadBlocks): string {
  return badblocks.entries
    .map(({ sector, lengthSectors }) => `${sector}+${lengthSectors}`)
    .join(' ');
}

test.each([
  '',
  '5',
  '5-6',
  '+5',
  '+5-',
  '+-6',
  '+6-5',
  '+a-b',
  '+1-2-3',
  '*1-2',
  '+1 -2',
  '+1.5-2',
])("'%s' is refused", (text) => {
  const badblocks = new BadBlocks();
  expect(badblocks.change(text)).toBe(false);
  expect(badblocks.empty).toBe(true);
});

test('ranges that touch or overlap are one entry', () => {
  expect(entries(badblocksOf('+10-19 +20-29'))).toBe('10+20');
  expect(entries(badblocksOf('+20-29 +10-19'))).toBe('10+20');
  expect(entries(badblocksOf('+10-19 +15-24 +40-40'))).toBe('10+15 40+1');
  expect(entries(badblocksOf('+10-12 +16-18 +5-30'))).toBe('5+26');
});

test('an entry has at most 512 sectors', () => {
  expect(entries(badblocksOf('+0-1023'))).toBe('0+512 512+512');
  expect(entries(badblocksOf('+100-611 +612-620'))).toBe('100+512 612+9');
});

test('clearing cuts, splits and removes', () => {
  expect(entries(badblocksOf('+10-19,-12-14'))).toBe('10+2 15+5');
  expect(entries(badblocksOf('+10-19,-0-12'))).toBe('13+7');
  expect(entries(badblocksOf('+10-19 +30-39 -5-100'))).toBe('');
});

test('a full table refuses one more, and keeps what it has', () => {
  const badblocks = new BadBlocks();
  for (let i = 0; i < 512; i += 1) expect(badblocks.set(10 * i, 2)).toBe(true);
  expect(badblocks.set(100_000, 1)).toBe(false);
  expect(badblocks.set(2, 1)).toBe(true);
  // Splitting an entry would need one more.
  expect(badblocks.clear(1, 1)).toBe(false);
  expect(badblocks.entries).toHaveLength(512);
});

test('a check finds the first entry touched, whole', () => {
  const badblocks = badblocksOf('+16-17 +24-31');
  expect(badblocks.check(0, 16)).toBeNull();
  expect(badblocks.check(0, 17)).toEqual({ sector: 16, lengthSectors: 2 });
  expect(badblocks.check(17, 100)).toEqual({ sector: 16, lengthSectors: 2 });
  expect(badblocks.check(18, 100)).toEqual({ sector: 24, lengthSectors: 8 });
  expect(badblocks.check(32, 100)).toBeNull();
});

test('nothing of a bad request is good, with partial_io what lies before the block', () => {
  const partial = config({ badblocks_partial_io: true });
  expect(goodSectors(badblocksOf('+16-17'), 8, 16, config())).toBe(0);
  expect(goodSectors(badblocksOf('+16-17'), 8, 16, partial)).toBe(8);
  expect(goodSectors(badblocksOf('+16-17'), 17, 16, partial)).toBe(0);
  const blocks = config({ badblocks_partial_io: true, blocksize: 4096 });
  expect(goodSectors(badblocksOf('+20-20'), 0, 32, blocks)).toBe(16);
});

test('badblocks_once clears the entry that was hit', () => {
  const badblocks = badblocksOf('+16-17 +20-20');
  const once = config({ badblocks_once: true });
  expect(goodSectors(badblocks, 17, 1, once)).toBe(0);
  expect(entries(badblocks)).toBe('20+1');
  expect(goodSectors(badblocks, 16, 2, once)).toBe(2);
});

test('a list is separated by blanks and commas', () => {
  expect(listChanges(' +1-2, -3-4\n+5-6 ')).toEqual(['+1-2', '-3-4', '+5-6']);
});
