import { expect, test } from 'vitest';
import * as encode from '../../../../src/device/nvme/encode.ts';

const entry = (): Uint32Array => new Uint32Array(encode.SQE_WORDS).fill(0xffff_ffff);

test('a command clears what another may have left: data pointer and dwords 10 to 12', () => {
  const words = entry();
  encode.putCommand(words, 0, encode.IoOpcode.COPY, 0xfffe, 3);
  expect([...words.subarray(0, 2)]).toEqual([0xfffe_0019, 3]);
  expect([...words.subarray(6, 13)]).toEqual(new Array<number>(7).fill(0));
});

test('PRPs lie at byte 24, SLBA at 40, NLB is 0-based', () => {
  const words = entry();
  encode.putCommand(words, 0, encode.IoOpcode.READ, 1, 1);
  encode.putPrps(words, 0, 0x12_3456_7000, 0x1_0000_2000);
  encode.putBlocks(words, 0, 0x5_0000_0007, 65_536, encode.FUA);
  expect([...words.subarray(6, 10)]).toEqual([0x3456_7000, 0x12, 0x2000, 1]);
  expect([...words.subarray(10, 12)]).toEqual([7, 5]);
  expect(words[12]).toBe(0x4000_ffff);
  expect(encode.logicalBlocks(words[12] ?? 0)).toBe(65_536);
});

test('an SGL data block says so in PSDT, with its length', () => {
  const words = entry();
  encode.putCommand(words, 0, encode.IoOpcode.COPY, 1, 1);
  encode.putSgl(words, 0, 0x1_0000_0010, 32);
  expect(words[0]).toBe(0x0001_4019);
  expect([...words.subarray(6, 10)]).toEqual([0x10, 1, 32, 0]);
});

test('64 bits that no double holds are larger than any namespace', () => {
  const words = Uint32Array.of(0xffff_ffff, 0xffff_ffff);
  expect(encode.quad(words, 0)).toBeGreaterThan(2 ** 63);
});

test('ranges are counted from 0, formats stand in bits 11:08', () => {
  expect(encode.rangeCount(0x0000_0000)).toBe(1);
  expect(encode.rangeCount(0x4000_00ff)).toBe(256);
  expect(encode.descriptorFormat(0x0000_0400)).toBe(4);
});

test('a completion entry carries head, ids, phase, status and DNR', () => {
  const words = new Uint32Array(8);
  encode.putCompletion(words, 4, 9, 5, 2, 0xabcd, 0x183, true, 1);
  expect([...words.subarray(4)]).toEqual([9, 0, 0x0002_0005, 0x8307_abcd]);
  const dw3 = words[7] ?? 0;
  expect(encode.completionStatus(dw3)).toBe(0x183);
  expect(encode.completionCommandId(dw3)).toBe(0xabcd);
  expect(encode.completionPhase(dw3)).toBe(1);
  expect(encode.completionDoNotRetry(dw3)).toBe(true);
});

test('success has no DNR and keeps its phase', () => {
  const words = new Uint32Array(4);
  encode.putCompletion(words, 0, 0, 0, 1, 1, 0, false, 0);
  expect(words[3]).toBe(1);
});
