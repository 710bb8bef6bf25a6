import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LogSpool, spooledChunks } from '../../../src/runner/log-spool.ts';
import { scratchFolder } from '../../support/scratch.ts';

test('chunks come back as they were, of each stream its own, and then the rest', () => {
  const folder = scratchFolder();
  const pathOf = (stream: number) => join(folder, `x.${stream}`);
  // What an invocation left that was killed.
  writeFileSync(pathOf(0), 'of earlier');
  const spool = new LogSpool(pathOf);
  const chunk = Float64Array.of(1, 2, 3, 0.5);
  spool.append(0, chunk.subarray(1));
  spool.append(1, Float64Array.of(9));
  spool.append(0, Float64Array.of(-7));
  expect(spool.problem).toBeNull();
  const all = [...spooledChunks(pathOf(0), 2, Float64Array.of(8))].map((words) => [...words]);
  expect(all).toEqual([[2, 3, 0.5], [-7], [8]]);
  expect([...spooledChunks(pathOf(1), 1, new Float64Array(0))].map(({ length }) => length)).toEqual(
    [1, 0],
  );
});

test('nothing was spooled, no file is read', () => {
  expect([...spooledChunks('/nowhere/x', 0, Float64Array.of(1))]).toHaveLength(1);
});

test('what cannot be written is said, and no part of it is kept as the whole', () => {
  const folder = scratchFolder();
  const path = join(folder, 'none', 'x');
  const spool = new LogSpool(() => path);
  spool.append(0, Float64Array.of(1));
  spool.append(0, Float64Array.of(2));
  expect(spool.problem).toBe(
    `${path}: the folder ${folder}/none does not exist; create it or name another file`,
  );
  expect(existsSync(path)).toBe(false);
  expect(() => readFileSync(path)).toThrow('ENOENT');
});
