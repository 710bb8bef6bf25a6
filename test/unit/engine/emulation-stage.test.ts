import { expect, test } from 'vitest';
import { Operation } from '../../../src/block/operation.ts';
import { EmulationStage } from '../../../src/engine/emulation-stage.ts';
import { Status } from '../../../src/workload/status.ts';
import type { BlockWorldOptions } from '../../support/fake-driver.ts';
import { OneCopy } from '../../support/one-copy.ts';

const { READ, WRITE } = Operation;

function staged(options: BlockWorldOptions = {}): { one: OneCopy; stage: EmulationStage } {
  const one = new OneCopy({ numRange: 3 }, options);
  const { host, account } = one.world;
  const accounts = { source: account, destination: account };
  const stage = new EmulationStage(one.place, 3, accounts, host, 0, one.whenEnded);
  one.world.driver.endAllAfter(1000);
  return { one, stage };
}

test('the application builds nothing: the kernel workers do, all of them at once', () => {
  const { one, stage } = staged();
  stage.begin(0);
  expect(stage.submit()).toBe(false);
  stage.sent(0);
  one.world.settle();
  const at = (atNs: number): [number, number][] =>
    one.world.driver.sent
      .filter((sent) => sent.atNs === atNs)
      .map(({ operation, sector }) => [operation, sector]);
  expect(at(0)).toEqual([
    [READ, 0],
    [READ, 8],
    [READ, 16],
  ]);
  expect(at(1000)).toEqual([
    [WRITE, 2048],
    [WRITE, 2056],
    [WRITE, 2064],
  ]);
  expect(one.ended).toEqual([2000]);
  expect(stage.reaped()).toBe(true);
  expect(stage).toMatchObject({ doneBytes: 12_288, status: Status.OK, reason: null });
});

test('goes on from what has been served', () => {
  const { one, stage } = staged();
  stage.begin(6144);
  stage.sent(0);
  one.world.settle();
  expect(one.world.driver.children).toEqual([
    [READ, 12, 4],
    [READ, 16, 8],
    [WRITE, 2060, 4],
    [WRITE, 2064, 8],
  ]);
  stage.reaped();
  expect(stage.doneBytes).toBe(6144);
});

test('what is done is the prefix of the lowest range that failed', () => {
  const { one, stage } = staged({ limits: { maxHwSectors: 4 } });
  // Range 1 is two chunks; the second one is not written.
  one.world.driver.endAllAfter(1000, ({ sector }) => (sector === 2060 ? Status.MEDIUM : Status.OK));
  stage.begin(0);
  stage.sent(0);
  one.world.settle();
  stage.reaped();
  expect(stage).toMatchObject({ doneBytes: 4096 + 2048, status: Status.MEDIUM });
  expect(one.ended).toHaveLength(1);
});

test('refused by all, it ends at once', () => {
  const { one, stage } = staged({ limits: { logicalBlockBytes: 8192 } });
  stage.begin(0);
  stage.sent(70);
  expect(one.ended).toEqual([70]);
  stage.reaped();
  expect(stage).toMatchObject({ doneBytes: 0, status: Status.INVAL });
});

test('a stage used again is as new', () => {
  const { one, stage } = staged();
  one.world.driver.endAllAfter(1000, () => Status.IOERR);
  stage.begin(0);
  stage.sent(0);
  one.world.settle(5000);
  one.world.driver.endAllAfter(1000);
  stage.begin(0);
  stage.sent(5000);
  one.world.settle(5000);
  stage.reaped();
  expect(stage).toMatchObject({ doneBytes: 12_288, status: Status.OK });
  expect(one.ended).toEqual([1000, 7000]);
});
