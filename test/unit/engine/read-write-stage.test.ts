import { expect, test } from 'vitest';
import { Operation } from '../../../src/block/operation.ts';
import { ReadWriteStage } from '../../../src/engine/read-write-stage.ts';
import { Status } from '../../../src/workload/status.ts';
import { OneCopy } from '../../support/one-copy.ts';

const { READ, WRITE } = Operation;
const BUFFER = 1 << 30;

function staged(limits = {}): { one: OneCopy; stage: ReadWriteStage } {
  // Sources far from each other, so that their reads do not merge.
  const one = new OneCopy(
    { numRange: 3, sizeBytes: 1 << 20, random: true, seeds: [1] },
    { limits, costs: { syscallNs: 100 } },
  );
  const { host, account } = one.world;
  const accounts = { source: account, destination: account };
  const stage = new ReadWriteStage(one.place, accounts, host, BUFFER, one.whenEnded);
  one.world.driver.answer = () => ({ endsInline: Status.OK });
  return { one, stage };
}

function sources(one: OneCopy): number[] {
  return [...one.workload.slots.rangeOffsetBytes].map((bytes) => bytes / 512);
}

/** Operation, sector, sectors, and where in the buffer. */
function requests(one: OneCopy): number[][] {
  return one.world.driver.sent.map(({ operation, sector, sizeSectors, address }) => [
    operation,
    sector,
    sizeSectors,
    address - BUFFER,
  ]);
}

test('reads every range into its place of the buffer, and writes the whole in one call', () => {
  const { one, stage } = staged();
  const [a = -1, b = -1, c = -1] = sources(one);
  stage.begin(0);
  one.send(stage);
  expect(stage.reaped()).toBe(false);
  expect(stage.doneBytes).toBe(0);
  one.send(stage);
  expect(stage.reaped()).toBe(true);
  expect(requests(one)).toEqual([
    [READ, a, 8, 0],
    [READ, b, 8, 4096],
    [READ, c, 8, 8192],
    [WRITE, 2048, 24, 0],
  ]);
  expect(stage).toMatchObject({ doneBytes: 12_288, status: Status.OK });
  expect(one.ended).toEqual([0, 0]);
});

test('every read but the first is a system call of its own', () => {
  const { one, stage } = staged();
  const { plug } = one.world;
  stage.begin(0);
  const calls = [0, 1].map(() => {
    const more = stage.submit(plug);
    return [more, plug.takeCost()];
  });
  expect(calls).toEqual([
    [true, 0],
    [true, 100],
  ]);
});

test('goes on from what has been served', () => {
  const { one, stage } = staged();
  const [, b = -1, c = -1] = sources(one);
  stage.begin(6144);
  one.send(stage);
  stage.reaped();
  one.send(stage);
  stage.reaped();
  expect(requests(one)).toEqual([
    [READ, b + 4, 4, 6144],
    [READ, c, 8, 8192],
    [WRITE, 2060, 12, 6144],
  ]);
  expect(stage.doneBytes).toBe(6144);
});

test('a read that fails ends it: nothing is written, nothing is done', () => {
  const { one, stage } = staged();
  one.world.driver.answer = (_, index) => ({ endsInline: index === 1 ? Status.MEDIUM : Status.OK });
  stage.begin(0);
  one.send(stage);
  expect(stage.reaped()).toBe(true);
  expect(stage).toMatchObject({ doneBytes: 0, status: Status.MEDIUM });
  expect(one.world.driver.sent).toHaveLength(3);
});

test('a write that fails in part is no prefix: the call failed', () => {
  const { one, stage } = staged({ maxSectors: 16 });
  one.world.driver.answer = (sent) => ({
    endsInline: sent.sector === 2064 ? Status.NOSPC : Status.OK,
  });
  stage.begin(0);
  one.send(stage);
  stage.reaped();
  one.send(stage);
  expect(stage.reaped()).toBe(true);
  expect(stage).toMatchObject({ doneBytes: 0, status: Status.NOSPC });
});

test('each half ends with its last I/O', () => {
  const { one, stage } = staged();
  one.world.driver.endAllAfter(1000);
  stage.begin(0);
  one.send(stage);
  expect(one.ended).toEqual([]);
  one.world.settle(5000);
  expect(one.ended).toEqual([1000]);
  stage.reaped();
  one.send(stage);
  one.world.settle(5000);
  expect(one.ended).toEqual([1000, 6000]);
});

test('a stage used again is as new', () => {
  const { one, stage } = staged();
  one.world.driver.answer = (_, index) => ({ endsInline: index === 0 ? Status.MEDIUM : Status.OK });
  stage.begin(0);
  one.send(stage);
  expect([stage.reaped(), stage.status]).toEqual([true, Status.MEDIUM]);
  stage.begin(0);
  one.send(stage);
  expect([stage.reaped(), stage.status]).toEqual([false, Status.OK]);
});
