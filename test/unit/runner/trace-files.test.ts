import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../src/block/trace.ts';
import { probeTrace, traceFileName, writeTrace } from '../../../src/runner/trace-files.ts';
import { scratchFolder } from '../../support/scratch.ts';

const EVENT: TraceEvent = {
  atNs: 5,
  action: 'Q',
  device: 'nb0',
  cpu: -1,
  bio: 1,
  operation: 'read',
  sector: 0,
  sizeSectors: 8,
  note: '',
};

test.each([
  ['life.json', 0, 1, 'life.json'],
  ['life.json', 0, 12, 'life.1.json'],
  ['a.b/life.txt', 11, 12, 'a.b/life.12.txt'],
  ['a.b/life', 1, 2, 'a.b/life.2'],
])('%s of run %i of %i is %s', (path, index, runs, name) => {
  expect(traceFileName(path, index, runs)).toBe(name);
});

test('the suffix tells Perfetto from text', () => {
  const folder = scratchFolder();
  writeTrace(join(folder, 'life.json'), [EVENT]);
  writeTrace(join(folder, 'life.txt'), [EVENT]);
  expect(JSON.parse(readFileSync(join(folder, 'life.json'), 'utf8'))).toHaveProperty('traceEvents');
  expect(readFileSync(join(folder, 'life.txt'), 'utf8')).toContain(' Q read ');
});

test('a trace longer than a batch is whole', () => {
  const path = join(scratchFolder(), 'life.txt');
  writeTrace(
    path,
    Array.from({ length: 30_000 }, () => EVENT),
  );
  const lines = readFileSync(path, 'utf8').split('\n');
  expect(lines).toHaveLength(3 + 30_000 + 1);
  expect(lines.at(-2)).toContain(' 30000 ');
});

test('a bad place is found before there is anything to write', () => {
  const folder = join(scratchFolder(), 'missing');
  expect(() => probeTrace(join(folder, 'life.json'))).toThrow(
    `${folder}/life.json: the folder ${folder} does not exist; create it or name another file`,
  );
});

test('a good place is as it was', () => {
  const path = join(scratchFolder(), 'life.txt');
  probeTrace(path);
  expect(existsSync(path)).toBe(false);
  writeFileSync(path, 'of an earlier run');
  probeTrace(path);
  expect(readFileSync(path, 'utf8')).toBe('of an earlier run');
});
