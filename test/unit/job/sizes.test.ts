import { expect, test } from 'vitest';
import type { Sizes } from '../../../src/units/sizes.ts';
import { meanBytes, sizesText, smallestBytes } from '../../../src/job/sizes.ts';
import { firstRun, job, refusals, warnings, WORLD } from './fixture.ts';

const BODY = '[a]\nfilename=nvme0\nsize=1m\n';
const K = 1024;
const FIXED = (bytes: number): Sizes => ({ kind: 'fixed', bytes });
const RANGE = (lowBytes: number, highBytes: number): Sizes => ({
  kind: 'range',
  lowBytes,
  highBytes,
  unaligned: false,
});
const warned = (body: string) => warnings(WORLD + body);
const refused = (body: string) => refusals(WORLD + body);
const digestOf = (body: string) => firstRun(WORLD + body).planSha256;
const at = (line: number, text: string) => [`jobs/a.fio:${line}: ${text}`];

test.each([
  'bs=8k',
  'bsrange=8k-8k',
  'bssplit=8k',
  'bs=8k\nba=8k\nrw=randread',
  'bs=4k,8k\nbs_is_seq_rand=1\nrw=randread',
])('%s: one size is no mix of sizes', (lines) => {
  const { bsBytes, sizes } = job(`${BODY}${lines}\n`);
  expect(bsBytes.read).toBe(8 * K);
  expect(sizes).toBeNull();
});

test('a range: bs is the largest, and what is left of the region counts in the smallest', () => {
  const plan = job('[a]\nfilename=nvme0\nbsrange=8k-64k\noffset=8k\n');
  expect(plan.bsBytes.read).toBe(64 * K);
  expect(plan.sizes?.following.read).toEqual(RANGE(8 * K, 64 * K));
  expect(smallestBytes(plan, 'read')).toBe(8 * K);
  expect(meanBytes(plan, 'read')).toBe(36 * K);
  expect(sizesText(plan, 'read')).toBe('8k-64k');
  expect(plan.sizeBytes % (64 * K)).toBe(56 * K);
});

test('bssplit stands before bsrange, and that before bs: by direction', () => {
  const { sizes } = job(`${BODY}rw=rw\nbs=4k\nbsrange=,8k-16k\nbssplit=4k/50:8k/50,\n`);
  const shares = [
    { bytes: 4 * K, percent: 50 },
    { bytes: 8 * K, percent: 50 },
  ];
  expect(sizes?.following.read).toEqual({ kind: 'shares', shares });
  expect(sizes?.following.write).toEqual(RANGE(8 * K, 16 * K));
});

test('the fourth value is that of copies', () => {
  const lines = 'rw=copy\ndest_offset=16m\nbssplit=4k,4k,4k,8k/50:16k/50\n';
  const plan = job(BODY + lines);
  expect(sizesText(plan, 'copy')).toBe('8k/50:16k/50');
  expect(sizesText(plan, 'read')).toBe('4k/100');
});

test('bs_is_seq_rand: the first for those that follow, the second for those that are drawn', () => {
  const lines = 'bs=4k,64k\nbs_is_seq_rand=1\nrw=randwrite\npercentage_random=50\n';
  const plan = job(BODY + lines);
  expect(plan.sizes?.drawn.write).toEqual(FIXED(64 * K));
  expect(plan.sizes?.following.write).toEqual(FIXED(4 * K));
  expect(sizesText(plan, 'write')).toBe('4k,64k');
});

test('blockalign: drawn offsets, and no random map', () => {
  const text = `${BODY}rw=randread\nba=64k\n`;
  expect(job(text).sizes?.alignBytes.read).toBe(64 * K);
  expect(sizesText(job(text), 'read')).toBeNull();
  expect(warned(text)).toEqual(at(15, 'ba: turns off the random map, as in fio: blocks repeat'));
  expect(warned(`${text}norandommap\n`)).toEqual([]);
});

test('offset_align rounds a share up, and leaves bytes as they are', () => {
  const offset = (lines: string) => job(`${BODY}${lines}\n`).offsetBytes;
  expect(offset('offset=33%')).toBe(354_332_672);
  expect(offset('offset=33%\noffset_align=64k')).toBe(5407 * 64 * K);
  expect(offset('offset=12k\noffset_align=64k')).toBe(12 * K);
});

test('offset_align has no effect where no offset is a share', () => {
  const what = 'offset_align: has no effect: it rounds an offset that is given as a share';
  const copy = '[a]\nfilename=nvme0\nrw=copy\nsize=64m\noffset_align=64k\n';
  const told = [expect.stringContaining(what)];
  expect(warned(`${BODY}offset_align=64k\n`)).toEqual(told);
  expect(warned(`${BODY}offset_align=64k\noffset=12k\n`)).toEqual(told);
  expect(warned(`${copy}dest_offset=512m\n`)).toEqual(told);
  for (const lines of ['offset_align=64k\noffset=33%', 'offset_align=0']) {
    expect(warned(`${BODY}${lines}\n`)).toEqual([]);
  }
  expect(warned(`${copy}dest_offset=50%\n`)).toEqual([]);
});

test.each([
  [
    'bssplit=8k/50:12k/50',
    'bssplit: 12k is no multiple of the smallest size, 8k; give multiples, or bs_unaligned=1',
  ],
  ['bsrange=0-4k', 'bsrange: begins with blocks of 0 bytes; give at least 1'],
  ['bsrange=4k-10000', 'bsrange: 10000 is no multiple of the logical block of nvme0, 4k; round it'],
  [
    'bsrange=4k-8k\nbs_unaligned',
    'bsrange: 1 is no multiple of the logical block of nvme0, 4k; round it',
  ],
  ['rw=randread\nba=1k', 'ba: 1k is no multiple of the logical block of nvme0, 4k; round it'],
  ['bsrange=4k-2m', 'size: 1m holds no I/O of 2m; give at least that'],
  [
    'rw=read:-64k\nbsrange=4k-8k',
    'bsrange: has several sizes, and rw=NAME:-N counts back over one; give one bs',
  ],
  [
    'rw=copy\ndest_offset=16m\nnum_range=2\nbsrange=4k-8k',
    'bsrange: gives sizes to I/Os, and the ranges of one are of one size; give num_range=1',
  ],
  [
    'rw=trimwrite\nbsrange=4k-8k',
    'bsrange: may write another size than the one that was trimmed; give one bs',
  ],
  [
    'rw=copy\ndest_offset=16m\nbsrange=8k-20k',
    'bsrange: 20k is no multiple of the smallest size, 8k; give multiples',
  ],
])('%s is refused', (lines, what) => {
  const [only, ...more] = refused(BODY + lines + '\n');
  expect(only).toContain(`: ${what}`);
  expect(more).toEqual([]);
});

test.each([
  ['bs=4k\nbssplit=4k/50:8k/50', 'bs: has no effect: bssplit says how large the I/Os are'],
  ['bs=4k\nbsrange=4k-8k', 'bs: has no effect: bsrange says how large the I/Os are'],
  ['bs_unaligned', 'bs_unaligned: has no effect: the I/Os are of one size'],
  ['ba=8k', 'ba: has no effect: sequential I/Os begin where the one before ended'],
  [
    'bssplit=4k/20:8k/30',
    'bssplit: the shares of "4k/20:8k/30" are 50 % together; 8k takes the rest',
  ],
])('%s is warned of', (lines, what) => {
  const found = warned(BODY + lines + '\n');
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(what);
});

test('a [global] bs is for those that say no more', () => {
  expect(warned(`[global]\nbs=4k\n${BODY}bsrange=4k-8k\n`)).toEqual([]);
});

test('what is harmless is no part of the question', () => {
  const plain = digestOf(BODY);
  expect(digestOf(`${BODY}bs_unaligned=0\nbs_is_seq_rand=0\noffset_align=0\n`)).toBe(plain);
  expect(digestOf(`${BODY}bsrange=4k-8k\n`)).not.toBe(plain);
  expect(digestOf(`${BODY}bssplit=64k/50:4k/50\n`)).toBe(digestOf(`${BODY}bssplit=4k:64k\n`));
});
