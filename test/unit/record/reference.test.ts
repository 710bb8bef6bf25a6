import { expect, test } from 'vitest';
import { STATES } from '../../../src/record/columns/asked.ts';
import { COLUMN_NAMES } from '../../../src/record/columns.ts';
import { resultsReadme } from '../../../src/record/reference.ts';

const README = resultsReadme();

test('every column and state has its line', () => {
  for (const name of COLUMN_NAMES) expect(README.split(`\n| \`${name}\` |`)).toHaveLength(2);
  for (const state of STATES) expect(README.split(`\n| \`${state}\` |`)).toHaveLength(2);
});

test('a column with unit, better and meaning', () => {
  expect(README).toContain(
    '| `lat_p50_ns` | integer | ns | sampled | lower | Median latency. |\n' +
      '| `lat_p90_ns` | integer | ns | sampled | lower | 90th percentile. |\n',
  );
  expect(README).toContain('One of `offload`, `emulation`, `read-write`. |\n');
});

test('every table row has as many cells as its header', () => {
  const tables = README.trimEnd()
    .split('\n\n')
    .filter((block) => block.startsWith('| '));
  expect(tables.length).toBeGreaterThan(9);
  for (const lines of tables.map((block) => block.split('\n'))) {
    const cells = lines.map((line) => line.split(' | ').length);
    expect(new Set(cells).size).toBe(1);
  }
});
