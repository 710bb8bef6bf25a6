/**
 * Virtual results are the same bytes on every machine, Node version and pool size. COFFER_NODES names
 * further Node binaries (.ci/run installs 22 and 24); without it only the present one is held against
 * the golden files.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  baselineFolder,
  folder,
  goldenJobs,
  main,
  shippedFolder,
  shippedVirtualJobs,
} from './jobs.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'coffer-golden-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const others = (process.env['COFFER_NODES'] ?? '').split(':').filter((path) => path !== '');
const nodes = [process.execPath, ...others];

function actualCsv(node: string, job: string, workers: number): string {
  const output = join(scratch, 'actual.csv');
  const args = [main, 'run', job, '--output', output, '--quiet', '--workers', String(workers)];
  const { status, stderr } = spawnSync(node, args, { encoding: 'utf8' });
  if (status !== 0 && status !== 1) throw new Error(`coffer ended with ${status}: ${stderr}`);
  return readFileSync(output, 'utf8');
}

function expectSame(actual: string, goldenPath: string, name: string): void {
  const same = actual === readFileSync(goldenPath, 'utf8');
  if (!same) writeFileSync(join(folder, `actual.${name}.csv`), actual);
  expect(same, `${name} differs: see test/golden/actual.${name}.csv`).toBe(true);
}

const cases = goldenJobs().flatMap((name) =>
  nodes.flatMap((node) => [1, 2, 8].map((workers) => ({ name, node, workers }))),
);

test.each(cases)('$name on $node with $workers workers', ({ name, node, workers }) => {
  const actual = actualCsv(node, join(folder, `${name}.fio`), workers);
  expectSame(actual, join(folder, `${name}.csv`), name);
});

test.each(shippedVirtualJobs())('the shipped job %s gives its baseline', (name) => {
  const actual = actualCsv(process.execPath, join(shippedFolder, `${name}.fio`), 2);
  expectSame(actual, join(baselineFolder, `${name}.csv`), name);
});

test.skipIf(others.length === 0)('the golden files were held on further Node versions', () => {
  const versions = nodes.map((node) => spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout);
  expect(new Set(versions.map((version) => version.split('.')[0])).size).toBe(nodes.length);
});
