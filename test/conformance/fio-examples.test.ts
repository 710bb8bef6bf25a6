/**
 * Debian's fio-examples: each job file is taken or refused by `coffer check --syntax` as it is by
 * `fio --parse-only`, but for those listed here with the reason.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Diagnostics, formatDiagnostic } from '../../src/job/diagnostics.ts';
import { readJobFile } from '../../src/job/job-file.ts';

/** In the package's own folder, or in that of fio, as Debian has it. */
const FOLDERS = ['/usr/share/doc/fio-examples/examples', '/usr/share/doc/fio/examples'] as const;
const folder = FOLDERS.find((path) => existsSync(path));
const files = folder === undefined ? [] : readdirSync(folder).filter((n) => n.endsWith('.fio'));
const hasFio = spawnSync('fio', ['--version']).status === 0;
const why = hasFio ? 'the package fio-examples is not installed' : 'fio is not installed';

/** fio takes each of these. Part of what coffer says, and why it is right to. */
const REFUSED: Readonly<Record<string, string>> = {
  // Options of engines that coffer does not have.
  'cpuio.fio': "fio's engine cpuio",
  'e4defrag.fio': "fio's engine e4defrag",
  'e4defrag2.fio': "fio's engine e4defrag",
  'exec.fio': "fio's engine exec",
  'gfapi.fio': "fio's engine gfapi",
  'mtd.fio': "fio's engine mtd",
  'netio.fio': "fio's engine net",
  'netio_multicast.fio': "fio's engine net",
  'rados.fio': "fio's engine rados",
  'rbd.fio': "fio's engine rbd",
  'sg_verify-fail.fio': "fio's engine sg",
  'sg_verify.fio': "fio's engine sg",
  'sg_write_same_ndob.fio': "fio's engine sg",
  'uring-cmd-ng.fio': "fio's engine io_uring_cmd",
  'uring-cmd-zoned.fio': "fio's engine io_uring_cmd",
  // An engine that has to be compiled first: fio looks for it when it runs.
  'cpp_null.fio': '"cpp_null" is not known',
  // A slip in the example, which fio does not see.
  'steadystate.fio': 'threads: no such option (did you mean thread?)',
  'waitfor.fio': 'threads: no such option (did you mean thread?)',
  // A job called [device], which here declares a device.
  'latency-profile.fio': '[device]: the device has no name',
  // A variable that is not set, where fio reads nothing.
  'nbd.fio': 'unixsocket is not set in the environment',
};

/** What coffer says of a file, without the environment of whoever runs the test. */
function mistakesIn(name: string): string {
  const text = readFileSync(join(folder ?? '', name), 'utf8');
  const diagnostics = new Diagnostics();
  readJobFile(name, text, [], [], {}, diagnostics);
  return diagnostics.mistakes.map(formatDiagnostic).join('\n');
}

function fioTakes(name: string): boolean {
  const env = { PATH: process.env['PATH'] };
  const { status } = spawnSync('fio', ['--parse-only', join(folder ?? '', name)], { env });
  return status === 0;
}

test.runIf(hasFio && files.length > 0).each(files)('%s', (name) => {
  const mistakes = mistakesIn(name);
  const listed = REFUSED[name];
  if (listed === undefined) expect(mistakes === '', mistakes).toBe(fioTakes(name));
  else {
    expect(mistakes).toContain(listed);
    expect(fioTakes(name)).toBe(true);
  }
});

test.runIf(hasFio && files.length > 0)('the list names files that are there', () => {
  expect(files.length).toBeGreaterThanOrEqual(86);
  for (const name of Object.keys(REFUSED)) expect(files).toContain(name);
});

test.skipIf(hasFio && files.length > 0)(`nothing was compared: ${why}`, () => {});
