import { expect, test } from 'vitest';
import {
  decodeController,
  decodeNamespace,
  encodeController,
  encodeNamespace,
} from '../../../../src/device/nvme/identify.ts';
import { limitsOf } from '../../../../src/device/nvme/limits.ts';

const controller = {
  serial: 's',
  model: 'm',
  mdts: 7,
  namespaces: 1,
  writeCache: true,
  copy: true,
  copyFormats: 5,
  fastCopy: true,
};
const protection = { protection: 1, guardBits: 64 };
const namespace = { blocks: 1000, lbaBytes: 4096, mssrl: 128, mcl: 128, msrc: 127, ...protection };

function limits(changes: Partial<typeof controller> & Partial<typeof namespace> = {}) {
  return limitsOf(
    decodeController(encodeController({ ...controller, ...changes })),
    decodeNamespace(encodeNamespace({ ...namespace, ...changes })),
  );
}

test('Identify carries what it was given', () => {
  expect(decodeNamespace(encodeNamespace(namespace))).toEqual(namespace);
  const large = { blocks: 2 ** 50, lbaBytes: 512, mssrl: 65_535, mcl: 2 ** 32 - 1, msrc: 255 };
  const plain = { ...large, protection: 0, guardBits: 16 };
  expect(decodeNamespace(encodeNamespace(plain))).toEqual(plain);
  const { serial: _, model: __, ...rest } = controller;
  expect(decodeController(encodeController(controller))).toEqual(rest);
});

test('Identify Namespace has MSSRL at byte 74, MCL at 76, MSRC at 80', () => {
  const page = encodeNamespace({ ...namespace, mssrl: 0x1234, mcl: 0x5678_9abc, msrc: 7 });
  expect([...page.subarray(74, 81)]).toEqual([0x34, 0x12, 0xbc, 0x9a, 0x78, 0x56, 7]);
});

test('Identify Controller has ONCS at 520, OCFS at 534, MDTS at 77', () => {
  const page = encodeController(controller);
  expect([page[77], page[521], page[534], page[535]]).toEqual([7, 7, 5, 0]);
});

test.each([
  [1, 16],
  [5, 256],
  [7, 1024],
  [11, 16_384],
  [12, 16_384],
  [0, 16_384],
])('mdts %i gives max_hw_sectors %i', (mdts, sectors) => {
  expect(limits({ mdts }).maxHwSectors).toBe(sectors);
});

test('segments are bound by the transfer, and by 128', () => {
  expect(limits({ mdts: 1 }).maxSegments).toBe(3);
  expect(limits({ mdts: 7 }).maxSegments).toBe(128);
});

test('what is sent ends at 4 MiB', () => {
  expect(limits({ mdts: 0 }).maxSectors).toBe(8192);
});

test('MSSRL alone decides on copies, unless a limit is 0', () => {
  expect(limits({ mssrl: 16, mcl: 1 }).maxCopyHwSectors).toBe(128);
  expect(limits({ mssrl: 0 }).maxCopyHwSectors).toBe(0);
  expect(limits({ mcl: 0 }).maxCopyHwSectors).toBe(0);
  expect(limits({ copy: false }).maxCopySectors).toBe(0);
});

test('a copy stays below 128 MiB', () => {
  expect(limits({ mssrl: 32_767 }).maxCopyHwSectors).toBe(262_136);
  expect(limits({ mssrl: 65_535 }).maxCopyHwSectors).toBe(262_136);
  expect(limits({ mssrl: 65_535, lbaBytes: 512 }).maxCopyHwSectors).toBe(65_535);
});

test('discards come in whole logical blocks', () => {
  expect(limits().maxDiscardSectors % 8).toBe(0);
});
