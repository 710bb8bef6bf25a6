import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunPlan } from '../../../src/job/plan.ts';
import type { Row } from '../../../src/record/columns.ts';
import { formatHeader, formatRows } from '../../../src/record/write.ts';
import { keptRows } from '../../../src/runner/resume.ts';
import { StartOrder } from '../../../src/runner/start-order.ts';
import { unfinishedRows } from '../../../src/runner/rows.ts';
import { realRun } from '../../support/real-run.ts';
import { readsPlan } from '../../support/plan-of.ts';
import { scratchFolder } from '../../support/scratch.ts';

const RUNS = readsPlan('sweep_iodepth=1 2 4\nnumjobs=2').runs;

function rowsOf(run: RunPlan | undefined, ...states: readonly Row['state'][]): readonly Row[] {
  if (run === undefined) throw new Error('no such run');
  return unfinishedRows(run, 'failed', 'an error').map((row, place) => ({
    ...row,
    state: states[place] ?? states[0] ?? 'done',
    ios: 4,
  }));
}

function csv(...rows: readonly (readonly Row[])[]): string {
  return formatHeader() + rows.map((ofRun) => formatRows(ofRun)).join('');
}

function kept(text: string, suffix: '' | '.partial'): unknown {
  const path = join(scratchFolder(), 'a.csv');
  writeFileSync(path + suffix, text);
  const outcome = keptRows(path, RUNS);
  if (!outcome.ok) return outcome.problems.map((problem) => problem.replace(path, 'FILE'));
  expect(outcome.source).toBe(path + suffix);
  return [...outcome.rows.keys()];
}

test('nothing is kept of nothing', () => {
  const path = join(scratchFolder(), 'a.csv');
  expect(keptRows(path, RUNS)).toEqual({
    ok: true,
    rows: new Map(),
    source: null,
    unlogged: 0,
  });
});

test.each<[Row['state'], boolean]>([
  ['done', true],
  ['failed', true],
  ['short', true],
  ['overloaded', true],
  ['interrupted', false],
  ['crashed', false],
  ['not_run', false],
])('a run with a row that is %s is kept: %s', (state, isKept) => {
  const text = csv(rowsOf(RUNS[0], 'done', state), rowsOf(RUNS[1], 'done'));
  expect(kept(text, '')).toEqual(isKept ? [0, 1] : [1]);
});

/** What StartOrder says of each job that never begins once the first has failed. */
function leftOutBy(text: string): readonly string[] {
  const { jobs } = realRun(text);
  const order = new StartOrder(jobs);
  order.start();
  order.began(0);
  order.cloneEnded(0, true);
  order.ended(0);
  return jobs.flatMap((_, job) => order.whyNotRun(job) ?? []);
}

test.each([
  ['exitall', '[a]\nexitall\n[b]\nwait_for=a\n'],
  ['exitall_on_error', '[a]\nexitall_on_error\n[b]\nwait_for=a\n'],
  ['waits for', '[a, "b"]\nexitall\n[b]\nstartdelay=9\n[c]\nnew_group\nwait_for=b\n'],
])('a run is kept with jobs that %s left out, as its file asks', (_, text) => {
  const [first] = RUNS;
  if (first === undefined) throw new Error('no run');
  const [done, other] = rowsOf(first, 'done');
  const sentences = leftOutBy(text);
  expect(sentences).not.toEqual([]);
  for (const sentence of sentences) {
    const leftOut = unfinishedRows(first, 'not_run', sentence);
    const rows = [done, leftOut[1]].filter((row) => row !== undefined);
    expect(kept(csv(rows), ''), sentence).toEqual([0]);
  }
  const stopped = unfinishedRows(first, 'not_run', 'the run was stopped before it began');
  expect(kept(csv([other, stopped[1]].filter((row) => row !== undefined)), '')).toEqual([]);
});

test('a run that failed with nothing measured is run again', () => {
  const [first] = RUNS;
  if (first === undefined) throw new Error('no run');
  const timedOut = unfinishedRows(first, 'failed', 'timeout after 20ms');
  expect(kept(csv(timedOut, rowsOf(RUNS[1], 'done')), '')).toEqual([1]);
});

test('a partial file may lack rows of its last run, so that one is run again', () => {
  expect(kept(csv(rowsOf(RUNS[0], 'done'), rowsOf(RUNS[1], 'done')), '.partial')).toEqual([0]);
  expect(kept(csv(), '.partial')).toEqual([]);
  expect(kept('', '.partial')).toEqual([]);
});

test('a torn row is dropped from a partial file and refused in a whole one', () => {
  const text = csv(rowsOf(RUNS[0], 'done'), rowsOf(RUNS[1], 'done')).slice(0, -30);
  expect(kept(text, '.partial')).toEqual([0]);
  expect(kept(text, '')).toHaveLength(1);
});

test('the partial file counts for more than the whole one', () => {
  const path = join(scratchFolder(), 'a.csv');
  writeFileSync(path, 'an older record, of no use');
  writeFileSync(`${path}.partial`, csv(rowsOf(RUNS[2], 'done'), rowsOf(RUNS[0], 'done')));
  const outcome = keptRows(path, RUNS);
  expect(outcome.ok && [...outcome.rows.keys()]).toEqual([2]);
});

test('rows of another plan are refused', () => {
  const foreign = rowsOf(RUNS[0], 'done').map((row) => ({ ...row, plan_sha256: 'f'.repeat(16) }));
  expect(kept(csv(foreign), '')).toEqual([
    `FILE: was made by another plan of reads.fio at iodepth=1 (ffffffffffffffff, now ` +
      `${RUNS[0]?.planSha256}); run without --resume, or give another --output`,
  ]);
});

test('rows of a run that is not asked for are refused', () => {
  const foreign = rowsOf(RUNS[0], 'done').map((row) => ({ ...row, point: 'iodepth=64' }));
  expect(kept(csv(foreign), '')).toEqual([
    'FILE: has rows of reads.fio at iodepth=64, repetition 1, which is none of these runs; ' +
      'run without --resume, or give another --output',
  ]);
});

test('a run whose logs are not all there is not kept', () => {
  const folder = scratchFolder();
  const path = join(folder, 'a.csv');
  const { runs } = readsPlan('sweep_iodepth=1 2\nnumjobs=2\nwrite_bw_log=x');
  writeFileSync(path, csv(rowsOf(runs[0], 'done'), rowsOf(runs[1], 'done')));
  const keptBeside = () => {
    const outcome = keptRows(path, runs, { folder, runs: 2 });
    return outcome.ok ? { kept: [...outcome.rows.keys()], unlogged: outcome.unlogged } : outcome;
  };
  expect(keptBeside()).toEqual({ kept: [], unlogged: 2 });
  for (const name of ['x.1_bw.1.log', 'x.1_bw.2.log', 'x.2_bw.1.log']) {
    writeFileSync(join(folder, name), '');
  }
  expect(keptBeside()).toEqual({ kept: [0], unlogged: 1 });
  // A clone that exitall left out has none.
  const [done] = rowsOf(runs[1], 'done');
  const leftOut = unfinishedRows(runs[1] ?? fail(), 'not_run', 'exitall: job a ended before');
  const rows = [done, leftOut[1]].filter((row) => row !== undefined);
  writeFileSync(path, csv(rowsOf(runs[0], 'done'), rows));
  expect(keptBeside()).toEqual({ kept: [0, 1], unlogged: 0 });
  // Where none are written, none are missed.
  expect(keptRows(path, runs)).toMatchObject({ ok: true, rows: { size: 2 } });
});

function fail(): never {
  throw new Error('no such run');
}
