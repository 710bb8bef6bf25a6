import { expect, test } from 'vitest';
import { deadFiles } from './dead-files.ts';
import { sourceFiles } from './source-tree.ts';

test('two files that only import each other are dead, and what an entry reaches is not', () => {
  const files = [
    {
      path: 'src/main.ts',
      text: "import { b } from './b.ts';\nnew URL('./w.js', import.meta.url);",
    },
    { path: 'src/b.ts', text: "export type { C } from './c.ts';" },
    { path: 'src/c.ts', text: '' },
    { path: 'src/d.ts', text: "import { e } from './e.ts';" },
    { path: 'src/e.ts', text: "import { d } from './d.ts';" },
    { path: 'src/w.ts', text: '' },
  ];
  expect(deadFiles(files, ['src/main.ts'])).toEqual(['src/d.ts', 'src/e.ts']);
});

/** The directory itself, which no job file needs: through it the recorded kernel is held (conformance). */
const HELD_BY_TESTS = 'src/device/null-blk/configfs.ts';

test('every file of src is reached from the command line, a worker or a conformance test', () => {
  const entries = ['src/cli/main.ts', 'src/runner/worker.ts', HELD_BY_TESTS];
  expect(deadFiles(sourceFiles('src'), entries)).toEqual([]);
});
