/** What a world tells when it is asked, and that telling changes nothing. */

import { expect, test } from 'vitest';
import type { JobLive } from '../../../src/runner/live.ts';
import { LiveMemory } from '../../../src/runner/live-memory.ts';
import { run } from '../../../src/runner/run.ts';
import type { Row } from '../../../src/record/columns.ts';
import { assert, present } from '../../../src/units/assert.ts';
import { readsRun } from '../../support/plan-of.ts';

/** Asked before it begins, it answers when it first looks. */
async function told(
  more: string,
  latencies: boolean,
): Promise<{ jobs: readonly JobLive[]; rows: readonly Row[] }> {
  const plan = readsRun(more);
  const live = LiveMemory.for(plan.jobs.length);
  live.ask(latencies);
  const { rows } = await run(plan, { trace: false, live: live.memory });
  return { jobs: present(live.ask(false), 'an answer'), rows };
}

/** More events than are fired between two looks. */
const LONG = 'loops=20000\nnumjobs=2';

test('share, I/Os, bytes and the time of the world, of all clones of a job', async () => {
  const { jobs, rows } = await told(`${LONG}\nstonewall=1\n[first]`, false);
  const [first, reads] = jobs.map((job) => present(job, 'each job'));
  assert(first !== undefined && rows[0] !== undefined, 'a job, and its first clone');
  expect(reads).toMatchObject({ state: 'waiting', share: 0, ios: 0, bytes: 0, p99Ns: null });
  expect(first).toMatchObject({ state: 'running', bytes: first.ios * 4096, p99Ns: null });
  expect(first.share).toBeGreaterThan(0.1);
  expect(first.share).toBeLessThan(0.9);
  const { ios, runtime_ns } = rows[0];
  expect(first.ios / (2 * Number(ios))).toBeCloseTo(first.share, 3);
  expect(first.atNs / Number(runtime_ns)).toBeCloseTo(first.share, 2);
});

test('p99 so far, when it is asked for', async () => {
  const { jobs, rows } = await told(LONG, true);
  expect(jobs[0]?.p99Ns).toBe(rows[0]?.lat_p99_ns);
});

test('a virtual row is the same, asked or not', async () => {
  const { rows } = await run(readsRun(LONG), { trace: false });
  expect((await told(LONG, true)).rows).toEqual(rows);
});

test('a wall-clock world answers between its events', async () => {
  const { jobs, rows } = await told('clock=wall\nloops=25', true);
  expect(jobs[0]?.state).toBe('running');
  expect(jobs[0]?.ios).toBeLessThan(10);
  expect(rows[0]).toMatchObject({ ios: 100, bytes: 409_600 });
});
