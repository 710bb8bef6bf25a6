import { expect, test } from 'vitest';
import { Operation } from '../../../../src/block/operation.ts';
import { Plug } from '../../../../src/block/plug.ts';
import { MILLISECOND_NS } from '../../../../src/units/quantity.ts';
import { Status } from '../../../../src/workload/status.ts';
import { config, type Io, NullBlkWorld } from '../../../support/null-blk-world.ts';

const TICK_NS = 20 * MILLISECOND_NS;

function world(mbps: number, changes = {}): NullBlkWorld {
  return new NullBlkWorld(
    config({ mbps, irqmode: 0, data: 'none', hw_queue_depth: 4096, ...changes }),
  );
}

function reads(made: NullBlkWorld, count: number, bytes: number, plug?: Plug): Io[] {
  const ios: Io[] = [];
  // Not adjacent: a merge would make one request of them.
  for (let i = 0; i < count; i += 1)
    ios.push(made.submit(Operation.READ, 2 * i * bytes, bytes, 0, plug));
  made.flush(plug);
  return ios;
}

function done(ios: readonly Io[]): number {
  return ios.filter(({ ended }) => ended !== null).length;
}

test('1 MiB/s hands out 20971 bytes in 20 ms: five requests of 4 KiB, and the sixth waits', () => {
  const made = world(1);
  const ios = reads(made, 12, 4096);
  expect(done(ios)).toBe(5);
  made.simulation.advanceTo(TICK_NS - 1);
  expect(done(ios)).toBe(5);
  made.simulation.advanceTo(TICK_NS);
  expect(done(ios)).toBe(10);
  made.simulation.advanceTo(2 * TICK_NS);
  expect(done(ios)).toBe(12);
  expect(ios.every(({ status }) => status === Status.OK)).toBe(true);
});

test('the budget is set anew, not added to: an idle tick saves nothing', () => {
  const made = world(1);
  reads(made, 1, 4096);
  made.simulation.advanceTo(5 * TICK_NS + 1);
  expect(made.simulation.pending).toBe(1);
  const ios = reads(made, 20, 4096);
  expect(done(ios)).toBe(5);
  // Started again late, the timer fires at once, and keeps its phase.
  made.simulation.advanceTo(5 * TICK_NS + 1);
  expect(done(ios)).toBe(10);
  made.simulation.advanceTo(6 * TICK_NS - 1);
  expect(done(ios)).toBe(10);
  made.simulation.advanceTo(6 * TICK_NS);
  expect(done(ios)).toBe(15);
});

test('the timer stops after a tick without traffic', () => {
  const made = world(1);
  reads(made, 1, 4096);
  made.simulation.advanceTo(TICK_NS);
  // The throttle's timer and the request timeout.
  expect(made.simulation.pending).toBe(2);
  made.simulation.advanceTo(2 * TICK_NS);
  expect(made.simulation.pending).toBe(1);
});

test('a spent budget stops all hardware queues', () => {
  const made = world(1, { submit_queues: 2 });
  expect(done(reads(made, 6, 4096))).toBe(5);
  const other = new Plug(made.host, 1);
  const ios = reads(made, 1, 512, other);
  expect(done(ios)).toBe(0);
  made.simulation.advanceTo(TICK_NS);
  expect(done(ios)).toBe(1);
});

test('a flush costs nothing, but waits in a stopped queue', () => {
  const made = world(1);
  reads(made, 5, 4096);
  expect(made.run(Operation.FLUSH, 0, 0).status).toBe(Status.OK);
});

test('a copy is charged for source and destination', () => {
  const made = world(1);
  const copy = (at: number): Io => {
    const io = made.submit(Operation.COPY_DST, at, 8192);
    made.submit(Operation.COPY_SRC, at + 65_536, 8192);
    made.flush();
    return io;
  };
  expect(copy(0).status).toBe(Status.OK);
  expect(copy(8192).status).toBe('waiting');
});

test('a request larger than a budget never gets through, and the message says why', () => {
  const made = world(1);
  const large = made.submit(Operation.READ, 0, 24_576);
  made.flush();
  const behind = reads(made, 1, 512);
  made.settle();
  expect(large.status).toBe('waiting');
  expect(behind[0]?.status).toBe('waiting');
  expect(made.simulation.pending).toBe(0);
  expect(made.device.describeWaiting()).toBe(
    'read 0+48 waits until the driver takes more: its 24576 bytes are more than mbps hands out ' +
      'in 20 ms (20971), so it never gets through; give mbps=2 or more, or smaller requests',
  );
});
