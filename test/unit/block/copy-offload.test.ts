import { expect, test } from 'vitest';
import { checkCopyPair } from '../../../src/block/bio-pair.ts';
import { CopyOffload } from '../../../src/block/copy-offload.ts';
import type { RequestQueue } from '../../../src/block/request-queue.ts';
import { Status } from '../../../src/workload/status.ts';
import { BlockWorld, type BlockWorldOptions, FakeDriver } from '../../support/fake-driver.ts';

interface Ended {
  readonly slot: number;
  readonly doneSectors: number;
  readonly status: Status;
  readonly atNs: number;
}

/** One copy, and what became of it. */
class OneCopy {
  readonly world: BlockWorld;
  readonly copy: CopyOffload;
  readonly ended: Ended[] = [];

  constructor(options: BlockWorldOptions = { limits: { maxCopySectors: 64 } }) {
    this.world = new BlockWorld(options);
    this.copy = new CopyOffload(this, 7, this.world.account);
  }

  copyEnded(slot: number, doneSectors: number, status: Status, atNs: number): void {
    this.ended.push({ slot, doneSectors, status, atNs });
  }

  begin(sizeSectors: number, to: RequestQueue = this.world.queue): Status {
    return this.copy.begin({
      source: this.world.queue,
      sourceSector: 1000,
      destination: to,
      destinationSector: 50_000,
      sizeSectors,
    });
  }

  /** Sends all of it, each chunk in a flush of its own; returns how many. */
  send(): number {
    let chunks = 1;
    while (this.copy.sendChunk(this.world.plug)) {
      this.world.plug.flush();
      chunks += 1;
    }
    this.world.plug.flush();
    return chunks;
  }

  /** What the driver got: destination, source, sectors. */
  get pairs(): number[][] {
    return this.world.driver.sent.map(({ request }) => {
      expect(checkCopyPair(request)).toBe(Status.OK);
      return [request.first.sector, request.last.sector, request.first.sizeSectors];
    });
  }
}

test.each([
  [64, [64]],
  [65, [64, 1]],
  [150, [64, 64, 22]],
  [10, [10]],
])('%d sectors are cut by max_copy_sectors into chunks of %j', (size, chunks) => {
  const one = new OneCopy();
  expect(one.begin(size)).toBe(Status.OK);
  expect(one.send()).toBe(chunks.length);
  let at = 0;
  const expected = chunks.map((chunk) => {
    at += chunk;
    return [50_000 + at - chunk, 1000 + at - chunk, chunk];
  });
  expect(one.pairs).toEqual(expected);
  expect(one.world.account).toMatchObject({ bios: 2 * chunks.length, splits: 0 });
});

test('ends once, with all of it, when the last chunk has ended', () => {
  const one = new OneCopy();
  one.begin(150);
  one.send();
  one.world.simulation.advanceTo(100);
  one.world.driver.end(2);
  one.world.driver.end(0);
  expect(one.ended).toEqual([]);
  one.world.simulation.advanceTo(300);
  one.world.driver.end(1);
  expect(one.ended).toEqual([{ slot: 7, doneSectors: 150, status: Status.OK, atNs: 300 }]);
});

test('the time of the end is that of the chunk that ended last', () => {
  const one = new OneCopy();
  one.begin(128);
  one.send();
  const [first, second] = one.world.driver.sent.map(({ request }) => request);
  if (first !== undefined) one.world.queue.complete(first, Status.OK, 900);
  if (second !== undefined) one.world.queue.complete(second, Status.OK, 400);
  expect(one.ended).toMatchObject([{ atNs: 900 }]);
});

test.each<[string, [number, Status][], number, Status]>([
  ['the first', [[0, Status.MEDIUM]], 0, Status.MEDIUM],
  ['the second', [[1, Status.TARGET]], 64, Status.TARGET],
  ['the last', [[2, Status.IOERR]], 128, Status.IOERR],
  [
    'two, the lower last',
    [
      [2, Status.IOERR],
      [1, Status.MEDIUM],
    ],
    64,
    Status.MEDIUM,
  ],
  [
    'two, the lower first',
    [
      [1, Status.MEDIUM],
      [2, Status.IOERR],
    ],
    64,
    Status.MEDIUM,
  ],
])('what has arrived is the prefix before a chunk that failed: %s', (_, failed, done, status) => {
  const one = new OneCopy();
  one.begin(150);
  one.send();
  for (const [chunk, outcome] of failed) one.world.driver.end(chunk, outcome);
  for (const chunk of [0, 1, 2]) {
    if (!failed.some(([other]) => other === chunk)) one.world.driver.end(chunk);
  }
  expect(one.ended).toMatchObject([{ doneSectors: done, status }]);
});

test('does not end between two chunks, though all that was sent has ended', () => {
  const one = new OneCopy();
  one.world.driver.answer = () => ({ endsInline: Status.OK });
  one.begin(128);
  expect(one.copy.sendChunk(one.world.plug)).toBe(true);
  one.world.plug.flush();
  expect(one.ended).toEqual([]);
  expect(one.copy.sendChunk(one.world.plug)).toBe(false);
  one.world.plug.flush();
  expect(one.ended).toMatchObject([{ doneSectors: 128, status: Status.OK }]);
});

test.each([
  ['nothing', 0, {}, Status.INVAL],
  ['128 MiB', 1 << 18, {}, Status.INVAL],
  ['of a device that cannot', 8, { maxCopySectors: 0 }, Status.NOTSUPP],
  ['off a logical block', 12, { logicalBlockBytes: 4096 }, Status.INVAL],
])('refused before anything is sent: %s', (_, size, limits, status) => {
  const one = new OneCopy({ limits });
  expect(one.begin(size)).toBe(status);
  expect(one.copy.sendChunk(one.world.plug)).toBe(false);
  expect([one.world.account.bios, one.ended]).toEqual([0, []]);
});

test('between two devices there is no offload', () => {
  const one = new OneCopy();
  expect(one.begin(8, one.world.device(new FakeDriver()))).toBe(Status.NOTSUPP);
});

test('past the end of the device the chunks that fit arrive', () => {
  const one = new OneCopy({
    limits: { maxCopySectors: 64 },
    queue: { capacitySectors: 50_100 },
  });
  one.world.driver.answer = ({ request }) => ({ endsInline: checkCopyPair(request) });
  one.begin(150);
  one.send();
  expect(one.ended).toMatchObject([{ doneSectors: 64, status: Status.IOERR }]);
});

test('a copy used again is as new', () => {
  const one = new OneCopy();
  one.begin(128);
  one.send();
  one.world.driver.end(0, Status.MEDIUM);
  one.world.driver.end(1);
  one.begin(64);
  one.send();
  one.world.driver.end(2);
  expect(one.ended.map(({ doneSectors, status }) => [doneSectors, status])).toEqual([
    [0, Status.MEDIUM],
    [64, Status.OK],
  ]);
});
