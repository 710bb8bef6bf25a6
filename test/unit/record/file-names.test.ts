import { expect, test } from 'vitest';
import { environmentPath, partialPath, shardPath } from '../../../src/record/file-names.ts';

test('the files beside a CSV', () => {
  expect(environmentPath('results/three-paths.csv')).toBe('results/three-paths.json');
  expect(environmentPath('results/figures')).toBe('results/figures.json');
  expect(partialPath('results/three-paths.csv')).toBe('results/three-paths.csv.partial');
});

test('a shard has its number in its name, and its own files beside it', () => {
  const shard = { index: 2, count: 4 };
  const path = shardPath('results/three-paths.csv', shard);
  expect(path).toBe('results/three-paths.shard-2-of-4.csv');
  expect(environmentPath(path)).toBe('results/three-paths.shard-2-of-4.json');
  expect(shardPath('figures', shard)).toBe('figures.shard-2-of-4.csv');
});
