import { expect, test } from 'vitest';
import type { JobLive } from '../../../src/runner/live.ts';
import { LiveRuns } from '../../../src/runner/live-runs.ts';
import { jobLive } from '../../support/job-live.ts';
import { readsRun } from '../../support/plan-of.ts';

test('a run is there while it is at work, and keeps what it told last', async () => {
  const live = new LiveRuns();
  const plan = readsRun();
  const told: (readonly JobLive[] | null)[] = [null, [jobLive()], null];
  expect(live.look(false)).toEqual([]);
  const work = async (): Promise<string> => {
    expect(live.look(false)).toMatchObject([{ plan, jobs: [] }]);
    expect(live.look(false)).toMatchObject([{ plan, jobs: [jobLive()] }]);
    expect(live.look(false)).toMatchObject([{ plan, jobs: [jobLive()] }]);
    return 'over';
  };
  expect(await live.during(plan, () => told.shift() ?? null, work)).toBe('over');
  expect(live.look(false)).toEqual([]);
});

test('a run that throws is gone too', async () => {
  const live = new LiveRuns();
  const failing = live.during(
    readsRun(),
    () => null,
    () => Promise.reject(new Error('no')),
  );
  await expect(failing).rejects.toThrow('no');
  expect(live.look(false)).toEqual([]);
});
