import { expect, test } from 'vitest';
import { Operation } from '../../../../src/block/operation.ts';
import { Plug } from '../../../../src/block/plug.ts';
import { SECOND_NS } from '../../../../src/units/quantity.ts';
import { Status } from '../../../../src/workload/status.ts';
import { config, costs, NullBlkWorld } from '../../../support/null-blk-world.ts';

const { READ, WRITE, FLUSH, DISCARD, COPY_DST, COPY_SRC } = Operation;
const IRQ_NS = costs.interruptNs + costs.completionNs;

function world(changes = {}): NullBlkWorld {
  return new NullBlkWorld(config({ data: 'memory', ...changes }));
}

test('irqmode=0 completes in the submitter, one request after the other', () => {
  const made = world({ irqmode: 0, data: 'none' });
  const ios = [0, 8192, 16_384].map((offset) => made.submit(READ, offset, 4096));
  expect(made.flush()).toBe(3 * costs.completionNs);
  expect(ios.map(({ ended }) => ended?.atNs)).toEqual([100, 200, 300]);
  expect(made.host.cpu(0).busyNs).toBeCloseTo(0);
});

test('irqmode=0 frees the tag at once: a depth of 1 does not hold up a batch', () => {
  const made = world({ irqmode: 0, data: 'none', hw_queue_depth: 1 });
  const ios = [0, 8192].map((offset) => made.submit(READ, offset, 4096));
  made.flush();
  expect(ios.map(({ status }) => status)).toEqual([Status.OK, Status.OK]);
});

test('irqmode=1 interrupts the submitting CPU at once; the next request joins in', () => {
  const made = world({ irqmode: 1, data: 'none' });
  const ios = [0, 8192].map((offset) => made.submit(READ, offset, 4096));
  expect(made.flush()).toBeCloseTo(0);
  made.settle();
  expect(ios.map(({ ended }) => ended?.atNs)).toEqual([IRQ_NS, IRQ_NS + costs.completionNs]);
  expect(made.host.cpu(0).busyNs).toBe(IRQ_NS + costs.completionNs);
  expect(made.account.hostCpuNs).toBe(IRQ_NS + costs.completionNs);
});

test('irqmode=2 completes completion_nsec later, on the CPU that submitted', () => {
  const made = world({ irqmode: 2, completion_nsec: 10_000, data: 'none', submit_queues: 2 });
  const other = new Plug(made.host, 1);
  const ios = [made.submit(READ, 0, 4096), made.submit(READ, 8192, 4096, 0, other)];
  made.flush();
  made.flush(other);
  made.settle();
  expect(ios.map(({ ended }) => ended?.atNs)).toEqual([10_000 + IRQ_NS, 10_000 + IRQ_NS]);
  expect([0, 1].map((cpu) => made.host.cpu(cpu).busyNs)).toEqual([IRQ_NS, IRQ_NS]);
});

test('hw_queue_depth bounds what is out at once', () => {
  const made = world({ irqmode: 2, completion_nsec: 10_000, data: 'none', hw_queue_depth: 2 });
  const ios = [0, 1, 2, 3].map((i) => made.submit(READ, 8192 * i, 4096));
  made.flush();
  expect(made.device.describeWaiting()).toBe(
    '2 out at the device, the oldest read 0+8, sent at 0 ns; read 32+8 waits for a tag',
  );
  made.settle();
  const ends = ios.map(({ ended }) => ended?.atNs ?? 0);
  expect(ends[1]).toBeLessThan(20_000);
  expect(ends[2]).toBeGreaterThan(20_000);
});

test('a request later than the timeout of 5 s ends with TIMEOUT, in its time', () => {
  const made = world({ irqmode: 2, completion_nsec: 7 * SECOND_NS, data: 'none' });
  const io = made.run(READ, 0, 4096);
  expect(io.ended).toEqual({ status: Status.TIMEOUT, atNs: 7 * SECOND_NS + IRQ_NS });
});

test('memory backing: the submitter pays for the bytes, then the interrupt comes', () => {
  const made = world({ irqmode: 1 });
  const io = made.submit(WRITE, 0, 4096, 7);
  const copyNs = 4096 / costs.memoryBytesPerNs;
  expect(made.flush()).toBe(copyNs);
  made.settle();
  expect(io.ended?.atNs).toBe(copyNs + IRQ_NS);
  expect(made.account.hostCpuNs).toBe(copyNs + IRQ_NS);
});

test('memory backing: one lock for the device; who waits, spins', () => {
  const made = world({ irqmode: 0, submit_queues: 2 });
  const other = new Plug(made.host, 1);
  made.submit(WRITE, 0, 4096);
  made.submit(WRITE, 8192, 4096, 0, other);
  const copyNs = 4096 / costs.memoryBytesPerNs;
  expect(made.flush()).toBe(copyNs + costs.completionNs);
  expect(made.flush(other)).toBe(2 * copyNs + costs.completionNs);
});

test('commands and media bytes are counted, for the job and for the device', () => {
  const made = world();
  made.run(WRITE, 0, 8192, 1);
  made.run(READ, 0, 4096);
  made.copy(0, 16_384, 8192);
  made.run(DISCARD, 0, 512);
  made.run(FLUSH, 0, 0);
  for (const counted of [made.account, made.device.totals]) {
    expect(counted.commands).toBe(4);
    expect(counted.mediaReadBytes).toBe(4096 + 8192);
    expect(counted.mediaWriteBytes).toBe(8192 + 8192);
    expect(counted.pcieTxBytes + counted.pcieRxBytes).toBe(0);
  }
});

test('a merged request moves each of its bios', () => {
  const made = world();
  made.submit(WRITE, 4096, 4096, 0x11);
  made.submit(WRITE, 8192, 4096, 0x22);
  made.flush();
  made.settle();
  expect(made.account.commands).toBe(1);
  expect(made.pread(8192, 512)).toEqual(new Uint8Array(512).fill(0x22));
  expect(made.pread(4096, 512)).toEqual(new Uint8Array(512).fill(0x11));
});

test('a copy moves bytes inside the device, once', () => {
  const made = world({ irqmode: 0 });
  made.run(WRITE, 0, 8192, 0x5a);
  const busyNs = made.account.hostCpuNs;
  expect(made.copy(0, 65_536, 8192).status).toBe(Status.OK);
  const copyNs = 8192 / costs.memoryBytesPerNs;
  expect(made.account.hostCpuNs - busyNs).toBeCloseTo(copyNs + costs.completionNs, 3);
  expect(made.pread(65_536, 8192)).toEqual(new Uint8Array(8192).fill(0x5a));
});

test('a copy of a source never written ends with EIO, after what was written before it', () => {
  const made = world();
  made.run(WRITE, 0, 1024, 0x5a);
  expect(made.copy(0, 65_536, 2048).status).toBe(Status.IOERR);
  expect(made.pread(65_536, 1024)).toEqual(new Uint8Array(1024).fill(0x5a));
  expect(made.store.firstUnwritten(128, 4)).toBe(130);
  made.run(DISCARD, 0, 512);
  expect(made.copy(512, 4096, 512).status).toBe(Status.OK);
});

test('a copy forward onto itself repeats what it wrote, block by block', () => {
  const made = world();
  made.run(WRITE, 0, 512, 0x01);
  made.run(WRITE, 512, 512, 0x02);
  made.run(WRITE, 1024, 512, 0x03);
  expect(made.copy(0, 512, 1024).status).toBe(Status.OK);
  expect(made.pread(0, 1536)).toEqual(new Uint8Array(1536).fill(0x01));
});

test('half of a pair is an I/O error', () => {
  const made = world();
  expect(made.run(COPY_DST, 0, 4096).status).toBe(Status.IOERR);
  expect(made.run(COPY_SRC, 0, 4096).status).toBe(Status.IOERR);
});

test('a copy meets the bad blocks of its source and of its destination', () => {
  const made = world({ badblocks: '+16-16', badblocks_partial_io: true });
  made.run(WRITE, 0, 8192, 0x5a);
  made.run(WRITE, 65_536, 4096, 0x66);
  expect(made.copy(65_536, 4096, 8192).status).toBe(Status.IOERR);
  expect(made.pread(4096, 512)).toEqual(new Uint8Array(512).fill(0x66));
  expect(made.copy(7680, 131_072, 1024).status).toBe(Status.IOERR);
  expect(made.store.firstUnwritten(256, 2)).toBe(257);
});

test('a device without a copy limit cannot copy', () => {
  const made = world({ copy_max_bytes: 0 });
  expect(made.copy(0, 4096, 512).status).toBe(Status.NOTSUPP);
});

test('what the limits leave out is not taken', () => {
  expect(world().run(DISCARD, 0, 512).status).toBe(Status.NOTSUPP);
  expect(world({ discard: true }).run(DISCARD, 0, 512).status).toBe(Status.OK);
});
