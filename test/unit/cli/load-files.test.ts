import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadFiles } from '../../../src/cli/load-files.ts';
import { readsPlan } from '../../support/plan-of.ts';
import { scratchFolder } from '../../support/scratch.ts';

const ALL = {};

function files(...texts: readonly string[]): readonly string[] {
  const folder = scratchFolder();
  return texts.map((text, place) => {
    const path = join(folder, `${place}.fio`);
    writeFileSync(path, text);
    return path;
  });
}

test('runs are numbered over all files', () => {
  const text = readsPlan('sweep_iodepth=1 2').text;
  const loaded = loadFiles(files(text, text), ALL);
  const runs = loaded.ok ? loaded.plans.flatMap((plan) => plan.runs) : [];
  expect(runs.map(({ index, jobFile }) => [index, jobFile])).toEqual([
    [0, '0.fio'],
    [1, '0.fio'],
    [2, '1.fio'],
    [3, '1.fio'],
  ]);
});

test('the mistakes of all files are told', () => {
  const [first = '', second = ''] = files('[a]\nrw=raed\n', '[b]\nrw=wriet\n');
  const missing = join(scratchFolder(), 'missing.fio');
  const loaded = loadFiles([first, missing, second], ALL);
  const problems = loaded.ok ? [] : loaded.problems;
  expect(problems.find((problem) => problem.startsWith(`${first}:2: rw: `))).toBeDefined();
  expect(problems.find((problem) => problem.startsWith(`${second}:2: rw: `))).toBeDefined();
  expect(problems).toContain(
    `${missing}: cannot be read: no such file; check the name and the current folder`,
  );
});

test('two files of one name are refused', () => {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'sub'));
  const paths = [join(folder, 'a.fio'), join(folder, 'sub', 'a.fio')];
  for (const path of paths) writeFileSync(path, readsPlan().text);
  expect(loadFiles(paths, ALL)).toEqual({
    ok: false,
    problems: [
      `${paths[1]}: has the name of ${paths[0]}, and rows are told apart by it; run one at a time`,
    ],
  });
});

test('--readonly refuses what writes', () => {
  const paths = files('[a]\nrw=write\nsize=4k\n');
  expect(loadFiles(paths, {}).ok).toBe(true);
  const loaded = loadFiles(paths, { readonly: true });
  expect(loaded.ok ? [] : loaded.problems).toEqual([
    `${paths[0]}:2: rw: --readonly lets jobs read alone, and rw=write writes; run without it`,
  ]);
});

test('a warning says that it is one', () => {
  const text = readsPlan('direct=0').text;
  const loaded = loadFiles(files(text), ALL);
  expect(loaded.ok && loaded.warnings.join()).toMatch(/0\.fio:\d+: direct: warning: /);
});

test('a wrong file has thousands of mistakes, and is told in a hundred', () => {
  const folder = scratchFolder();
  const file = join(folder, 'wrong.fio');
  writeFileSync(file, Array.from({ length: 150 }, (_, i) => `x${i}=1\n`).join(''));
  const loaded = loadFiles([file], {});
  const problems = loaded.ok ? [] : loaded.problems;
  expect(problems).toHaveLength(101);
  expect(problems.at(-1)).toMatch(/: and \d+ more; is it a job file\?$/);
});

test('what a file holds does not command the terminal', () => {
  const file = join(scratchFolder(), 'escape.fio');
  writeFileSync(file, '[a]\n\u001b[31mred=1\n');
  const loaded = loadFiles([file], {});
  const text = loaded.ok ? '' : loaded.problems.join('');
  expect(text).toContain('\ufffd[31mred: no such option');
  expect(text).not.toContain('\u001b');
});

test('a sweep that is wrong in thousands of ways is told in ten, and how many more there are', () => {
  const sizes = Array.from({ length: 30 }, (_, i) => 513 + i).join(' ');
  const [file = ''] = files(readsPlan().text.replace('bs=4k', `sweep_bs=${sizes}`));
  const loaded = loadFiles([file], {});
  const problems = loaded.ok ? [] : loaded.problems;
  expect(problems).toHaveLength(11);
  expect(problems[0]).toMatch(/:10: bs: 513 is no .*; round it \(at 1 of 30 points: bs=513\)$/);
  expect(problems.at(-1)).toMatch(/:10: bs: and 20 more like it$/);
});
