import { expect, test } from 'vitest';
import { capitalised, code, markdownTable } from '../../../src/units/markdown.ts';

test('a bar in a cell does not end it', () => {
  const table = markdownTable(['a', 'b'], [['x|y', code('z')]]);
  expect(table).toBe('| a | b |\n| --- | --- |\n| x\\|y | `z` |');
});

test('the first letter alone is raised', () => {
  expect(capitalised('nVMe copy')).toBe('NVMe copy');
  expect(capitalised('')).toBe('');
});
