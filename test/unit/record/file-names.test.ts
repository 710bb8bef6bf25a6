import { expect, test } from 'vitest';
import { environmentPath, partialPath } from '../../../src/record/file-names.ts';

test('the files beside a CSV', () => {
  expect(environmentPath('results/three-paths.csv')).toBe('results/three-paths.json');
  expect(environmentPath('results/figures')).toBe('results/figures.json');
  expect(partialPath('results/three-paths.csv')).toBe('results/three-paths.csv.partial');
});
