import { expect, test } from 'vitest';
import { Operation } from '../../../src/block/operation.ts';
import { RegularIo } from '../../../src/engine/regular-io.ts';
import { READ, WRITE } from '../../../src/workload/slots.ts';
import { Status } from '../../../src/workload/status.ts';
import { BlockWorld } from '../../support/fake-driver.ts';
import { aWorkload } from '../../support/workload-spec.ts';

const BUFFER = 1 << 30;

/** One I/O of a job that does `access`; the slots it was told the end of. */
function begun(access: 'read' | 'write' | 'mixed', status: Status = Status.OK) {
  const world = new BlockWorld();
  const workload = aWorkload({
    access,
    readPercent: 0,
    offsetBytes: 8192,
    blockBytes: { read: 4096, write: 2048, copy: 4096, trim: 4096 },
  });
  workload.begin(0);
  workload.next(0, 0);
  const ended: number[] = [];
  const owner = { stageEnded: (slot: number) => void ended.push(slot) };
  const io = new RegularIo(0, owner, workload, world.queue, BUFFER);
  world.driver.answer = () => ({ endsInline: status });
  io.begin();
  expect(
    io.submit(world.plug, workload.measurement(workload.slots.direction[0] ?? 0).account),
  ).toBe(false);
  world.plug.flush();
  return { world, workload, io, ended };
}

test.each([
  ['read', Operation.READ, READ, 8],
  ['write', Operation.WRITE, WRITE, 4],
  ['mixed', Operation.WRITE, WRITE, 4],
] as const)(
  '%s is one direct I/O, charged to its direction',
  (access, operation, direction, sectors) => {
    const { world, workload, io, ended } = begun(access);
    expect(world.driver.children).toEqual([[operation, 16, sectors]]);
    expect(world.driver.sent[0]?.address).toBe(BUFFER);
    expect(workload.measurement(direction).account.bios).toBe(1);
    expect([ended, io.reaped(), io.doneBytes, io.status]).toEqual([
      [0],
      true,
      sectors * 512,
      Status.OK,
    ]);
  },
);

test('one that fails has done nothing', () => {
  const { io } = begun('read', Status.MEDIUM);
  expect([io.reaped(), io.doneBytes, io.status]).toEqual([true, 0, Status.MEDIUM]);
});
