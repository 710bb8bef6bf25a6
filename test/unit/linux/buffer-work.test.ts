import { expect, test } from 'vitest';
import { BufferWork } from '../../../src/linux/buffer-work.ts';
import { Clock, thisMoment } from '../../../src/linux/clock.ts';
import { Attempts } from '../../../src/linux/engine.ts';
import type { Contents } from '../../../src/workload/contents.ts';
import { READ, WRITE } from '../../../src/workload/slots.ts';
import { aWorkload } from '../../support/workload-spec.ts';

function rig(stops: boolean, problem: string | null = null) {
  const told: string[] = [];
  const contents: Contents = {
    errors: 3,
    fill: (slot) => told.push(`fill ${slot}`),
    check: (slot, doneBytes) => {
      told.push(`check ${slot} ${doneBytes}`);
      return problem;
    },
  };
  const workload = aWorkload({ depth: 4 });
  const attempts = new Attempts(4);
  const work = new BufferWork({
    workload,
    attempts,
    clock: new Clock(thisMoment()),
    contents,
    written: null,
    stops,
    dropCache: () => problem,
  });
  return { attempts, told, work, workload };
}

test('the time of an I/O begins when its buffer is filled', () => {
  const { told, work, workload } = rig(true);
  workload.slots.startNs[2] = -1;
  work.placed(2);
  expect(told).toEqual(['fill 2']);
  expect(workload.slots.startNs[2]).toBeGreaterThan(0);
});

test('reads that ended well are looked at, once', () => {
  const { attempts, told, work, workload } = rig(true);
  workload.slots.direction.set([READ, WRITE, READ, READ]);
  attempts.doneBytes.set([10, 20, 30, 40]);
  attempts.errno[3] = 5;
  for (const slot of [0, 1, 2, 3]) work.note(slot);
  work.settle();
  work.settle();
  expect(told).toEqual(['check 0 10', 'check 2 30']);
  expect([work.failure, work.errors]).toEqual([null, 3]);
});

test('wrong content is told with its file, and ends the job unless it may go on', () => {
  for (const stops of [true, false]) {
    const { work, workload } = rig(stops, 'wrong');
    workload.slots.file[1] = 7;
    work.note(1);
    work.settle();
    expect([work.failure, work.failedFile]).toEqual(['wrong', 7]);
    expect(workload.share(0)).toBe(stops ? 1 : 0);
  }
});

test('what cannot be made to reach the medium ends the job', () => {
  const { work, workload } = rig(false, 'EIO: fsync');
  work.readBack();
  expect(work.failure).toBe('EIO: fsync');
  expect(workload.share(0)).toBe(1);
});
