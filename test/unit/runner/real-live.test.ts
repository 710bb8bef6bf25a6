import { expect, test } from 'vitest';
import { thisMoment } from '../../../src/linux/clock.ts';
import { Control } from '../../../src/linux/control.ts';
import { latencyIn } from '../../../src/measure/measurement.ts';
import { RealLive } from '../../../src/runner/real-live.ts';
import { COPY, READ } from '../../../src/workload/slots.ts';
import { readsRun } from '../../support/plan-of.ts';

const PLAN = readsRun('[copies]\nnumjobs=2');

test('nothing is told before the first job begins', () => {
  expect(new RealLive(PLAN, thisMoment()).look(['waiting', 'waiting'], true)).toEqual([]);
});

test('what the clones of a job have left in the control block, added up', () => {
  const live = new RealLive(PLAN, thisMoment());
  const control = Control.for(3);
  // Another job that began with it has the first place.
  live.began(0, control, 1);
  control.progress(0).set([99, 99, 1]);
  control.progress(1).set([10, 40_960, 0.5, 1]);
  control.progress(2).set([30, 122_880, 0.75]);
  latencyIn(control.latencies(1, READ)).record(100);
  latencyIn(control.latencies(2, COPY)).record(120);
  latencyIn(control.latencies(0, READ)).record(9000);
  const [copies, reads] = live.look(['running', 'waiting'], true);
  const sum = { ios: 40, bytes: 163_840, share: 0.625, p99Ns: 120 };
  expect(copies).toMatchObject({ ...sum, state: 'running' });
  expect(copies?.atNs).toBeGreaterThan(0);
  expect(reads).toMatchObject({ state: 'waiting', share: 0, ios: 0, p99Ns: null });
  // A clone that startdelay holds back has not begun, and nor has a job of such alone.
  control.progress(1)[3] = 0;
  expect(live.look(['running', 'waiting'], false)[0]?.state).toBe('waiting');
  expect(live.look(['ended', 'waiting'], false)[0]).toMatchObject({ share: 1, p99Ns: null });
});
