import { expect, onTestFinished, test } from 'vitest';
import { openPool } from '../../../src/runner/pool.ts';
import type { RunResult } from '../../../src/runner/run-result.ts';
import type { RunTask } from '../../../src/runner/worker.ts';
import type { RunOutcome, RunPool } from '../../../src/runner/run-pool.ts';
import { readsRun } from '../../support/plan-of.ts';

const FIXTURE = new URL('../../support/worker-fixture.mjs', import.meta.url);
const BROKEN = new URL('../../support/broken-worker-fixture.mjs', import.meta.url);

async function pooled(threads: number, workerFile = FIXTURE): Promise<RunPool> {
  const pool = await openPool<RunTask, RunResult>(threads, workerFile);
  onTestFinished(() => pool.close());
  return pool;
}

function attempt(
  pool: RunPool,
  jobFile: string,
  signal = new AbortController().signal,
): Promise<RunOutcome> {
  const task = { plan: { ...readsRun(), jobFile }, options: { trace: false } };
  return pool.run(task, signal);
}

const ENDED = { kind: 'ended', result: { rows: [], trace: null, notes: [] } };

test('a run that ends gives its result', async () => {
  expect(await attempt(await pooled(1), 'good.fio')).toEqual(ENDED);
});

test('an error keeps its code on the way between threads', async () => {
  expect(await attempt(await pooled(1), 'failed.fio')).toEqual({
    kind: 'failed',
    error: { name: 'AssertionFailure', message: 'no', code: 'ENOSPC' },
  });
});

test('a thread that exits is a crash, and the runs after it go on', async () => {
  const pool = await pooled(1);
  expect(await attempt(pool, 'exit.fio')).toEqual({
    kind: 'crashed',
    error: 'worker exited with code: 7',
  });
  expect(await attempt(pool, 'good.fio')).toEqual(ENDED);
  expect(await attempt(pool, 'exit.fio')).toMatchObject({ kind: 'crashed' });
  expect(await attempt(pool, 'good.fio')).toEqual(ENDED);
});

test('a crash leaves the run beside it alone', async () => {
  const pool = await pooled(2);
  const outcomes = await Promise.all(
    ['exit.fio', 'good.fio', 'good.fio', 'good.fio'].map((name) => attempt(pool, name)),
  );
  expect(outcomes.map(({ kind }) => kind)).toEqual(['crashed', 'ended', 'ended', 'ended']);
});

test.each(['spin.fio', 'wait.fio'])('%s is ended by its signal', async (name) => {
  const pool = await pooled(1);
  expect(await attempt(pool, name, AbortSignal.timeout(100))).toEqual({ kind: 'aborted' });
  expect(await attempt(pool, 'good.fio')).toEqual(ENDED);
});

test('closing the pool ends what runs', async () => {
  const pool = await pooled(1);
  const running = attempt(pool, 'wait.fio');
  await pool.close();
  expect(await running).toMatchObject({ kind: 'crashed' });
});

test('a rejection is a crash, with its message', async () => {
  expect(await attempt(await pooled(1), 'reject.fio')).toEqual({
    kind: 'crashed',
    error: 'rejected',
  });
});

test.each([1, 3])('%i threads that cannot load their module settle every run', async (threads) => {
  const pool = await pooled(threads, BROKEN);
  for (let round = 0; round < 4; round += 1) {
    const outcome = await attempt(pool, 'good.fio');
    expect(outcome.kind).toBe('crashed');
  }
  const waiting = await Promise.all(Array.from({ length: 5 }, () => attempt(pool, 'good.fio')));
  expect(new Set(waiting.map(({ kind }) => kind))).toEqual(new Set(['crashed']));
});
