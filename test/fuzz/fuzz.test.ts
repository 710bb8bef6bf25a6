/** The first of what `npm run fuzz` holds a million of, and what it has found. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCorpus } from './corpus.ts';
import { loadPlan } from '../../src/job/load.ts';
import { hold, holdMistakes, holdPlan } from './hold.ts';
import { mutated, mutation } from './mutation.ts';

const corpus = readCorpus(new URL('../..', import.meta.url).pathname);

test('mutated job files give a plan or located mistakes', () => {
  fc.assert(
    fc.property(mutation, (each) => {
      hold(mutated(corpus, each));
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('the job files as they are, too', () => {
  for (const text of corpus) hold(text);
});

test('what is held can fail', () => {
  const text = '[a]\nioengine=null\nsize=1m\nbs=4\n';
  hold(text);
  const loaded = loadPlan({ jobFile: 'f.fio', text });
  if (!loaded.ok) throw new Error('no plan');
  const lost = () => holdPlan(loaded.plan, text.replace('bs=4', 'bs=4k'));
  expect(lost).toThrow('a block of 4 bytes, which nobody wrote');
  const mistake = { file: 'f.fio', line: 9, option: 'bs', what: 'is wrong; mend it' };
  expect(() => holdMistakes([mistake], text)).toThrow('nowhere: f.fio:9: bs');
  const nonsense = { ...mistake, line: 1, what: 'is undefined' };
  expect(() => holdMistakes([nonsense], text)).toThrow('no sentence');
});

test('a mutation does what it says', () => {
  const edits = [{ kind: 'insert token', line: 0, column: 0, token: '[' }] as const;
  expect(mutated(['[a]'], { base: 0, other: 0, edits })).toBe('[[a]');
});
