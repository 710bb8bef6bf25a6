/** The controller seen by a raw host: statuses of I/O and admin commands, queues, abort. */

import { expect, test } from 'vitest';
import * as encode from '../../../../src/device/nvme/encode.ts';
import { AdminOpcode, Feature, IoOpcode } from '../../../../src/device/nvme/encode.ts';
import { decodeNamespaceList } from '../../../../src/device/nvme/identify.ts';
import { Register } from '../../../../src/device/nvme/registers.ts';
import { StatusCode } from '../../../../src/device/nvme/status-code.ts';
import { RawNvme } from '../../../support/nvme-raw.ts';
import { namespaceConfig } from '../../../support/nvme-world.ts';

const BLOCKS = namespaceConfig.sizeBytes / 4096;

function read(nvme: RawNvme, lba: number, blocks: number, prp1: number, prp2 = 0, nsid = 1) {
  return nvme.send(IoOpcode.READ, nsid, (words, at) => {
    encode.putBlocks(words, at, lba, blocks, 0);
    encode.putPrps(words, at, prp1, prp2);
  }).status;
}

test('bounds: the last block is there, the next one is not, nor is 2^64 - 1', () => {
  const nvme = new RawNvme();
  const { address } = nvme.memory.allocateData(8192);
  expect(read(nvme, BLOCKS - 1, 1, address)).toBe(StatusCode.SUCCESS);
  expect(read(nvme, BLOCKS, 1, address)).toBe(StatusCode.LBA_RANGE);
  expect(read(nvme, BLOCKS - 1, 2, address, address + 4096)).toBe(StatusCode.LBA_RANGE);
  const huge = nvme.send(IoOpcode.READ, 1, (words, at) => {
    encode.putBlocks(words, at, 0, 1, 0);
    words.fill(0xffff_ffff, at + encode.Word.CDW10, at + encode.Word.CDW12);
    encode.putPrps(words, at, address, 0);
  });
  expect(huge).toMatchObject({ status: StatusCode.LBA_RANGE, dnr: true });
});

test('MDTS: 4 KiB << mdts passes, one block more is an invalid field', () => {
  const nvme = new RawNvme({ mdts: 2 });
  const data = nvme.memory.allocateData(32_768);
  const list = nvme.structure(4096);
  const words = list.words();
  for (let index = 0; index < 7; index += 1) {
    encode.putQuad(words, index * 2, data.address + (index + 1) * 4096);
  }
  expect(read(nvme, 0, 4, data.address, list.address)).toBe(StatusCode.SUCCESS);
  expect(read(nvme, 0, 5, data.address, list.address)).toBe(StatusCode.INVALID_FIELD);
});

test('a data pointer that leads nowhere, or askew, is told', () => {
  const nvme = new RawNvme();
  const { address } = nvme.memory.allocateData(8192);
  expect(read(nvme, 0, 1, 0x10)).toBe(StatusCode.DATA_TRANSFER_ERROR);
  expect(read(nvme, 0, 2, address, 0)).toBe(StatusCode.DATA_TRANSFER_ERROR);
  expect(read(nvme, 0, 1, address + 2)).toBe(StatusCode.PRP_OFFSET_INVALID);
  expect(read(nvme, 0, 2, address, address + 4100)).toBe(StatusCode.PRP_OFFSET_INVALID);
});

test('a PRP list that fills its page goes on in the next one', () => {
  const nvme = new RawNvme({ mdts: 0 });
  const pages = 600;
  const data = nvme.memory.allocateData(pages * 4096);
  nvme.store(1).layOut(0, pages);
  const lists = nvme.structure(8192);
  const words = lists.words();
  for (let index = 1; index < pages; index += 1) {
    // Entry 511 of the first page points to the second page.
    const at = index - 1 < 511 ? index - 1 : index;
    encode.putQuad(words, at * 2, data.address + index * 4096);
  }
  encode.putQuad(words, 511 * 2, lists.address + 4096);
  expect(read(nvme, 0, pages, data.address, lists.address)).toBe(StatusCode.SUCCESS);
  const stored = new Uint8Array(pages * 4096);
  nvme.store(1).read(0, pages, stored, 0);
  expect(Buffer.compare(data.content, stored)).toBe(0);
});

test('namespaces and opcodes that are not there', () => {
  const nvme = new RawNvme();
  const { address } = nvme.memory.allocateData(4096);
  expect(read(nvme, 0, 1, address, 0, 2)).toBe(StatusCode.INVALID_NS);
  expect(read(nvme, 0, 1, address, 0, 0)).toBe(StatusCode.INVALID_NS);
  expect(nvme.send(0x7f, 1, () => {}).status).toBe(StatusCode.INVALID_OPCODE);
  expect(nvme.send(IoOpcode.FLUSH, 0xffff_ffff, () => {}).status).toBe(StatusCode.SUCCESS);
  expect(nvme.admin.execute(0x0d, 0, 0, 0, 0).status).toBe(StatusCode.INVALID_OPCODE);
});

test('SGL: a data block that is long enough, nothing else', () => {
  const nvme = new RawNvme();
  const { address } = nvme.memory.allocateData(4096);
  const send = (bytes: number, type: number) =>
    nvme.send(IoOpcode.READ, 1, (words, at) => {
      encode.putBlocks(words, at, 0, 1, 0);
      encode.putSgl(words, at, address, bytes);
      words[at + encode.Word.DPTR + 3] = type << 24;
    }).status;
  expect(send(4096, 0)).toBe(StatusCode.SUCCESS);
  expect(send(4095, 0)).toBe(StatusCode.SGL_DATA_LENGTH_INVALID);
  expect(send(4096, 0x20)).toBe(StatusCode.SGL_TYPE_INVALID);
});

test('features: what is set is what is got', () => {
  const { admin } = new RawNvme();
  const set = (feature: number, value: number, nsid = 0) =>
    admin.execute(AdminOpcode.SET_FEATURES, nsid, feature, value, 0).status;
  const got = (feature: number, nsid = 0) =>
    admin.execute(AdminOpcode.GET_FEATURES, nsid, feature, 0, 0).dw0;
  expect(got(Feature.VOLATILE_WRITE_CACHE)).toBe(1);
  expect(set(Feature.VOLATILE_WRITE_CACHE, 0)).toBe(StatusCode.SUCCESS);
  expect(got(Feature.VOLATILE_WRITE_CACHE)).toBe(0);
  expect(set(Feature.ERROR_RECOVERY, encode.DULBE, 1)).toBe(StatusCode.SUCCESS);
  expect(got(Feature.ERROR_RECOVERY, 1)).toBe(encode.DULBE);
  expect(set(Feature.ERROR_RECOVERY, 0, 7)).toBe(StatusCode.INVALID_NS);
  expect(got(Feature.NUMBER_OF_QUEUES)).toBe(0x0003_0003);
  expect(set(0x7f, 0)).toBe(StatusCode.INVALID_FIELD);
  expect(set(0x8000_0000 + Feature.ARBITRATION, 0)).toBe(StatusCode.FEATURE_NOT_SAVEABLE);
});

test('with the write cache switched off, a write is programmed before it ends', () => {
  const nvme = new RawNvme();
  nvme.admin.execute(AdminOpcode.SET_FEATURES, 0, Feature.VOLATILE_WRITE_CACHE, 0, 0);
  const { address } = nvme.memory.allocateData(4096);
  const fromNs = nvme.simulation.nowNs;
  nvme.send(IoOpcode.WRITE, 1, (words, at) => {
    encode.putBlocks(words, at, 0, 1, 0);
    encode.putPrps(words, at, address, 0);
  });
  expect(nvme.simulation.nowNs - fromNs).toBeGreaterThan(400_000);
  expect(nvme.unaskedFor.mediaWriteBytes).toBe(32_768 - 4096);
});

test('queues: ids, sizes and the queue to complete to are checked', () => {
  const nvme = new RawNvme();
  const ring = nvme.structure(65_536);
  const create = (
    opcode: number,
    id: number,
    size: number,
    cdw11: number,
    address = ring.address,
  ) => nvme.admin.execute(opcode, 0, id + size * 0x1_0000, cdw11, address).status;
  const cq = AdminOpcode.CREATE_IO_CQ;
  const sq = AdminOpcode.CREATE_IO_SQ;
  expect(create(cq, 0, 3, 1)).toBe(StatusCode.QID_INVALID);
  expect(create(cq, 1, 3, 1)).toBe(StatusCode.QID_INVALID);
  expect(create(cq, 5, 3, 1)).toBe(StatusCode.QID_INVALID);
  expect(create(cq, 2, 0, 1)).toBe(StatusCode.QUEUE_SIZE_INVALID);
  expect(create(cq, 2, 64, 1)).toBe(StatusCode.QUEUE_SIZE_INVALID);
  expect(create(cq, 2, 63, 0)).toBe(StatusCode.INVALID_FIELD);
  expect(create(cq, 2, 63, 1, 0x10)).toBe(StatusCode.DATA_TRANSFER_ERROR);
  expect(create(sq, 2, 63, 1 + 2 * 0x1_0000)).toBe(StatusCode.CQ_INVALID);
  expect(create(cq, 2, 63, 1)).toBe(StatusCode.SUCCESS);
  expect(create(sq, 2, 63, 1 + 2 * 0x1_0000)).toBe(StatusCode.SUCCESS);
  const remove = (opcode: number) => nvme.admin.execute(opcode, 0, 2, 0, 0).status;
  expect(remove(AdminOpcode.DELETE_IO_CQ)).toBe(StatusCode.INVALID_QUEUE_DELETION);
  expect(remove(AdminOpcode.DELETE_IO_SQ)).toBe(StatusCode.SUCCESS);
  expect(remove(AdminOpcode.DELETE_IO_CQ)).toBe(StatusCode.SUCCESS);
  expect(remove(AdminOpcode.DELETE_IO_CQ)).toBe(StatusCode.QID_INVALID);
});

test('Identify lists the namespaces above the one named', () => {
  const { admin } = new RawNvme({}, [namespaceConfig, namespaceConfig, namespaceConfig]);
  expect(decodeNamespaceList(admin.identify(2, 0))).toEqual([1, 2, 3]);
  expect(decodeNamespaceList(admin.identify(2, 2))).toEqual([3]);
});

test('Abort ends a command that is out, and says when there is none', () => {
  const nvme = new RawNvme();
  const { address } = nvme.memory.allocateData(4096);
  nvme.post(IoOpcode.READ, 1, 77, (words, at) => {
    encode.putBlocks(words, at, 0, 1, 0);
    encode.putPrps(words, at, address, 0);
  });
  nvme.io.ring();
  const abort = (id: number) => nvme.admin.execute(AdminOpcode.ABORT, 0, 1 + id * 0x1_0000, 0, 0);
  expect(abort(78).dw0).toBe(1);
  expect(abort(77).dw0).toBe(0);
  expect(nvme.wait()).toMatchObject({ id: 77, status: StatusCode.ABORT_REQUESTED, dnr: false });
  // It goes on unseen: no second completion, and its media bytes are told as nobody's.
  while (nvme.simulation.step());
  expect(nvme.io.take()).toBe(-1);
  expect(nvme.unaskedFor.mediaReadBytes).toBe(4096);
});

test('a completion queue that is full holds commands back until the host has taken some', () => {
  const nvme = new RawNvme({}, [namespaceConfig], 4);
  for (let id = 1; id <= 3; id += 1) nvme.post(IoOpcode.FLUSH, 1, id, () => {});
  nvme.io.ring();
  while (nvme.simulation.step());
  // All three entries are there and none is taken; three more find no room.
  for (let id = 4; id <= 6; id += 1) nvme.post(IoOpcode.FLUSH, 1, id, () => {});
  nvme.io.ring();
  while (nvme.simulation.step());
  expect([1, 2, 3, 4, 5, 6].map(() => nvme.wait().id)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a reset takes the queues away', () => {
  const nvme = new RawNvme();
  nvme.controller.write32(Register.CC, 0);
  expect(nvme.controller.read32(Register.CSTS)).toBe(0);
  expect(nvme.controller.submissionQueues.every((queue) => queue === null)).toBe(true);
});
