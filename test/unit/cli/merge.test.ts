import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { merge } from '../../../src/cli/merge.ts';
import { scratchFolder } from '../../support/scratch.ts';

test.each([
  ['link/a.csv', 'real/a.csv'],
  ['real/a.json', 'real/a.csv'],
  // Its environment and its unfinished rows are written too.
  ['real/out.csv', 'real/out.json'],
  ['link/new.csv', 'real/new.csv.partial'],
])('the record %s does not replace the shard %s', (output, shard) => {
  const at = scratchFolder();
  mkdirSync(join(at, 'real'));
  symlinkSync('real', join(at, 'link'));
  writeFileSync(join(at, shard), '');
  const what = /--output .*: would replace a file of .*; name another file/;
  expect(() => merge([join(at, shard)], { output: join(at, output) })).toThrow(what);
});
