import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plan } from './fixture.ts';

const folder = new URL('../../../jobs', import.meta.url).pathname;
const names = readdirSync(folder).filter((name) => name.endsWith('.fio'));

test.each(names)('jobs/%s: no mistake, no warning, and its question first', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  const { runs, warnings } = plan(text);
  expect(runs.length).toBeGreaterThan(1);
  expect(warnings).toEqual([]);
  expect(text).toMatch(/^; Question: .*\?$/m);
  expect(text).toMatch(/^; Answer to expect: /m);
  expect(text).toMatch(/^; Look at: /m);
});

test.each(names.filter((name) => /^(reflink|copy-file-range|io-uring)/.test(name)))(
  'jobs/%s works on real files, in the folder that is given',
  (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    for (const run of plan(text, { set: ['directory=/mnt/x'] }).runs) {
      expect(run.devices).toEqual([]);
      expect(run.targets.length).toBeGreaterThan(0);
      for (const { path, unlink } of run.targets) {
        expect(path).toMatch(/^\/mnt\/x\//);
        expect(unlink).toBe(true);
      }
    }
  },
);
