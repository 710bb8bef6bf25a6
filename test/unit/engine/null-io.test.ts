import { expect, test } from 'vitest';
import { NullIo } from '../../../src/engine/null-io.ts';
import { Measurement } from '../../../src/measure/measurement.ts';
import { Status } from '../../../src/workload/status.ts';
import { OneCopy } from '../../support/one-copy.ts';

test('does nothing, at once, and no path has served it', () => {
  const { workload } = new OneCopy({ numRange: 2 });
  const ended: [number, number][] = [];
  const owner = { stageEnded: (slot: number, atNs: number) => void ended.push([slot, atNs]) };
  const io = new NullIo(0, owner, workload);
  io.begin();
  expect(io.submit()).toBe(false);
  io.sent(55);
  expect([ended, io.reaped(), io.doneBytes, io.status]).toEqual([[[0, 55]], true, 8192, Status.OK]);
  const measurement = new Measurement();
  io.credit();
  expect(measurement).toMatchObject({ offloadBytes: 0, emulationBytes: 0, readWriteBytes: 0 });
});
