import { expect, test } from 'vitest';
import { Operation } from '../../../src/block/operation.ts';
import { TrimIo } from '../../../src/engine/trim-io.ts';
import { TRIM } from '../../../src/workload/slots.ts';
import { Status } from '../../../src/workload/status.ts';
import { BlockWorld } from '../../support/fake-driver.ts';
import { aWorkload } from '../../support/workload-spec.ts';

/** One trim of `numRange` blocks; the slots it was told the end of. */
function begun(numRange: number, maxDiscardSegments: number, status: Status = Status.OK) {
  const world = new BlockWorld({ limits: { maxDiscardSegments } });
  const workload = aWorkload({ access: 'trim', offsetBytes: 8192, numRange });
  workload.begin(0);
  workload.next(0, 0);
  const ended: number[] = [];
  const owner = { stageEnded: (slot: number) => void ended.push(slot) };
  const io = new TrimIo(0, owner, workload, world.queue);
  world.driver.answer = () => ({ endsInline: status });
  io.begin();
  expect(io.submit(world.plug, workload.measurement(TRIM).account)).toBe(false);
  world.plug.flush();
  return { world, workload, io, ended };
}

test('a trim is a discard for each of its ranges, and over when the last has ended', () => {
  const { world, workload, io, ended } = begun(3, 1);
  expect(world.driver.children).toEqual(
    [16, 24, 32].map((sector) => [Operation.DISCARD, sector, 8]),
  );
  expect(workload.measurement(TRIM).account.bios).toBe(3);
  expect([ended, io.reaped(), io.doneBytes, io.status]).toEqual([[0], true, 12_288, Status.OK]);
});

test('one request of them all where a discard may have several ranges', () => {
  const { world, io } = begun(3, 256);
  expect(world.driver.sent).toHaveLength(1);
  expect(world.driver.sent[0]).toMatchObject({ sizeSectors: 24 });
  io.reaped();
  expect(io.doneBytes).toBe(12_288);
});

test('one that fails has trimmed nothing that could be relied on', () => {
  const { io } = begun(2, 1, Status.NOTSUPP);
  expect([io.reaped(), io.doneBytes, io.status]).toEqual([true, 0, Status.NOTSUPP]);
});
