import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { readRecord } from '../../../src/record/read.ts';
import { type Ending, type Invocation, invoke } from '../../../src/runner/invocation.ts';
import type { RunOutcome, RunPool } from '../../../src/runner/run-pool.ts';
import { RecordFile } from '../../../src/runner/record-file.ts';
import { run } from '../../../src/runner/run.ts';
import { Unwritable } from '../../../src/runner/unwritable.ts';
import { readsPlan } from '../../support/plan-of.ts';
import { scratchFolder } from '../../support/scratch.ts';

const PLANS = [readsPlan('sweep_iodepth=1 2 4 8')];

/** In this thread; `special` answers for the runs it knows. */
function poolOf(
  special: (index: number, signal: AbortSignal) => RunOutcome | Promise<RunOutcome> | null,
): Promise<RunPool> {
  return Promise.resolve({
    async run({ plan, options }, signal) {
      const outcome = special(plan.index, signal);
      return outcome ?? { kind: 'ended', result: await run(plan, options) };
    },
    close: async () => {},
  });
}

function untilAborted(signal: AbortSignal): Promise<RunOutcome> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve({ kind: 'aborted' }));
  });
}

interface Told {
  readonly ending: Ending;
  readonly notes: readonly string[];
  readonly done: readonly number[];
}

async function told(changes: Partial<Invocation> & { outputPath: string }): Promise<Told> {
  const notes: string[] = [];
  const done: number[] = [];
  const ending = await invoke({
    plans: PLANS,
    shard: null,
    resume: false,
    workers: 1,
    timeout: null,
    tracePath: null,
    toolVersion: '0.0.0',
    argv: ['run', 'reads.fio'],
    interrupt: new AbortController().signal,
    onNote: (note) => notes.push(note),
    onProgress: (progress) => done.push(progress.done.size),
    pool: poolOf(() => null),
    ...changes,
  });
  return { ending, notes, done };
}

/** `iodepth=1 done` of each row but the background's. */
function statesIn(path: string): readonly string[] {
  const record = readRecord(readFileSync(path, 'utf8'), path);
  if (!record.ok) throw new Error(record.problems.join('\n'));
  return record.rows
    .filter(({ job }) => job === 'reads')
    .map(({ point, state, error }) =>
      [point, state, error].filter((cell) => cell !== null).join(' '),
    );
}

const ALL_DONE = ['iodepth=1 done', 'iodepth=2 done', 'iodepth=4 done', 'iodepth=8 done'];

test('every run has its rows, in plan order, whichever ended first', async () => {
  const outputPath = join(scratchFolder(), 'a.csv');
  let release = (): void => {};
  const last = new Promise<void>((resolve) => {
    release = resolve;
  });
  const pool = poolOf((index) => {
    if (index === 3) release();
    return null;
  });
  const slowFirst = pool.then(
    (pool): RunPool => ({
      ...pool,
      async run(task, signal) {
        if (task.plan.index === 0) await last;
        return pool.run(task, signal);
      },
    }),
  );
  const { ending, done } = await told({ outputPath, workers: 2, pool: slowFirst });
  expect(ending).toMatchObject({ kind: 'ended', interrupted: false });
  expect(statesIn(outputPath)).toEqual(ALL_DONE);
  expect(done).toEqual([0, 1, 2, 3, 4]);
});

test('the JSON beside the record holds the job file and what stood in it', async () => {
  const outputPath = join(scratchFolder(), 'a.csv');
  await told({ outputPath });
  const facts: unknown = JSON.parse(readFileSync(outputPath.replace('.csv', '.json'), 'utf8'));
  expect(facts).toMatchObject({
    tool: 'coffer',
    tool_version: '0.0.0',
    argv: ['run', 'reads.fio'],
    job_files: [
      {
        name: 'reads.fio',
        text: PLANS[0]?.text,
        models: [
          { kind: 'device', name: 'nb0', model: 'null_blk' },
          { kind: 'host', name: 'host0', model: 'host' },
        ],
      },
    ],
  });
});

test('a crash, a failure and a timeout are rows, and the other runs go on', async () => {
  const outputPath = join(scratchFolder(), 'a.csv');
  const { ending } = await told({
    outputPath,
    timeout: { milliseconds: 20, text: '20ms' },
    pool: poolOf((index, signal) => {
      if (index === 0) return { kind: 'crashed', error: 'worker exited with code: 9' };
      if (index === 1) {
        const error = { name: 'AssertionFailure', message: 'no tag is left', code: null };
        return { kind: 'failed', error };
      }
      return index === 2 ? untilAborted(signal) : null;
    }),
  });
  expect(ending.kind).toBe('ended');
  const seed = PLANS[0]?.runs[0]?.jobs[0]?.randseed;
  expect(statesIn(outputPath)).toEqual([
    'iodepth=1 crashed worker exited with code: 9',
    'iodepth=2 failed a defect of coffer, please report it: AssertionFailure: no tag is left ' +
      `(randseed ${seed})`,
    'iodepth=4 failed timeout after 20ms',
    'iodepth=8 done',
  ]);
});

test('an interrupt keeps what is done, and the rest says what became of it', async () => {
  const outputPath = join(scratchFolder(), 'a.csv');
  const controller = new AbortController();
  const pool = poolOf((index, signal) => {
    if (index !== 1) return null;
    setTimeout(() => controller.abort('SIGINT'), 5);
    return untilAborted(signal);
  });
  const { ending } = await told({ outputPath, interrupt: controller.signal, pool });
  expect(ending).toMatchObject({ kind: 'ended', interrupted: true });
  expect(statesIn(outputPath)).toEqual([
    'iodepth=1 done',
    'iodepth=2 interrupted SIGINT came',
    'iodepth=4 not_run SIGINT came before',
    'iodepth=8 not_run SIGINT came before',
  ]);

  const straight = join(scratchFolder(), 'straight.csv');
  await told({ outputPath: straight });
  const resumed = await told({ outputPath, resume: true });
  expect(resumed.notes).toEqual([`resuming from ${outputPath}: 1 of 4 runs are kept`]);
  expect(readFileSync(outputPath, 'utf8')).toBe(readFileSync(straight, 'utf8'));
});

test('a resumed record has the bytes of a straight one, whatever was missing', async () => {
  const straight = join(scratchFolder(), 'straight.csv');
  await told({ outputPath: straight });
  const bytes = readFileSync(straight, 'utf8');
  for (let length = 0; length <= bytes.length; length += 97) {
    const outputPath = join(scratchFolder(), 'a.csv');
    writeFileSync(`${outputPath}.partial`, bytes.slice(0, length));
    await told({ outputPath, resume: true });
    expect(readFileSync(outputPath, 'utf8')).toBe(bytes);
    expect(existsSync(`${outputPath}.partial`)).toBe(false);
  }
});

test('a record behind a link is resumed', async () => {
  const folder = scratchFolder();
  const real = join(folder, 'real.csv');
  const link = join(folder, 'link.csv');
  await told({ outputPath: real });
  symlinkSync('real.csv', link);
  const { notes } = await told({ outputPath: link, resume: true });
  expect(notes).toEqual([`resuming from ${real}: 4 of 4 runs are kept`]);
});

test('nothing to resume is said, and everything is run', async () => {
  const outputPath = join(scratchFolder(), 'a.csv');
  const { notes } = await told({ outputPath, resume: true });
  expect(notes).toEqual(['nothing to resume: no earlier output is there; every run is done']);
  expect(statesIn(outputPath)).toEqual(ALL_DONE);
});

test('a record of another plan is not resumed, and not touched', async () => {
  const outputPath = join(scratchFolder(), 'a.csv');
  await told({ outputPath, plans: [readsPlan('sweep_iodepth=1 2 4 8\nrandseed=7')] });
  const before = readFileSync(outputPath, 'utf8');
  const { ending } = await told({ outputPath, resume: true });
  expect(ending.kind).toBe('refused');
  expect(readFileSync(outputPath, 'utf8')).toBe(before);
});

test('what a killed invocation left is not replaced in silence', async () => {
  const outputPath = join(scratchFolder(), 'a.csv');
  writeFileSync(`${outputPath}.partial`, '');
  expect((await told({ outputPath })).notes).toEqual([
    `${outputPath}.partial of an invocation that was killed is replaced; ` +
      '--resume would have kept its rows',
  ]);
});

test('a bad output is refused before anything runs', async () => {
  const pool = poolOf(() => {
    throw new Error('it ran');
  });
  const outputPath = join(scratchFolder(), 'missing', 'a.csv');
  expect((await told({ outputPath, pool })).ending.kind).toBe('refused');
  const tracePath = join(scratchFolder(), 'missing', 'life.json');
  const good = join(scratchFolder(), 'a.csv');
  expect((await told({ outputPath: good, tracePath, pool })).ending.kind).toBe('refused');
  expect((await told({ outputPath: '/dev/full', pool })).ending).toEqual({
    kind: 'unwritable',
    problem: '/dev/full: no space is left there; free some and run again',
    rows: [],
  });
});

test('what is known when the disk runs full is shown', async () => {
  const outputPath = join(scratchFolder(), 'a.csv');
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
  vi.spyOn(RecordFile.prototype, 'append').mockImplementation(() => {
    throw new Unwritable(outputPath, '.', full);
  });
  const { ending } = await told({ outputPath });
  vi.restoreAllMocks();
  const rows = ending.kind === 'unwritable' ? ending.rows : [];
  expect(rows[0]).toMatchObject({ job: 'reads', point: 'iodepth=1', state: 'done' });
});

test('a resumed invocation leaves the traces of what it keeps', async () => {
  const folder = scratchFolder();
  const outputPath = join(folder, 'a.csv');
  const tracePath = join(folder, 'life.txt');
  const pool = poolOf((index) => (index === 2 ? { kind: 'crashed', error: 'it died' } : null));
  await told({ outputPath, tracePath, pool });
  const before = [1, 2, 4].map((number) => readFileSync(join(folder, `life.${number}.txt`)));
  expect(existsSync(join(folder, 'life.3.txt'))).toBe(false);
  const { ending } = await told({ outputPath, tracePath, resume: true });
  expect(ending.kind).toBe('ended');
  expect([1, 2, 4].map((number) => readFileSync(join(folder, `life.${number}.txt`)))).toEqual(
    before,
  );
  expect(readFileSync(join(folder, 'life.3.txt'), 'utf8')).toContain(' C read ');
});

test('a refused trace costs nothing that an earlier invocation left', async () => {
  const folder = scratchFolder();
  const outputPath = join(folder, 'a.csv');
  const tracePath = join(folder, 'missing', 'life.json');
  writeFileSync(`${outputPath}.partial`, 'rows');
  expect((await told({ outputPath, tracePath })).ending.kind).toBe('refused');
  expect(readFileSync(`${outputPath}.partial`, 'utf8')).toBe('rows');
});

test('a trace per run', async () => {
  const folder = scratchFolder();
  await told({ outputPath: join(folder, 'a.csv'), tracePath: join(folder, 'life.txt') });
  for (const number of [1, 2, 3, 4]) {
    expect(readFileSync(join(folder, `life.${number}.txt`), 'utf8')).toContain(' C read ');
  }
});

test('a shard runs its share under the numbers of the whole, and says what it is of', async () => {
  const outputPath = join(scratchFolder(), 'a.csv');
  const { done } = await told({ outputPath, shard: { index: 2, count: 3 } });
  expect(statesIn(outputPath)).toEqual(['iodepth=2 done', 'iodepth=8 done']);
  expect(done).toEqual([0, 1, 2]);
  const environment: unknown = JSON.parse(
    readFileSync(outputPath.replace('.csv', '.json'), 'utf8'),
  );
  expect(environment).toMatchObject({
    shard: { index: 2, count: 3, points: 4, runs_sha256: expect.stringMatching(/^[\da-f]{64}$/) },
  });
});

test('traces of shards have the names that they have in the whole', async () => {
  const folder = scratchFolder();
  const shard = { index: 3, count: 4 };
  const tracePath = join(folder, 'life.txt');
  await told({ outputPath: join(folder, 'a.csv'), tracePath, shard });
  expect(existsSync(join(folder, 'life.3.txt'))).toBe(true);
});
