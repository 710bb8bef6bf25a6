/** Copy across namespaces, with protection information, and what it refuses beforehand (spec). */

import { expect, test } from 'vitest';
import type { NvmeConfig, NvmeNamespaceConfig } from '../../../../src/device/nvme/config.ts';
import * as encode from '../../../../src/device/nvme/encode.ts';
import { Feature, IoOpcode } from '../../../../src/device/nvme/encode.ts';
import {
  descriptorBytes,
  putSourceRange,
  type SourceRange,
} from '../../../../src/device/nvme/source-range.ts';
import { StatusCode } from '../../../../src/device/nvme/status-code.ts';
import { type Completion, RawNvme } from '../../../support/nvme-raw.ts';
import { namespaceConfig } from '../../../support/nvme-world.ts';

const BLOCKS = 256;
const plain = { ...namespaceConfig, sizeBytes: BLOCKS * 4096, mssrl: 16, mcl: 64, msrc: 7 };
const guarded = { ...plain, protection: 1, guardBits: 16 } as const;
const PRACT_READ = 1 << 15;
const PRACT_WRITE = 1 << 29;
const CHECK_READ = 0x7 << 12;
const CHECK_WRITE = 0x7 << 26;

function nvme(
  namespaces: readonly NvmeNamespaceConfig[],
  changes: Partial<NvmeConfig> = {},
): RawNvme {
  const made = new RawNvme({ copyFormats: 0xf, ...changes }, namespaces);
  namespaces.forEach((_, index) => made.store(index + 1).layOut(0, BLOCKS));
  const page = new Uint8Array(512);
  page[4] = 0b1100;
  const region = made.structure(512);
  region.content.set(page);
  made.admin.execute(0x09, 0, Feature.HOST_BEHAVIOR_SUPPORT, 0, region.address);
  return made;
}

interface Asked {
  readonly format: number;
  readonly ranges: readonly SourceRange[];
  readonly nsid?: number;
  readonly to?: number;
  readonly flags?: number;
  readonly referenceTag?: number;
}

function copy(
  device: RawNvme,
  { format, ranges, nsid = 1, to = 128, flags, referenceTag }: Asked,
): Completion {
  const list = device.structure(ranges.length * descriptorBytes(format));
  const words = list.words();
  ranges.forEach((range, index) => putSourceRange(words, 0, index, format, range));
  return device.send(IoOpcode.COPY, nsid, (entry, at) => {
    encode.putCopy(entry, at, to, ranges.length, flags ?? 0, format);
    encode.putPrps(entry, at, list.address, 0);
    entry[at + encode.Word.CDW14] = referenceTag ?? 0;
    entry[at + encode.Word.CDW15] = 0;
  });
}

function content(device: RawNvme, nsid: number, lba: number, blocks: number): number[] {
  const into = new Float64Array(blocks);
  device.store(nsid).fingerprints(lba, blocks, into, 0);
  return [...into];
}

function read(device: RawNvme, nsid: number, lba: number): number {
  const buffer = device.memory.allocateData(4096);
  return device.send(IoOpcode.READ, nsid, (entry, at) => {
    encode.putBlocks(entry, at, lba, 1, 0);
    encode.putPrps(entry, at, buffer.address, 0);
  }).status;
}

const range = { lba: 8, blocks: 4, nsid: 2 };
const good = { status: StatusCode.SUCCESS, dw0: 0 };

test('format 2 gathers from several namespaces into one', () => {
  const device = nvme([plain, plain, plain]);
  const ranges = [range, { lba: 3, blocks: 2, nsid: 1 }, { lba: 0, blocks: 1, nsid: 3 }];
  const expected = [
    ...content(device, 2, 8, 4),
    ...content(device, 1, 3, 2),
    ...content(device, 3, 0, 1),
  ];
  expect(copy(device, { format: 2, ranges })).toMatchObject(good);
  expect(content(device, 1, 128, 7)).toEqual(expected);
  expect(device.costs).toMatchObject({ mediaReadBytes: 7 * 4096, pcieTxBytes: 64 + 96 });
});

test.each<[string, Asked, number]>([
  [
    'a namespace of number 0',
    { format: 2, ranges: [{ ...range, nsid: 0 }] },
    StatusCode.INVALID_NS,
  ],
  [
    'all namespaces',
    { format: 2, ranges: [{ ...range, nsid: 2 ** 32 - 1 }] },
    StatusCode.INVALID_NS,
  ],
  [
    'one that is not active',
    { format: 2, ranges: [{ ...range, nsid: 9 }] },
    StatusCode.INVALID_FIELD,
  ],
  [
    'one out of reach',
    { format: 2, ranges: [{ ...range, nsid: 3 }] },
    StatusCode.NAMESPACE_NOT_REACHABLE,
  ],
  [
    'blocks of another size',
    { format: 2, ranges: [{ ...range, nsid: 4 }] },
    StatusCode.INCOMPATIBLE_NAMESPACE,
  ],
  [
    'protected blocks, not stripped',
    { format: 2, ranges: [{ ...range, nsid: 5 }] },
    StatusCode.INCOMPATIBLE_NAMESPACE,
  ],
  [
    'fast copy only',
    { format: 2, ranges: [{ ...range, fast: true }] },
    StatusCode.FAST_COPY_NOT_POSSIBLE,
  ],
  ['a format for larger guards', { format: 3, ranges: [range] }, StatusCode.INVALID_NS],
  [
    'overlap in its own namespace',
    { format: 2, to: 10, ranges: [{ ...range, nsid: 1 }] },
    StatusCode.OVERLAPPING_IO_RANGE,
  ],
  [
    'overlap of a later range',
    { format: 2, to: 100, ranges: [range, { lba: 101, blocks: 1, nsid: 1 }] },
    StatusCode.OVERLAPPING_IO_RANGE,
  ],
  [
    'a length that the source has not',
    { format: 2, ranges: [{ ...range, blocks: 17 }] },
    StatusCode.CMD_SIZE_LIMIT_EXCEEDED,
  ],
])('refused before a byte moves: %s', (_, asked, status) => {
  const small = { ...plain, lbaBytes: 8192 };
  const device = nvme([plain, plain, { ...plain, copyGroup: 2 }, small, guarded]);
  const before = content(device, 1, 0, BLOCKS);
  expect(copy(device, asked)).toMatchObject({ status, dnr: true, dw0: 0 });
  expect(content(device, 1, 0, BLOCKS)).toEqual(before);
});

test('in one namespace, formats 0 and 1 take an overlap, and format 2 does without', () => {
  const device = nvme([plain]);
  const ranges = [{ lba: 8, blocks: 4 }];
  expect(copy(device, { format: 0, to: 10, ranges })).toMatchObject(good);
});

test('formats 2 and 3 are there when the host has enabled them', () => {
  const device = new RawNvme({ copyFormats: 0xf }, [plain, plain]);
  expect(copy(device, { format: 2, ranges: [range] }).status).toBe(StatusCode.INVALID_FIELD);
});

test('fast copies only are taken by a device whose copies are fast', () => {
  const device = nvme([plain, plain], { fastCopy: true });
  expect(copy(device, { format: 2, ranges: [{ ...range, fast: true }] })).toMatchObject(good);
});

test('more copies at once than there are resources for', () => {
  const device = nvme([plain], { copyCommands: 1 });
  const list = device.structure(32);
  putSourceRange(list.words(), 0, 0, 0, { lba: 0, blocks: 1 });
  for (const id of [1, 2]) {
    device.post(IoOpcode.COPY, 1, id, (entry, at) => {
      encode.putCopy(entry, at, 128 + id, 1, 0);
      encode.putPrps(entry, at, list.address, 0);
    });
  }
  device.io.ring();
  expect(device.wait()).toMatchObject({ id: 2, status: StatusCode.INSUFFICIENT_RESOURCES });
  expect(device.wait()).toMatchObject({ id: 1, status: StatusCode.SUCCESS });
  expect(copy(device, { format: 0, ranges: [{ lba: 0, blocks: 1 }] })).toMatchObject(good);
});

test('tags carried as they are fit no longer, and reading them tells', () => {
  const device = nvme([guarded]);
  const ranges = [{ lba: 16, blocks: 2, referenceTag: 16 }];
  expect(copy(device, { format: 0, ranges })).toMatchObject(good);
  expect(read(device, 1, 128)).toBe(StatusCode.REFERENCE_TAG_CHECK);
  expect(read(device, 1, 16)).toBe(StatusCode.SUCCESS);
});

test('tags stripped and inserted fit, and writing makes them fit again', () => {
  const device = nvme([guarded]);
  const flags = PRACT_READ | PRACT_WRITE | CHECK_READ | CHECK_WRITE;
  const ranges = [{ lba: 16, blocks: 2, referenceTag: 16 }];
  expect(copy(device, { format: 0, ranges, flags, referenceTag: 128 })).toMatchObject(good);
  expect([read(device, 1, 128), read(device, 1, 129)]).toEqual([0, 0]);
});

test.each<[string, number, number, number, number]>([
  [
    'the source expects another tag than its LBA',
    CHECK_READ,
    17,
    0,
    StatusCode.INVALID_PROTECTION_INFO,
  ],
  [
    'the destination is told another tag than its LBA',
    PRACT_READ | PRACT_WRITE | CHECK_WRITE,
    16,
    5,
    StatusCode.INVALID_PROTECTION_INFO,
  ],
  [
    'carried tags are checked by the destination',
    CHECK_WRITE,
    16,
    128,
    StatusCode.REFERENCE_TAG_CHECK,
  ],
  ['one strips and the other does not insert', PRACT_READ, 16, 128, StatusCode.INVALID_FIELD],
])('%s', (_, flags, expected, referenceTag, status) => {
  const device = nvme([guarded]);
  const ranges = [{ lba: 16, blocks: 2, referenceTag: expected }];
  const before = content(device, 1, 128, 2);
  expect(copy(device, { format: 0, ranges, flags, referenceTag })).toMatchObject({ status });
  expect(content(device, 1, 128, 2)).toEqual(before);
});

test('64 b guards take format 1 and 3, and tags of 48 bits', () => {
  const wide = { ...plain, protection: 2, guardBits: 64 } as const;
  const device = nvme([wide]);
  const flags = PRACT_READ | PRACT_WRITE | CHECK_READ;
  expect(copy(device, { format: 0, ranges: [{ lba: 0, blocks: 1 }] }).status).toBe(
    StatusCode.INVALID_NS,
  );
  const right = [{ lba: 16, blocks: 2, referenceTag: 16 }];
  expect(copy(device, { format: 1, ranges: right, flags, referenceTag: 128 })).toMatchObject(good);
  const wrong = [{ lba: 16, blocks: 2, referenceTag: 2 ** 40 + 16 }];
  expect(copy(device, { format: 1, ranges: wrong, flags }).status).toBe(
    StatusCode.REFERENCE_TAG_CHECK,
  );
});
