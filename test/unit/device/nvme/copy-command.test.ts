import { expect, test } from 'vitest';
import * as encode from '../../../../src/device/nvme/encode.ts';
import { DULBE, Feature, IoOpcode } from '../../../../src/device/nvme/encode.ts';
import { putSourceRange } from '../../../../src/device/nvme/source-range.ts';
import { StatusCode } from '../../../../src/device/nvme/status-code.ts';
import { type Completion, RawNvme } from '../../../support/nvme-raw.ts';
import { namespaceConfig } from '../../../support/nvme-world.ts';

const limits = { ...namespaceConfig, sizeBytes: 1024 * 4096, mssrl: 16, mcl: 64, msrc: 7 };
type Range = readonly [lba: number, blocks: number];

function nvme(behavior: 'spec' | 'qemu' = 'spec'): RawNvme {
  const made = new RawNvme({ behavior }, [limits]);
  made.store(1).layOut(0, 1024);
  return made;
}

function copy(to: RawNvme, destination: number, ranges: readonly Range[], cdw12 = 0): Completion {
  const list = to.structure(ranges.length * 32);
  const words = list.words();
  ranges.forEach(([lba, blocks], index) => {
    putSourceRange(words, 0, index, 0, { lba, blocks });
  });
  return to.send(IoOpcode.COPY, 1, (entry, at) => {
    encode.putCopy(entry, at, destination, ranges.length, cdw12);
    encode.putPrps(entry, at, list.address, 0);
  });
}

function content(of: RawNvme, lba: number, blocks: number): number[] {
  const into = new Float64Array(blocks);
  of.store(1).fingerprints(lba, blocks, into, 0);
  return [...into];
}

const ok = { status: StatusCode.SUCCESS, dnr: false, dw0: 0 };
const tooLarge = { status: StatusCode.CMD_SIZE_LIMIT_EXCEEDED, dnr: true };
const outside = { status: StatusCode.LBA_RANGE, dnr: true };
const full = (count: number, blocks: number): Range[] =>
  Array.from({ length: count }, (_, index) => [index * 16, blocks]);

for (const behavior of ['spec', 'qemu'] as const) {
  test(`${behavior}: a range of MSSRL passes, one more block does not`, () => {
    expect(copy(nvme(behavior), 512, [[0, 16]])).toMatchObject(ok);
    expect(copy(nvme(behavior), 512, [[0, 17]])).toMatchObject(tooLarge);
  });

  test(`${behavior}: ranges that sum to MCL pass, one more block does not`, () => {
    expect(copy(nvme(behavior), 512, full(4, 16))).toMatchObject(ok);
    expect(copy(nvme(behavior), 512, [...full(4, 16), [100, 1]])).toMatchObject(tooLarge);
  });

  test(`${behavior}: MSRC + 1 ranges pass, one more does not`, () => {
    expect(copy(nvme(behavior), 512, full(8, 1))).toMatchObject(ok);
    expect(copy(nvme(behavior), 512, full(9, 1))).toMatchObject(tooLarge);
  });

  test(`${behavior}: source and destination may end at the end, not past it`, () => {
    expect(copy(nvme(behavior), 512, [[1016, 8]])).toMatchObject(ok);
    expect(copy(nvme(behavior), 512, [[1017, 8]])).toMatchObject(outside);
    expect(copy(nvme(behavior), 1016, [[0, 8]])).toMatchObject(ok);
    expect(copy(nvme(behavior), 1017, [[0, 8]])).toMatchObject(outside);
  });

  test(`${behavior}: only descriptor format 0 is there`, () => {
    for (const format of [1, 2, 3, 4, 15]) {
      expect(copy(nvme(behavior), 512, [[0, 1]], format << 8)).toMatchObject({
        status: StatusCode.INVALID_FIELD,
        dnr: true,
      });
    }
  });
}

test('ranges land one after the other, in the order of the list', () => {
  const device = nvme();
  const before = [...content(device, 40, 2), ...content(device, 8, 3)];
  expect(
    copy(device, 512, [
      [40, 2],
      [8, 3],
    ]),
  ).toMatchObject(ok);
  expect(content(device, 512, 5)).toEqual(before);
});

test('spec: a range refused beforehand leaves everything as it was, and dword 0 at 0', () => {
  const device = nvme();
  const before = content(device, 512, 8);
  const answer = copy(device, 512, [
    [0, 4],
    [1024, 4],
  ]);
  expect(answer).toEqual({ ...answer, ...outside, dw0: 0 });
  expect(content(device, 512, 8)).toEqual(before);
});

test('qemu: the ranges before the refused one are copied, and dword 0 is its index', () => {
  const device = nvme('qemu');
  const source = content(device, 0, 4);
  const answer = copy(device, 512, [
    [0, 4],
    [1024, 4],
  ]);
  expect(answer).toMatchObject({ ...outside, dw0: 1 });
  expect(content(device, 512, 4)).toEqual(source);
});

test('a deallocated source reads as zeros, or is an error where the host asked for it', () => {
  const device = nvme();
  device.store(1).deallocate(20, 2);
  expect(copy(device, 512, [[20, 2]])).toMatchObject(ok);
  expect(content(device, 512, 2)).toEqual([0, 0]);
  device.admin.execute(0x09, 1, Feature.ERROR_RECOVERY, DULBE, 0);
  expect(
    copy(device, 600, [
      [0, 4],
      [20, 2],
    ]),
  ).toMatchObject({
    status: StatusCode.UNWRITTEN_BLOCK,
    dnr: false,
    dw0: 1,
  });
  expect(content(device, 600, 4)).toEqual(content(device, 0, 4));
});

test('a list shorter than its ranges is a wrong SGL length', () => {
  const device = nvme();
  const list = device.structure(32);
  const send = (bytes: number): Completion =>
    device.send(IoOpcode.COPY, 1, (entry, at) => {
      encode.putCopy(entry, at, 512, 1, 0);
      encode.putSgl(entry, at, list.address, bytes);
    });
  expect(send(31)).toMatchObject({ status: StatusCode.SGL_DATA_LENGTH_INVALID, dnr: true });
  expect(send(32)).toMatchObject(ok);
});

test('a controller whose namespaces cannot copy does not know the opcode', () => {
  const device = new RawNvme({}, [{ ...limits, mssrl: 0 }]);
  expect(copy(device, 512, [[0, 1]])).toMatchObject({ status: StatusCode.INVALID_OPCODE });
});

test('what a copy cost is told: entry, list, completion, media both ways', () => {
  const device = nvme();
  copy(device, 512, full(2, 16));
  expect(device.costs).toEqual({
    pcieTxBytes: 64 + 64,
    pcieRxBytes: 16,
    mediaReadBytes: 32 * 4096,
    mediaWriteBytes: 32 * 4096,
  });
});

test('a clone moves no media bytes', () => {
  const device = new RawNvme({ copyEngine: 'clone' }, [limits]);
  device.store(1).layOut(0, 1024);
  expect(copy(device, 512, [[0, 16]])).toMatchObject(ok);
  expect(content(device, 512, 16)).toEqual(content(device, 0, 16));
  expect(device.costs).toMatchObject({ mediaReadBytes: 0, mediaWriteBytes: 0 });
});
