import { expect, test } from 'vitest';
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
