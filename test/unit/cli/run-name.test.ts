import { expect, test } from 'vitest';
import { runNames } from '../../../src/cli/run-name.ts';
import type { RunPlan } from '../../../src/job/plan.ts';
import { readsRun } from '../../support/plan-of.ts';

function names(runs: readonly Partial<RunPlan>[]): string[] {
  const plans = runs.map((run) => ({ ...readsRun(), jobFile: 'a.fio', ...run }));
  return plans.map(runNames(plans));
}

test('a run is called by its point, else by its jobs', () => {
  expect(names([{ point: 'bs=4k' }, { point: 'bs=8k' }])).toEqual(['bs=4k', 'bs=8k']);
  expect(names([{ point: '' }])).toEqual(['reads']);
});

test('with its file and repetition where there are several', () => {
  expect(names([{ point: 'bs=4k' }, { point: '', jobFile: 'b.fio', repetition: 2 }])).toEqual([
    'a.fio bs=4k #1',
    'b.fio reads #2',
  ]);
});

test('no name moves the cursor', () => {
  expect(names([{ point: 'x=\u001b[2J\n' }])).toEqual(['x=?[2J?']);
});
