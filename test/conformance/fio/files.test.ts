/**
 * Jobs of several files against fio 3.33: which file each I/O goes to, how much each has, and how
 * files are named and sized. What fio does was taken with
 * `fio --name=j --ioengine=null --write_iolog=LOG OPTIONS`, the options as they stand here; names
 * and sizes with psync, in an empty folder. Where fio is installed it is asked again.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadPlan } from '../../../src/job/load.ts';
import { Control } from '../../../src/linux/control.ts';
import { inspect } from '../../../src/linux/inspect.ts';
import { prepare } from '../../../src/runner/real-targets.ts';
import { workloadSpec as specOf } from '../../../src/runner/workload-spec.ts';
import { present } from '../../../src/units/assert.ts';
import { ParetoDraw, ZipfDraw } from '../../../src/workload/skewed-draw.ts';
import { ISSUE, Workload } from '../../../src/workload/workload.ts';
import { Account } from '../../../src/measure/account.ts';
import { jobOf } from '../../unit/job/real-fixture.ts';

const BLOCK = 4096;
const folder = mkdtempSync('/tmp/coffer-files-');
afterAll(() => rmSync(folder, { recursive: true }));
const hasFio = spawnSync('fio', ['--version']).status === 0;

interface Visit {
  readonly file: number;
  readonly block: number;
}

/** What the null engine is asked, by the workload of the job. */
function visits(options: string): Visit[] {
  const job = jobOf(`ioengine=null\nbs=4k\n${options.replaceAll(' ', '\n')}`);
  const background = { source: new Account(), destination: new Account() };
  const workload = new Workload(specOf(job, 0, 1), background);
  const { slots } = workload;
  const asked: Visit[] = [];
  workload.begin(0);
  for (let nowNs = 0; workload.next(0, nowNs) === ISSUE; nowNs += 1000) {
    asked.push({ file: slots.file[0] ?? -1, block: (slots.offsetBytes[0] ?? -1) / BLOCK });
    workload.issued(0, nowNs);
    workload.complete(0, nowNs + 500, slots.lengthBytes[0] ?? 0, false);
  }
  return asked;
}

/** The same of fio, out of the log of its I/Os. */
function visitsOfFio(options: string): Visit[] {
  const log = join(folder, 'log');
  rmSync(log, { force: true });
  const asked = options.split(' ').map((option) => `--${option}`);
  const given = ['--name=j', '--ioengine=null', '--bs=4k', `--write_iolog=${log}`, ...asked];
  const { status, stderr } = spawnSync('fio', given, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const names: string[] = [];
  return readFileSync(log, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, name = '', action = '', offset] = line.split(' ');
      if (action === 'add') names.push(name);
      if (action !== 'read' && action !== 'write') return [];
      return [{ file: names.indexOf(name), block: Number(offset) / BLOCK }];
    });
}

const textOf = (asked: readonly Visit[]): string =>
  asked.map(({ file, block }) => `${file}@${block}`).join(' ');

/** By options, each I/O as file@block: all of it is settled. */
const IN_ORDER: readonly (readonly [string, string])[] = [
  ['rw=read filename=a:b size=24k', '0@0 1@0 0@1 1@1 0@2 1@2'],
  ['rw=read nrfiles=3 size=32k', '0@0 1@0 2@0 0@1 1@1 2@1'],
  ['rw=read nrfiles=3 size=32k io_size=48k', '0@0 1@0 2@0 0@1 1@1 2@1 0@0 1@0 2@0 0@1 1@1 2@1'],
  ['rw=read nrfiles=3 size=48k io_size=20k', '0@0 1@0 2@0 0@1 1@1'],
  ['rw=read nrfiles=2 size=24k loops=2', '0@0 1@0 0@1 1@1 0@2 1@2 0@0 1@0 0@1 1@1 0@2 1@2'],
  [
    'rw=read nrfiles=3 size=36k file_service_type=sequential',
    '0@0 0@1 0@2 1@0 1@1 1@2 2@0 2@1 2@2',
  ],
  [
    'rw=read nrfiles=3 size=60k file_service_type=roundrobin:3',
    '0@0 0@1 0@2 1@0 1@1 1@2 2@0 2@1 2@2 0@3 0@4 1@3 1@4 2@3 2@4',
  ],
  ['rw=read nrfiles=4 size=64k number_ios=6', '0@0 1@0 2@0 3@0 0@1 1@1'],
  ['rw=read nrfiles=3 size=24k openfiles=1', '0@0 0@1 1@0 1@1 2@0 2@1'],
  ['rw=read nrfiles=4 size=32k openfiles=2', '0@0 1@0 0@1 1@1 2@0 3@0 2@1 3@1'],
  ['rw=read nrfiles=2 size=24k offset=8k', '0@2 1@2 0@3 1@3 0@4 1@4'],
  ['rw=read nrfiles=2 filesize=12k', '0@0 1@0 0@1 1@1 0@2 1@2'],
  ['rw=read nrfiles=2 filesize=16k size=20k', '0@0 1@0 0@1 1@1 0@2'],
  ['rw=read nrfiles=2 filesize=8k size=200k', '0@0 1@0 0@1 1@1'],
  ['rw=read nrfiles=2 filesize=16k offset=8k', '0@2 1@2 0@3 1@3'],
  ['rw=read:4k nrfiles=2 size=32k', '0@0 1@0 0@2 1@2 0@0 1@0 0@2 1@2'],
];

test.each(IN_ORDER)('%s goes where it goes in fio', (options, expected) => {
  expect(textOf(visits(options))).toBe(expected);
});

test.runIf(hasFio).each(IN_ORDER)('%s: fio says so', (options, expected) => {
  expect(textOf(visitsOfFio(options))).toBe(expected);
});

function counts(asked: readonly Visit[], files: number): number[] {
  const counted = new Array<number>(files).fill(0);
  for (const { file } of asked) counted[file] = (counted[file] ?? 0) + 1;
  return counted;
}

/** By options, I/Os of each file in fio; which of them comes when is chance. */
const BY_FILE: readonly (readonly [string, readonly number[]])[] = [
  ['rw=randread nrfiles=3 size=48k', [4, 4, 4]],
  ['rw=randread nrfiles=3 size=48k file_service_type=sequential', [4, 4, 4]],
  ['rw=randread nrfiles=4 size=16m file_service_type=random', [1024, 1024, 1024, 1024]],
  ['rw=randread nrfiles=4 size=16m file_service_type=random:8', [1024, 1024, 1024, 1024]],
  ['rw=randread nrfiles=3 size=48k norandommap', [4, 4, 4]],
  ['rw=randrw nrfiles=2 size=64k', [8, 8]],
  ['rw=rw nrfiles=2 size=64k', [8, 8]],
];

test.each(BY_FILE)('%s has as many I/Os in each file as in fio', (options, expected) => {
  expect(counts(visits(options), expected.length)).toEqual(expected);
});

test.runIf(hasFio).each(BY_FILE)('%s: fio counts so', (options, expected) => {
  expect(counts(visitsOfFio(options), expected.length)).toEqual(expected);
});

test('without a random map files at random have even shares, within 2 %', () => {
  // fio: .2546 .2505 .2492 .2457 of 16384.
  const asked = visits('rw=randread norandommap nrfiles=4 size=64m file_service_type=random');
  for (const count of counts(asked, 4)) expect(Math.abs(count / 4096 - 1)).toBeLessThan(0.02 * 3);
});

const FILES = 8;
const RANKS = FILES * 1024;
/** Where fio's hottest rank lies for these: so many ranks before the end of its last file. */
const FIRST_RANK = RANKS - 800;

/** fio's shares of 16384 I/Os of `rw=randread nrfiles=8 size=64m file_service_type=…`. */
const SKEWED = {
  'zipf:1.2': [0.038, 0.0189, 0.0118, 0.009, 0.007, 0.0054, 0.0041, 0.9057],
  'zipf:0.5': [0.1608, 0.1176, 0.0967, 0.0867, 0.076, 0.0674, 0.0665, 0.3282],
  'pareto:0.3': [0.1363, 0.0896, 0.0701, 0.0566, 0.0475, 0.0423, 0.0411, 0.5165],
  'pareto:0.2': [0.0869, 0.05, 0.035, 0.0285, 0.0244, 0.0225, 0.0192, 0.7335],
} as const;

const DRAWS = {
  'zipf:1.2': () => new ZipfDraw(RANKS, 1.2, [1], [1]),
  'zipf:0.5': () => new ZipfDraw(RANKS, 0.5, [1], [1]),
  'pareto:0.3': () => new ParetoDraw(RANKS, 0.3, [1], [1]),
  'pareto:0.2': () => new ParetoDraw(RANKS, 0.2, [1], [1]),
} as const;

test.each(['zipf:1.2', 'zipf:0.5', 'pareto:0.3', 'pareto:0.2'] as const)(
  'shares of %s are those of fio within 2 %, where its ranks begin',
  (service) => {
    const draw = DRAWS[service]();
    const shares = new Array<number>(FILES).fill(0);
    for (let turn = 0; turn < 100_000; turn += 1) {
      const file = Math.floor(((draw.rank() + FIRST_RANK) % RANKS) / 1024);
      shares[file] = (shares[file] ?? 0) + 1 / 100_000;
    }
    for (const [file, share] of SKEWED[service].entries()) {
      expect(Math.abs((shares[file] ?? 0) - share)).toBeLessThan(0.02);
    }
  },
);

test.each(['zipf:1.2', 'zipf:0.5', 'pareto:0.3', 'pareto:0.2'] as const)(
  'file_service_type=%s: the hottest file, and so on, as in fio but for where ranks begin',
  (service) => {
    const asked = visits(`rw=randread nrfiles=8 size=64m file_service_type=${service}`);
    expect(asked).toHaveLength(16_384);
    const hottestFirst = (shares: readonly number[]) => [...shares].sort((a, b) => b - a);
    const shares = hottestFirst(counts(asked, FILES).map((count) => count / asked.length));
    for (const [rank, share] of hottestFirst(SKEWED[service]).entries()) {
      expect(Math.abs((shares[rank] ?? 0) - share)).toBeLessThan(0.03);
    }
  },
);

test.each([
  ['normal', [0, 0.001, 0.0658, 0.4327, 0.4316, 0.0678, 0.0011, 0]],
  ['gauss:10', [0, 0.0016, 0.0779, 0.4188, 0.4215, 0.0783, 0.0019, 0]],
  ['normal:30', [0.0001, 0.0165, 0.1456, 0.3392, 0.342, 0.1408, 0.0154, 0.0002]],
])('shares of file_service_type=%s are those of fio within 2 %', (service, expected) => {
  const asked = visits(`rw=randread nrfiles=8 size=64m file_service_type=${service}`);
  const shares = counts(asked, FILES).map((count) => count / asked.length);
  for (const [file, share] of expected.entries()) {
    expect(Math.abs((shares[file] ?? 0) - share)).toBeLessThan(0.02);
  }
});

/** By options, the files that fio leaves in an empty folder that holds x and y. */
const MADE: readonly (readonly [string, Readonly<Record<string, number>>])[] = [
  ['rw=write nrfiles=3 size=64k', { 'j.0.0': 21_845, 'j.0.1': 21_845, 'j.0.2': 21_845 }],
  ['rw=read nrfiles=2 size=64k', { 'j.0.0': 32_768, 'j.0.1': 32_768 }],
  ['rw=write filename=a:b size=64k', { a: 32_768, b: 32_768 }],
  ['rw=write filename=:a:: size=64k', { a: 65_536 }],
  ['rw=write filename=a\\:b size=64k', { 'a:b': 65_536 }],
  ['rw=write nrfiles=2 size=64k offset=8k', { 'j.0.0': 40_960, 'j.0.1': 40_960 }],
  ['rw=write nrfiles=2 filesize=10k', { 'j.0.0': 10_240, 'j.0.1': 10_240 }],
  ['rw=write nrfiles=2 filesize=40k size=64k', { 'j.0.0': 40_960, 'j.0.1': 40_960 }],
  [
    'rw=write nrfiles=2 size=64k numjobs=3 directory=x:y',
    {
      'x/j.0.0': 32_768,
      'x/j.0.1': 32_768,
      'y/j.1.0': 32_768,
      'y/j.1.1': 32_768,
      'x/j.2.0': 32_768,
      'x/j.2.1': 32_768,
    },
  ],
  [
    'rw=write nrfiles=2 size=64k filename_format=$jobnum-$filenum',
    { '0-0': 32_768, '0-1': 32_768 },
  ],
];

function emptyFolder(name: string): string {
  const place = join(folder, name);
  rmSync(place, { recursive: true, force: true });
  for (const inside of ['x', 'y']) mkdirSync(join(place, inside), { recursive: true });
  return place;
}

function filesIn(place: string): Record<string, number> {
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(place, name)).isFile());
  return Object.fromEntries(files.sort().map((name) => [name, statSync(join(place, name)).size]));
}

test.runIf(hasFio).each(MADE)('%s: fio makes these files', (options, expected) => {
  const place = emptyFolder('fio');
  const asked = options.split(' ').map((option) => `--${option}`);
  const given = ['--name=j', '--ioengine=psync', '--bs=4k', ...asked];
  expect(spawnSync('fio', given, { cwd: place }).status).toBe(0);
  expect(filesIn(place)).toEqual(expected);
});

test.each(MADE)('%s lays out files of the names and sizes of fio', (options, expected) => {
  const place = emptyFolder('coffer');
  const asked = options.includes('directory=') ? options : `${options} directory=.`;
  const lines = asked.replace(/directory=(.*)/, (_, folders: string) => {
    return `directory=${folders
      .split(':')
      .map((name) => join(place, name))
      .join(':')}`;
  });
  const text = `[j]\nbs=4k\n${lines.replaceAll(' ', '\n')}\n`;
  const loaded = loadPlan({ jobFile: 'j.fio', text, lookUp: inspect });
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ what }) => what).join('\n'));
  const run = present(loaded.plan.runs[0], 'a run');
  const { problem } = prepare({ kind: 'prepare', run, control: Control.for(0).memory });
  expect(problem).toBeNull();
  expect(filesIn(place)).toEqual(expected);
});

test.skipIf(hasFio)('fio is not installed: it was not asked again', () => {});
