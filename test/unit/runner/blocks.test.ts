import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Plan } from '../../../src/job/plan.ts';
import { type BlocksInvocation, interleave, runBlocks } from '../../../src/runner/blocks.ts';
import type { RunOutcome, RunPool } from '../../../src/runner/run-pool.ts';
import { run } from '../../../src/runner/run.ts';
import { readsPlan } from '../../support/plan-of.ts';
import { scratchFolder } from '../../support/scratch.ts';

const ORDER = ['ab', 'ba', 'ba'] as const;

function plans(): { readonly a: Plan; readonly b: Plan } {
  return {
    a: readsPlan('repeat=3\nsweep_iodepth=1 2'),
    b: readsPlan('repeat=3\nsweep_iodepth=1 2'),
  };
}

/** In this thread; tells the index of each run. */
function poolOf(begun: number[], special: (index: number) => RunOutcome | null): Promise<RunPool> {
  return Promise.resolve({
    async run({ plan, options }) {
      begun.push(plan.index);
      return special(plan.index) ?? { kind: 'ended', result: await run(plan, options) };
    },
    close: async () => {},
  });
}

function invocation(folder: string, changes: Partial<BlocksInvocation> = {}): BlocksInvocation {
  const { a, b } = plans();
  return {
    a: { plan: a, outputPath: join(folder, 'x.a.csv'), settings: [] },
    b: { plan: b, outputPath: join(folder, 'x.b.csv'), settings: ['bs=8k'] },
    runs: interleave(a, b, ORDER),
    order: ORDER,
    seed: 7,
    workers: 1,
    pool: poolOf([], () => null),
    timeout: null,
    toolVersion: '0.0.0',
    argv: ['ab', 'reads.fio'],
    interrupt: new AbortController().signal,
    onNote: () => {},
    onProgress: () => {},
    ...changes,
  };
}

test('a block is a repetition of both sides, in its order', () => {
  const { a, b } = plans();
  const { all, ...sides } = interleave(a, b, ORDER);
  const sideOf = (index: number): string =>
    sides.a.some((own) => own.index === index) ? 'a' : 'b';
  expect(all.map(({ index, repetition }) => `${repetition}${sideOf(index)}`).join(' ')).toBe(
    '1a 1b 1a 1b 2b 2a 2b 2a 3b 3a 3b 3a',
  );
  expect(all.map(({ point }) => point.at(-1)).join('')).toBe('112211221122');
  expect(all.map(({ index }) => index)).toEqual(all.map((_, place) => place));
  expect(sides.a.map(({ repetition }) => repetition)).toEqual([1, 1, 2, 2, 3, 3]);
});

test('a point that only one side has runs alone, and its neighbours stay in pairs', () => {
  const { all, ...sides } = interleave(
    readsPlan('sweep_iodepth=1 2 4'),
    readsPlan('sweep_iodepth=4 8 2'),
    ['ba'],
  );
  const told = all.map(({ index, point }) => {
    const side = sides.a.some((own) => own.index === index) ? 'a' : 'b';
    return `${side}${point.split('=')[1]}`;
  });
  expect(told.join(' ')).toBe('a1 b2 a2 b4 a4 b8');
});

test('one block alone is the whole of each side', () => {
  const { a, b } = plans();
  const { all } = interleave(a, b, ['ba']);
  expect(all).toHaveLength(12);
});

test('each side has its record, block by block, and the order beside it', async () => {
  const folder = scratchFolder();
  const done: number[] = [];
  const ending = await runBlocks(
    invocation(folder, { onProgress: (progress) => done.push(progress.done.size) }),
  );
  expect(ending).toMatchObject({ kind: 'ended', interrupted: false });
  expect(done.at(-1)).toBe(12);
  const text = readFileSync(join(folder, 'x.a.csv'), 'utf8');
  expect(text.match(/,reads,/g)).toHaveLength(6);
  const environment: unknown = JSON.parse(readFileSync(join(folder, 'x.b.json'), 'utf8'));
  expect(environment).toMatchObject({
    ab: { side: 'b', settings: ['bs=8k'], seed: 7, order: ORDER },
  });
});

test('interrupted: what was not run has its rows on both sides', async () => {
  const folder = scratchFolder();
  const interruption = new AbortController();
  const pool = poolOf([], (index) => {
    if (index < 3) return null;
    interruption.abort('SIGINT');
    return { kind: 'aborted' };
  });
  const ending = await runBlocks(invocation(folder, { pool, interrupt: interruption.signal }));
  if (ending.kind !== 'ended') throw new Error(ending.problem);
  expect(ending.interrupted).toBe(true);
  const states = (rows: typeof ending.a): string =>
    rows
      .filter(({ job }) => job === 'reads')
      .map(({ state }) => String(state))
      .join(' ');
  expect(states(ending.a)).toBe('done done not_run not_run not_run not_run');
  expect(states(ending.b)).toBe('done interrupted not_run not_run not_run not_run');
});

test('an output that is no record is refused before anything runs', async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'x.b.csv'), 'precious');
  const begun: number[] = [];
  const ending = await runBlocks(invocation(folder, { pool: poolOf(begun, () => null) }));
  expect(ending).toMatchObject({ kind: 'unwritable', began: false });
  expect(begun).toEqual([]);
});
