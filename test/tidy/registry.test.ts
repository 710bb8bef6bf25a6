import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { registryFindings } from './registry.ts';
import { ROOT, type SourceFile } from './source-tree.ts';

/** All that is, or is about to be, committed. */
function trackedFiles(): SourceFile[] {
  return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((path) => path !== '' && !path.startsWith('test/tidy/registry'))
    .map((path) => ({ path, text: readOr(path) }));
}

/** A file that was deleted and is not committed yet names nothing. */
function readOr(path: string): string {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch {
    return '';
  }
}

test.each(['https://registry.npmjs.org/a', 'http://npm-registry.corp:8080/', 'see mirror.corp/x'])(
  'found: %s',
  (text) => {
    expect(registryFindings({ path: 'a', text }, ['mirror.corp'])).toHaveLength(1);
  },
);

test('a registry is no host, and not every host is a registry', () => {
  const text = 'the registry; https://docs.kernel.org/block/';
  expect(registryFindings({ path: 'a', text }, [])).toEqual([]);
});

test('package-lock.json does not say where its packages were found', () => {
  expect(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
});

test('no file names the host of a registry', () => {
  const here = process.env['npm_config_registry'];
  const hosts = here === undefined ? [] : [new URL(here).host];
  const files = trackedFiles();
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((file) => registryFindings(file, hosts))).toEqual([]);
});
