import { expect, test } from 'vitest';
import { loadPlan } from '../../../src/job/load.ts';
import { didYouMean, suggest } from '../../../src/job/suggest.ts';

test.each([
  ['iodept', 'iodepth'],
  ['RW', 'rw'],
  ['nubjobs', 'numjobs'],
  ['zzzzzz', null],
  ['', null],
])('%j', (name, nearest) => {
  expect(suggest(name, ['rw', 'iodepth', 'numjobs', 'bs'])).toBe(nearest);
});

test('ends a sentence', () => {
  expect(didYouMean('bz', ['bs'])).toBe(' (did you mean bs?)');
  expect(didYouMean('qqqq', ['bs'])).toBe('');
});

test('a file that is none at all is told so in good time, without a guess for each line', () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `word${index.toString(36)}zz`);
  const loaded = loadPlan({ jobFile: 'log.txt', text: `[a]\n${lines.join('\n')}\n` });
  const found = loaded.ok ? [] : loaded.diagnostics;
  expect(found.length).toBeGreaterThanOrEqual(lines.length);
  expect(found.at(-1)?.what).toBe('no such option; coffer options lists them');
});
