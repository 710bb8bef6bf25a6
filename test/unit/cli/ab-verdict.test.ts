import { expect, test, vi } from 'vitest';
import { judgeBlocks } from '../../../src/cli/ab-verdict.ts';
import { DEFAULT_RULES } from '../../../src/compare/rules.ts';
import { readsPlan } from '../../support/plan-of.ts';
import { wallRows } from '../../support/wall-rows.ts';

const LEVELS = [1000, 2000, 1500, 1200, 1800, 1100, 1600, 1300, 1900, 1400];

test('rows whose block has none on the other side are said, and leave the pairs in step', () => {
  const plan = { ...readsPlan('clock=wall'), warnings: [] };
  const output: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output.push(String(text));
    return true;
  });
  try {
    const exitCode = judgeBlocks(wallRows(LEVELS).slice(1), wallRows(LEVELS), {
      plans: {
        a: plan,
        b: readsPlan('clock=wall\niodepth=2'),
        clock: 'wall',
        reads: [],
        warnings: [],
      },
      settings: { a: [], b: ['iodepth=2'] },
      rules: DEFAULT_RULES,
      order: [],
      seed: 1,
      paths: { a: 'x.a.csv', b: 'x.b.csv' },
      flags: { json: true },
    });
    expect(exitCode).toBe(0);
  } finally {
    spy.mockRestore();
  }
  const text = output.join('');
  expect(text).toContain('Not judged: 0 rows of A and 1 of B, whose blocks have none on the other');
  expect(JSON.parse(text)).toMatchObject({ verdict: 'pass' });
});

test('equal sides that differ are a false alarm, and neither is said to be faster', () => {
  const plan = { ...readsPlan('clock=wall'), warnings: [] };
  const output: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output.push(String(text));
    return true;
  });
  const slower = LEVELS.map((level) => level * 1.5);
  try {
    const exitCode = judgeBlocks(wallRows(LEVELS), wallRows(slower), {
      plans: { a: plan, b: plan, clock: 'wall', reads: [], warnings: [] },
      settings: { a: [], b: [] },
      rules: DEFAULT_RULES,
      order: [],
      seed: 1,
      paths: { a: 'x.a.csv', b: 'x.b.csv' },
      flags: { width: 1000 },
    });
    expect(exitCode).toBe(3);
  } finally {
    spy.mockRestore();
  }
  const text = output.join('');
  expect(text).not.toContain('faster');
  expect(text).toContain('This run raised a false alarm: 3 figures called a regression, 0 called');
  expect(text).toContain('a share of 0.05 of such runs at most');
});
