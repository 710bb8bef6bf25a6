import { expect, test } from 'vitest';
import { OffloadStage } from '../../../src/engine/offload-stage.ts';
import { Status } from '../../../src/workload/status.ts';
import { BlockWorld, FakeDriver } from '../../support/fake-driver.ts';
import { OneCopy } from '../../support/one-copy.ts';

const RANGES = 3;
const numRange = RANGES;

function stageOf(one: OneCopy): OffloadStage {
  return new OffloadStage(one.place, RANGES, one.world.account, one.whenEnded);
}

/** Destination and source of every pair that was sent. */
function pairs(world: BlockWorld): number[][] {
  return world.driver.sent.map(({ request }) => [
    request.first.sector,
    request.last.sector,
    request.first.sizeSectors,
  ]);
}

test('each range is a copy of its own, each chunk a submission of its own', () => {
  const one = new OneCopy({ numRange }, { limits: { maxCopySectors: 6 } });
  const stage = stageOf(one);
  stage.begin(0);
  one.send(stage);
  expect(pairs(one.world)).toEqual([
    [2048, 0, 6],
    [2054, 6, 2],
    [2056, 8, 6],
    [2062, 14, 2],
    [2064, 16, 6],
    [2070, 22, 2],
  ]);
  expect(one.world.driver.commits).toHaveLength(6);
});

test('ends when the last chunk has ended and the last has been sent', () => {
  const one = new OneCopy({ numRange });
  const stage = stageOf(one);
  one.world.driver.endAllAfter(100);
  stage.begin(0);
  one.send(stage);
  expect(one.ended).toEqual([]);
  one.world.settle();
  expect(one.ended).toEqual([100]);
  expect(stage.reaped()).toBe(true);
  expect(stage).toMatchObject({ doneBytes: 12_288, status: Status.OK, reason: null });
});

test('devices that end each chunk inside the call end it once, at the end', () => {
  const one = new OneCopy({ numRange });
  const stage = stageOf(one);
  one.world.driver.answer = () => ({ endsInline: Status.OK });
  stage.begin(0);
  one.send(stage);
  expect(one.ended).toEqual([0]);
});

test('goes on from what has been served', () => {
  const one = new OneCopy({ numRange });
  const stage = stageOf(one);
  stage.begin(6144);
  one.send(stage);
  expect(pairs(one.world)).toEqual([
    [2060, 12, 4],
    [2064, 16, 8],
  ]);
});

test('what is done is the prefix before the range that failed', () => {
  const one = new OneCopy({ numRange });
  const stage = stageOf(one);
  one.world.driver.answer = (_, index) => ({
    endsInline: index === 1 ? Status.TARGET : Status.OK,
  });
  stage.begin(0);
  one.send(stage);
  stage.reaped();
  expect(stage).toMatchObject({ doneBytes: 4096, status: Status.TARGET, reason: null });
});

test('a device that cannot is asked for nothing', () => {
  const one = new OneCopy({ numRange }, { limits: { maxCopySectors: 0 } });
  const stage = stageOf(one);
  stage.begin(0);
  one.send(stage);
  stage.reaped();
  expect([one.ended, one.world.account.bios]).toEqual([[0], 0]);
  expect(stage).toMatchObject({ doneBytes: 0, status: Status.NOTSUPP, reason: null });
});

test('two devices have no copy domain, and it says so', () => {
  const one = new OneCopy({ numRange }, {}, (world) => world.device(new FakeDriver()));
  const stage = stageOf(one);
  stage.begin(0);
  one.send(stage);
  stage.reaped();
  expect(stage).toMatchObject({ doneBytes: 0, status: Status.NOTSUPP, reason: 'no copy domain' });
});

test('a stage used again is as new', () => {
  const one = new OneCopy({ numRange });
  const stage = stageOf(one);
  one.world.driver.answer = (_, index) => ({ endsInline: index < 3 ? Status.IOERR : Status.OK });
  for (const [done, status] of [
    [0, Status.IOERR],
    [12_288, Status.OK],
  ] as const) {
    stage.begin(0);
    one.send(stage);
    stage.reaped();
    expect(stage).toMatchObject({ doneBytes: done, status });
  }
  expect(one.ended).toHaveLength(2);
});
