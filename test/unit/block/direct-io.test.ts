import { expect, test } from 'vitest';
import { BIO_MAX_SECTORS, DirectIo } from '../../../src/block/direct-io.ts';
import { Operation } from '../../../src/block/operation.ts';
import { Status } from '../../../src/workload/status.ts';
import { BlockWorld, type BlockWorldOptions } from '../../support/fake-driver.ts';

const { READ } = Operation;
const BUFFER = 1 << 30;

/** One call, and when it ended. */
class OneIo {
  readonly world: BlockWorld;
  readonly io: DirectIo;
  readonly ended: [Status, number][] = [];

  constructor(sizeSectors: number, options: BlockWorldOptions = {}) {
    this.world = new BlockWorld(options);
    this.io = new DirectIo(this, 3, this.world.queue, READ);
    this.io.sector = 100;
    this.io.sizeSectors = sizeSectors;
    this.io.address = BUFFER;
  }

  ioEnded(io: DirectIo, atNs: number): void {
    expect(io.slot).toBe(3);
    this.ended.push([io.status, atNs + 0]);
  }

  submit(): void {
    this.io.submit(this.world.plug, this.world.account);
    this.world.plug.flush();
  }
}

/** More than the limits of the device, so that bios stay apart. */
const WIDE = { limits: { maxSectors: 2048, maxSegments: 256 } };

test.each([
  [8, [8]],
  [BIO_MAX_SECTORS, [2048]],
  [BIO_MAX_SECTORS + 8, [2048, 8]],
  [5000, [2048, 2048, 904]],
])('%d sectors are bios of %j, each with its part of the buffer', (size, bios) => {
  const one = new OneIo(size, WIDE);
  one.submit();
  let at = 0;
  const expected = bios.map((sectors) => {
    at += sectors;
    return [100 + at - sectors, sectors, BUFFER + (at - sectors) * 512];
  });
  expect(
    one.world.driver.sent.map(({ request }) => [
      request.sector,
      request.dataSectors,
      request.address,
    ]),
  ).toEqual(expected);
  expect(one.world.account.bios).toBe(bios.length);
});

test('ends once, with its last bio', () => {
  const one = new OneIo(5000, WIDE);
  one.submit();
  for (const [index, atNs] of [
    [1, 10],
    [2, 20],
    [0, 30],
  ] as const) {
    expect(one.ended).toEqual([]);
    one.world.simulation.advanceTo(atNs);
    one.world.driver.end(index);
  }
  expect(one.ended).toEqual([[Status.OK, 30]]);
});

test('one bio that fails fails the call, which waits for the others', () => {
  const one = new OneIo(5000, WIDE);
  one.submit();
  one.world.driver.end(1, Status.MEDIUM);
  one.world.driver.end(0, Status.IOERR);
  expect(one.ended).toEqual([]);
  one.world.driver.end(2);
  expect(one.ended).toEqual([[Status.MEDIUM, 0]]);
});

test('refused whole, it ends before it returns', () => {
  const one = new OneIo(8, { limits: { logicalBlockBytes: 4096 } });
  one.io.submit(one.world.plug, one.world.account);
  expect(one.ended).toEqual([[Status.INVAL, 0]]);
});

test('refused in part, it ends with the part that was sent', () => {
  const one = new OneIo(4096, { ...WIDE, queue: { capacitySectors: 3000 } });
  one.submit();
  expect([one.ended, one.world.driver.sent.length]).toEqual([[], 1]);
  one.world.driver.end(0);
  expect(one.ended).toEqual([[Status.IOERR, 0]]);
});

test('submitted again it is as new', () => {
  const one = new OneIo(5000, WIDE);
  one.submit();
  for (const index of [0, 1, 2]) one.world.driver.end(index, Status.MEDIUM);
  one.world.simulation.advanceTo(500);
  one.io.sizeSectors = 16;
  one.submit();
  one.world.driver.end(3);
  expect(one.ended).toEqual([
    [Status.MEDIUM, 0],
    [Status.OK, 500],
  ]);
});
