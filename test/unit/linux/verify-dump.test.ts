import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { dumpBlocks } from '../../../src/linux/verify-dump.ts';
import { scratchFolder } from '../../support/scratch.ts';

const before = process.cwd();
afterEach(() => process.chdir(before));

test('files are named as fio names them, and one that is there stays', () => {
  const folder = scratchFolder();
  process.chdir(folder);
  expect(dumpBlocks('/data/t', 8192, Buffer.from('got'), Buffer.from('want'))).toBe(
    'see t.8192.received, see t.8192.expected',
  );
  expect(readFileSync(join(folder, 't.8192.received'), 'utf8')).toBe('got');
  expect(readFileSync(join(folder, 't.8192.expected'), 'utf8')).toBe('want');
  writeFileSync('t.0.received', 'mine');
  expect(dumpBlocks('/data/t', 0, Buffer.from('got'), null)).toBe(
    't.0.received was not written (EEXIST)',
  );
  expect(readFileSync('t.0.received', 'utf8')).toBe('mine');
});
