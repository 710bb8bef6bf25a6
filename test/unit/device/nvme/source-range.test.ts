import { expect, test } from 'vitest';
import {
  descriptorBytes,
  putSourceRange,
  SourceRanges,
} from '../../../../src/device/nvme/source-range.ts';

const RANGE = {
  lba: 0x2_0000_0001,
  blocks: 65_536,
  nsid: 7,
  fast: true,
  referenceTag: 0x1234_5678,
  applicationTag: 0xabcd,
  applicationTagMask: 0xff00,
};

test('format 0 has SLBA at byte 8, NLB at 16, tags behind 24, and no namespace', () => {
  const words = new Uint32Array(16).fill(0xffff_ffff);
  putSourceRange(words, 8, 0, 0, RANGE);
  expect([...words.subarray(8)]).toEqual([
    0, 0, 1, 2, 0xffff, 0x8000_0000, 0x1234_5678, 0xff00_abcd,
  ]);
});

test('the tags of format 1 are 10 bytes, their last six the reference tag in big-endian order', () => {
  const words = new Uint32Array(10);
  putSourceRange(words, 0, 0, 1, { ...RANGE, referenceTag: 0x0102_0304_0506 });
  const bytes = new Uint8Array(words.buffer);
  expect([...bytes.subarray(26, 40)]).toEqual([
    0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 0xcd, 0xab, 0x00, 0xff,
  ]);
});

test.each([0, 1, 2, 3])('what a descriptor of format %i says is read back', (format) => {
  const index = 2;
  const words = new Uint32Array((descriptorBytes(format) / 4) * 3);
  putSourceRange(words, 0, index, format, RANGE);
  const ranges = new SourceRanges();
  ranges.decode(words, index, format, 3);
  expect({
    lba: ranges.lba[index],
    blocks: ranges.blocks[index],
    nsid: ranges.nsid[index],
    fast: ranges.fast[index] === 1,
    referenceTag: ranges.referenceTag[index],
    applicationTag: ranges.applicationTag[index],
    applicationTagMask: ranges.applicationTagMask[index],
  }).toEqual(format >= 2 ? RANGE : { ...RANGE, nsid: 3, fast: false });
});
