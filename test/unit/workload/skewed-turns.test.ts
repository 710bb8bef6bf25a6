import { expect, test } from 'vitest';
import type { Skew } from '../../../src/units/file-service.ts';
import { SkewedTurns } from '../../../src/workload/skewed-turns.ts';

function shares(skew: Skew, files: number, turns = 40_000): number[] {
  const of = new SkewedTurns(files, files, skew, [4, 5]);
  const counts = new Array<number>(files).fill(0);
  for (let turn = 0; turn < turns; turn += 1) {
    const file = of.next();
    counts[file] = (counts[file] ?? 0) + 1 / turns;
  }
  return counts;
}

test('one file has most of the turns, and those behind it less and less', () => {
  const zipf = shares({ kind: 'zipf', theta: 1.2 }, 8);
  const hottest = zipf.indexOf(Math.max(...zipf));
  const inOrder = zipf.map((_, rank) => zipf[(hottest + rank) % 8] ?? 0);
  // The sum of k^-1.2 over the first 1024 of 8192 ranks.
  expect(inOrder[0]).toBeCloseTo(0.911, 1);
  expect(inOrder).toEqual([...inOrder].sort((one, other) => other - one));
});

test('a part of the files has the rest of the turns, and so within each part', () => {
  const pareto = shares({ kind: 'pareto', h: 0.25 }, 4).sort((one, other) => other - one);
  expect(pareto[0]).toBeCloseTo(0.75, 1);
});

test('a normal one has its middle between the files in the middle', () => {
  const normal = shares({ kind: 'normal', deviationPercent: 30 }, 8);
  for (let file = 0; file < 4; file += 1) {
    expect(Math.abs((normal[file] ?? 0) - (normal[7 - file] ?? 0))).toBeLessThan(0.02);
  }
  expect((normal[3] ?? 0) + (normal[4] ?? 0)).toBeGreaterThan(0.6);
});

test('no more files are open than may be, and one that is through opens again', () => {
  const of = new SkewedTurns(8, 2, { kind: 'zipf', theta: 0.5 }, [1]);
  const open = new Set<number>();
  for (let turn = 0; turn < 1000; turn += 1) {
    const file = of.next();
    open.add(file);
    expect(open.size).toBeLessThanOrEqual(2);
    if (turn % 7 !== 0) continue;
    open.delete(file);
    of.through(file);
  }
});
