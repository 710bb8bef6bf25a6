/**
 * The tarball of `npm run pack`: unpacked elsewhere, without a network, what this checkout has built
 * and installed hidden, so that it lives by what it brings.
 */

import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRecord } from '../../src/record/read.ts';
import { whyNoRings } from '../support/rings.ts';
import { ROOT } from '../tidy/source-tree.ts';

const scratch = mkdtempSync(join(tmpdir(), 'coffer-pack-test-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const others = (process.env['COFFER_NODES'] ?? '').split(':').filter((path) => path !== '');
const nodes = [process.execPath, ...others];

/** Without CAP_SYS_ADMIN a user namespace gives it, where the kernel lets anybody make one. */
const alone = ['--net', '--mount', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])];
const noNamespaces = spawnSync('unshare', [...alone, 'true']).status !== 0;
const HIDE = 'for folder in "$1" "$2"; do mount -t tmpfs none "$folder" || exit 99; done';
const hiding = `${HIDE}; shift 2; exec "$@"`;

function run(program: string, ...words: readonly string[]) {
  return spawnSync(program, words, { cwd: scratch, encoding: 'utf8' });
}

function packed(node: string, ...words: readonly string[]) {
  const hidden = [join(ROOT, 'dist'), join(ROOT, 'node_modules')];
  const env = { ...process.env, PATH: `${dirname(node)}:${process.env['PATH']}` };
  const options = { cwd: scratch, env, encoding: 'utf8' } as const;
  const command = ['sh', '-c', hiding, 'sh', ...hidden, './coffer/coffer', ...words];
  return spawnSync('unshare', [...alone, ...command], options);
}

function rowsOf(csv: string) {
  const record = readRecord(readFileSync(join(scratch, csv), 'utf8'), csv);
  if (!record.ok) throw new Error(record.problems.join('\n'));
  return record.rows;
}

beforeAll(() => {
  const { status, stderr } = run(process.execPath, join(ROOT, 'test/pack/pack.mjs'), scratch);
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  const [tarball] = readdirSync(scratch);
  expect(tarball).toMatch(/^coffer-\d+\.\d+\.\d+\.tgz$/);
  expect(run('tar', '-xzf', tarball ?? '').status).toBe(0);
}, 120_000);

test('nothing in it is a tool of a developer', () => {
  const tools: { readonly devDependencies: object } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );
  const installed = readdirSync(join(scratch, 'coffer/node_modules'));
  expect(installed).toContain('commander');
  expect(Object.keys(tools.devDependencies).filter((name) => installed.includes(name))).toEqual([]);
  expect(readdirSync(join(scratch, 'coffer'))).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'coffer',
    'dist',
    'jobs',
    'node_modules',
    'package.json',
    'results',
  ]);
});

describe.skipIf(noNamespaces)('without network and checkout', () => {
  test.each(nodes)('it says its version on %s', (node) => {
    const { stdout, stderr } = packed(node, '--version');
    expect([stdout, stderr]).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+\n$/), '']);
  });

  test('it gives a golden record to the byte', () => {
    const golden = join(ROOT, 'test/golden/nvme-paths');
    copyFileSync(`${golden}.fio`, join(scratch, 'nvme-paths.fio'));
    const { status, stderr } = packed(process.execPath, 'run', 'nvme-paths.fio', '--quiet');
    expect([status, stderr]).toEqual([0, '']);
    const actual = readFileSync(join(scratch, 'results/nvme-paths.csv'), 'utf8');
    expect(actual).toBe(readFileSync(`${golden}.csv`, 'utf8'));
  });

  test('it draws a figure, with the fonts that it brings', () => {
    const record = join(ROOT, 'test/golden/nvme-paths.csv');
    const { status, stderr } = packed(process.execPath, 'plot', record, '--output', 'figure.png');
    expect(status, stderr).toBe(0);
    const png = readFileSync(join(scratch, 'figure.png'));
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  });

  const engines = ['psync', ...(whyNoRings() === null ? ['io_uring'] : [])];
  test.each(engines)('it copies files by %s', (engine) => {
    const text = `[copies]
filename=${engine}.source
dest_filename=${engine}.copy
rw=copy
path=read-write
ioengine=${engine}
size=1m
bs=64k
unlink=1
`;
    writeFileSync(join(scratch, `${engine}.fio`), text);
    const csv = `${engine}.csv`;
    const words = ['run', `${engine}.fio`, '--output', csv, '--quiet'];
    const { status, stderr } = packed(process.execPath, ...words);
    expect([status, stderr]).toEqual([0, '']);
    expect(rowsOf(csv)).toMatchObject([
      { state: 'done', ioengine: engine, read_write_bytes: 1 << 20, verify_errors: 0 },
    ]);
  });
});
