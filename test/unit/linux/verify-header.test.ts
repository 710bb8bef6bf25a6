import { expect, test } from 'vitest';
import { headerProblem, writeHeader, writeProblem } from '../../../src/linux/verify-header.ts';

const NAME = { type: 5, lengthBytes: 4096, offsetBytes: 8192 };
const WRITE = { seedLow: 1, seedHigh: 2, thread: 3, number: 65_540 };
const BOTH = { seed: true, number: true };

function header(): DataView {
  const view = new DataView(new ArrayBuffer(48), 4);
  writeHeader(view, 4, NAME, WRITE, 1_500_000_002);
  return view;
}

test('the bytes of the header, as fio lays them out', () => {
  const hex = Buffer.from(header().buffer, 8, 36).toString('hex');
  expect(hex).toBe(
    'caac' +
      '0500' +
      '00100000' +
      '0100000002000000' +
      '0020000000000000' +
      '01000000' +
      '0265cd1d' +
      '0300' +
      '0400',
  );
});

/** The first block that `fio --rw=write --bs=4k --size=16k --verify=crc32c` (3.33) has written. */
test('a header that fio has written is one', () => {
  const bytes = Buffer.from(
    'caac0500001000003c5409c501cca400000000000000000000000000965c18070100000085c2d83c',
    'hex',
  );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  expect(headerProblem(view, 0, { ...NAME, offsetBytes: 0 })).toBe(null);
});

test('a header that is right has no problem, and each that is wrong has one', () => {
  expect(headerProblem(header(), 4, NAME)).toBe(null);
  expect(headerProblem(header(), 4, { ...NAME, lengthBytes: 512 })).toBe(
    'is headed as one of 4096 bytes',
  );
  expect(headerProblem(header(), 4, { ...NAME, offsetBytes: 0 })).toBe(
    'is headed as the one at 8192',
  );
  expect(headerProblem(header(), 4, { ...NAME, type: 2 })).toBe(
    'was written with another method (type 5, not 2)',
  );
  expect(headerProblem(new DataView(new ArrayBuffer(40)), 0, NAME)).toBe(
    'has no header: its magic is 0x0000, not 0xacca',
  );
  const torn = header();
  torn.setUint8(20, 1);
  expect(headerProblem(torn, 4, NAME)).toMatch(/^has a header of crc 0x[0-9a-f]{8} that says 0x/);
});

test('offsets go beyond 32 bits', () => {
  const view = new DataView(new ArrayBuffer(40));
  const far = { ...NAME, offsetBytes: 2 ** 40 + 4096 };
  writeHeader(view, 0, far, WRITE, 0);
  expect(headerProblem(view, 0, far)).toBe(null);
});

test('the write is told by its number, of which 16 bits are kept, and its seed', () => {
  expect(writeProblem(header(), 4, WRITE, BOTH)).toBe(null);
  expect(writeProblem(header(), 4, { ...WRITE, number: 5 }, BOTH)).toBe('is of write 4, not 5');
  const other = { ...WRITE, seedHigh: 7 };
  expect(writeProblem(header(), 4, other, BOTH)).toBe(
    'has the seed 0x0000000200000001, not 0x0000000700000001',
  );
  expect(writeProblem(header(), 4, other, { seed: false, number: true })).toBe(null);
  expect(writeProblem(header(), 4, { ...WRITE, number: 5 }, { seed: true, number: false })).toBe(
    null,
  );
});
