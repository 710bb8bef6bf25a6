import { expect, test } from 'vitest';
import type { CopyAccounts } from '../../../src/block/copy.ts';
import { CopyEmulation } from '../../../src/block/copy-emulation.ts';
import type { Limits } from '../../../src/block/limits.ts';
import { Operation } from '../../../src/block/operation.ts';
import type { RequestQueue } from '../../../src/block/request-queue.ts';
import type { HostCosts } from '../../../src/host/host.ts';
import { Status } from '../../../src/workload/status.ts';
import { BlockWorld, FakeDriver } from '../../support/fake-driver.ts';

const { READ, WRITE } = Operation;

interface Ended {
  readonly slot: number;
  readonly doneSectors: number;
  readonly status: Status;
  readonly atNs: number;
}

interface Options {
  readonly from?: Partial<Limits>;
  readonly to?: Partial<Limits>;
  readonly costs?: Partial<HostCosts>;
}

/** One copy from a device to another, each I/O taking 1000 ns there. */
class OneCopy {
  readonly world: BlockWorld;
  readonly destination: RequestQueue;
  readonly written = new FakeDriver();
  readonly copy: CopyEmulation;
  readonly ended: Ended[] = [];

  constructor({ from, to, costs }: Options = {}) {
    this.world = new BlockWorld({ limits: from ?? {}, costs: costs ?? {} });
    this.destination = this.world.device(this.written, { limits: to ?? {} });
    this.world.driver.endAllAfter(1000);
    this.written.endAllAfter(1000);
    const devices = { source: this.world.queue, destination: this.destination };
    this.copy = new CopyEmulation(this, 7, this.accounts, this.world.host, 0, devices);
  }

  get accounts(): CopyAccounts {
    return { source: this.world.account, destination: this.world.account };
  }

  copyEnded(slot: number, doneSectors: number, status: Status, atNs: number): void {
    this.ended.push({ slot, doneSectors, status, atNs: atNs + 0 });
  }

  begin(sizeSectors: number, atNs = this.world.simulation.nowNs): Status {
    const status = this.copy.begin(
      {
        source: this.world.queue,
        sourceSector: 800,
        destination: this.destination,
        destinationSector: 4000,
        sizeSectors,
      },
      atNs,
    );
    this.world.settle();
    return status;
  }
}

test('reads a chunk, writes it, and only then reads the next', () => {
  const one = new OneCopy({ from: { maxHwSectors: 64 }, to: { maxHwSectors: 32 } });
  one.begin(80);
  const log = [...one.world.driver.sent, ...one.written.sent]
    .map(({ operation, sector, sizeSectors, atNs }) => ({ operation, sector, sizeSectors, atNs }))
    .sort((a, b) => a.atNs - b.atNs);
  expect(log).toEqual([
    { operation: READ, sector: 800, sizeSectors: 32, atNs: 0 },
    { operation: WRITE, sector: 4000, sizeSectors: 32, atNs: 1000 },
    { operation: READ, sector: 832, sizeSectors: 32, atNs: 2000 },
    { operation: WRITE, sector: 4032, sizeSectors: 32, atNs: 3000 },
    { operation: READ, sector: 864, sizeSectors: 16, atNs: 4000 },
    { operation: WRITE, sector: 4064, sizeSectors: 16, atNs: 5000 },
  ]);
  expect(one.ended).toEqual([{ slot: 7, doneSectors: 80, status: Status.OK, atNs: 6000 }]);
});

test.each<[string, Options, number, number]>([
  ['max_hw_sectors of the source', { from: { maxHwSectors: 40 } }, 200, 40],
  ['max_hw_sectors of the destination', { to: { maxHwSectors: 48 } }, 200, 48],
  ['max_segments, a page each', { to: { maxSegments: 4 } }, 200, 32],
  ['the copy itself', {}, 24, 24],
  ['whole blocks', { from: { maxHwSectors: 20, logicalBlockBytes: 4096 } }, 200, 16],
  [
    'whole blocks of the other device',
    { from: { maxHwSectors: 255 }, to: { logicalBlockBytes: 4096 } },
    800,
    248,
  ],
])('the buffer is as large as %s', (_, options, size, chunk) => {
  const one = new OneCopy(options);
  one.begin(size);
  expect(one.written.sent[0]?.sizeSectors).toBe(chunk);
  expect(one.ended).toMatchObject([{ doneSectors: size, status: Status.OK }]);
});

test('reads into the buffer that it writes from', () => {
  const one = new OneCopy({ from: { maxHwSectors: 64 } });
  one.begin(128);
  const addresses = [...one.world.driver.sent, ...one.written.sent].map(({ address }) => address);
  expect(new Set(addresses).size).toBe(1);
  expect(one.world.host.memory.find(addresses[0] ?? 0)?.bytes).toBe(64 * 512);
});

test.each([
  ['the first read', READ, 0, 0],
  ['the first write', WRITE, 0, 0],
  ['the second read', READ, 1, 32],
  ['the last write', WRITE, 2, 64],
])('ends at %s that fails, with the chunks written before', (_, operation, index, done) => {
  const one = new OneCopy({ from: { maxHwSectors: 32 } });
  const driver = operation === READ ? one.world.driver : one.written;
  driver.endAllAfter(1000, () => (driver.sent.length > index ? Status.MEDIUM : Status.OK));
  one.begin(80);
  expect(one.ended).toMatchObject([{ doneSectors: done, status: Status.MEDIUM }]);
  expect(driver.sent).toHaveLength(index + 1);
});

test('devices that end each I/O inside the call keep the worker from sleeping', () => {
  const one = new OneCopy({ from: { maxHwSectors: 32 }, costs: { contextSwitchNs: 50 } });
  one.world.driver.answer = () => ({ endsInline: Status.OK });
  one.written.answer = () => ({ endsInline: Status.OK });
  one.begin(80);
  // Woken once, at its beginning.
  expect(one.ended).toEqual([{ slot: 7, doneSectors: 80, status: Status.OK, atNs: 50 }]);
  expect(one.world.account.hostCpuNs).toBe(50);
});

test('an I/O that is refused at once ends the copy', () => {
  const one = new OneCopy({ costs: { contextSwitchNs: 50 } });
  // Only the destination's end is near.
  const near = one.world.device(one.written, { queue: { capacitySectors: 4000 } });
  const devices = { source: one.world.queue, destination: near };
  const copy = new CopyEmulation(one, 8, one.accounts, one.world.host, 0, devices);
  const status = copy.begin(
    {
      source: one.world.queue,
      sourceSector: 0,
      destination: near,
      destinationSector: 4000,
      sizeSectors: 8,
    },
    0,
  );
  one.world.settle();
  expect(status).toBe(Status.OK);
  expect(one.ended).toEqual([{ slot: 8, doneSectors: 0, status: Status.IOERR, atNs: 1100 }]);
});

test.each([
  ['nothing', 0],
  ['128 MiB', 1 << 18],
  ['part of a block', 12],
])('refused before it is punted: %s', (_, size) => {
  const one = new OneCopy({ to: { logicalBlockBytes: 4096 } });
  expect(one.begin(size)).toBe(Status.INVAL);
  expect([one.world.account.bios, one.ended]).toEqual([0, []]);
});

test('its worker is woken for each I/O, and pays for what it builds', () => {
  const costs = { contextSwitchNs: 100, bioNs: 20, requestNs: 5 };
  const one = new OneCopy({ from: { maxHwSectors: 32 }, costs });
  one.begin(64, 10);
  // Four I/Os: four times awake to build, a fifth to end.
  expect(one.world.account.hostCpuNs).toBe(4 * 125 + 100);
  expect(one.ended).toMatchObject([{ atNs: 10 + 4 * 1125 + 100 }]);
});

test('two copies go on beside each other', () => {
  const one = new OneCopy({ from: { maxHwSectors: 32 } });
  const devices = { source: one.world.queue, destination: one.destination };
  const other = new CopyEmulation(one, 8, one.accounts, one.world.host, 1, devices);
  const range = {
    source: one.world.queue,
    sourceSector: 0,
    destination: one.destination,
    destinationSector: 9000,
    sizeSectors: 64,
  };
  other.begin(range, 0);
  one.begin(64);
  expect(one.ended.map(({ slot, atNs }) => [slot, atNs])).toEqual([
    [8, 4000],
    [7, 4000],
  ]);
});

test('a copy used again is as new, with a larger buffer if it must', () => {
  const one = new OneCopy();
  one.world.driver.endAllAfter(1000, ({ sizeSectors }) =>
    sizeSectors === 8 ? Status.MEDIUM : Status.OK,
  );
  one.begin(8);
  one.begin(512);
  expect(one.ended.map(({ doneSectors, status }) => [doneSectors, status])).toEqual([
    [0, Status.MEDIUM],
    [512, Status.OK],
  ]);
  const address = one.written.sent[0]?.address ?? 0;
  expect(one.world.host.memory.find(address)?.bytes).toBe(512 * 512);
});
