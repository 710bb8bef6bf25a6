import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Row } from '../../src/record/columns.ts';
import { readRecord } from '../../src/record/read.ts';
import { blockOrders } from '../../src/runner/block-order.ts';
import { coffer, start, until } from '../support/command-line.ts';
import { scratchFolder } from '../support/scratch.ts';

/** A device of 1 ms that real time waits out: some 256 ms a run. */
const WALL = `[device nb0]
driver=null_blk
size=64m
data=none
memory_backed=0
irqmode=2
completion_nsec=1000000
[global]
filename=nb0
rw=randread
bs=4k
size=4m
iodepth=4
clock=wall
[reads]
`;

const VIRTUAL = `[device nvme0]
driver=nvme
profile=nvme-gen4
size=64m
[global]
filename=nvme0
rw=copy
size=256k
dest_offset=32m
sweep_path=offload read-write
sweep_bs=4k 64k
[copies]
`;

function folderWith(text: string): string {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'job.fio'), text);
  return folder;
}

function rowsIn(path: string): readonly Row[] {
  const record = readRecord(readFileSync(path, 'utf8'), path);
  if (!record.ok) throw new Error(record.problems.join('\n'));
  return record.rows.filter(({ job }) => job === 'reads');
}

// Of a machine whose other tenants stand still for half a second nothing can be said: once more.
const NOISY = { retry: 2, timeout: 60_000 };

test('wall clock: 1.15 ms against 1 ms is a regression', NOISY, async () => {
  const cwd = folderWith(WALL);
  const words = ['ab', 'job.fio', '--a', '', '--b', 'nb0.completion_nsec=1150000', '--seed', '1'];
  const { exitCode, stdout, stderr } = await coffer(words, { cwd });
  expect(stdout).toMatch(/^regression\n/);
  expect(stdout).toMatch(/lat_p50_ns +1\.\d+ ms +1\.\d+ ms +\+1\d\.\d %/);
  expect(stdout).toContain('A is the baseline, B the candidate.');
  expect(stderr).toContain('10 blocks in random order, seed 1');
  expect(exitCode).toBe(3);
  const [a, b] = ['a', 'b'].map((side) => rowsIn(join(cwd, `results/job.${side}.csv`)));
  const blocks = Array.from({ length: 10 }, (_, block) => block + 1);
  expect(a?.map(({ repetition }) => repetition)).toEqual(blocks);
  expect(b?.map(({ repetition }) => repetition)).toEqual(blocks);
  const environment: unknown = JSON.parse(readFileSync(join(cwd, 'results/job.b.json'), 'utf8'));
  const settings = ['nb0.completion_nsec=1150000'];
  const order = blockOrders(10, 1);
  expect(environment).toMatchObject({ ab: { side: 'b', settings, seed: 1, order } });
});

test('wall clock: A against A is no regression, and tells the noise', NOISY, async () => {
  const cwd = folderWith(WALL);
  const words = ['ab', 'job.fio', '--a', '', '--b', '', '--blocks', '6'];
  const { exitCode, stdout } = await coffer(words, { cwd });
  expect([0, 4]).toContain(exitCode);
  expect(stdout).toMatch(/^noise floor +blocks for the margin +column +row\n/);
  expect(stdout.match(/^ +(±[\d.]+ %|unknown) +(\d+|>1000) +\w+ +reads$/gm)).toHaveLength(3);
  expect(stdout).toContain('so all that differs is noise');
  expect(stdout).toMatch(/under all 64 relabellings of the blocks the gate calls a regression in/);
});

test('virtual clock: one run of each decides, exactly', async () => {
  const cwd = folderWith(VIRTUAL);
  const words = ['ab', 'job.fio', '--a', 'path=offload', '--b', 'path=read-write'];
  const gated = [...words, '--gate', 'bandwidth_bytes_per_s', '--blocks', '10'];
  const { exitCode, stdout, stderr } = await coffer(gated, { cwd });
  expect(exitCode).toBe(3);
  expect(stdout).toContain('A is faster in 2 of 2 rows.');
  expect(stderr).toContain('--blocks 10: has no effect');
  expect(stderr).toContain('one run of each decides');
  expect(stderr).toContain('4 runs in');

  const same = await coffer(['ab', 'job.fio', '--a', '', '--b', ''], { cwd });
  expect(same.exitCode).toBe(0);
  expect(same.stdout).toContain('exact: no noise');
  const json = await coffer([...words, '--json'], { cwd });
  expect(JSON.parse(json.stdout)).toMatchObject({ verdict: 'regression' });
});

test('a key that only one side has is said, and none in common is refused', async () => {
  const cwd = folderWith(VIRTUAL);
  const some = await coffer(['ab', 'job.fio', '--a', '', '--b', 'sweep_path=offload'], { cwd });
  expect(some.stderr).toContain('only A runs at bs=4k path=read-write; bs=64k path=read-write');
  expect(some.exitCode).toBe(4);
  const none = await coffer(['ab', 'job.fio', '--a', '', '--b', 'path=offload'], { cwd });
  expect(none.exitCode).toBe(2);
  expect(none.stderr).toMatch(/^nothing to pair: .+set or sweep it in both --a and --b\n$/);
});

const WRONG: readonly (readonly [what: string, words: readonly string[], said: RegExp])[] = [
  ['an unknown option', ['--a', 'pth=offload', '--b', ''], /--a pth=offload: pth: no such option/],
  [
    'settings that make the job wrong',
    ['--a', '', '--b', 'dest_offset=65500k'],
    /^job\.fio:\d+: .+ \(as B\)$|^--b dest_offset=65500k: dest_offset: .+$/m,
  ],
  ['a quote left open', ['--a', 'bs="4k', '--b', ''], /--a bs="4k: a " is not closed/],
  ['a clock of its own', ['--a', '', '--b', 'clock=wall'], /--b clock=wall: .+ two clocks/],
  ['repetitions of its own', ['--a', 'repeat=3', '--b', ''], /--a repeat=3: .+ --blocks N/],
  ['a gate that is no column', ['--a', '', '--b', '', '--gate', 'speed'], /--gate speed: /],
];

test.each(WRONG)('refused: %s', async (_what, words, said) => {
  const cwd = folderWith(VIRTUAL);
  const { exitCode, stdout, stderr } = await coffer(['ab', 'job.fio', ...words], { cwd });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(said);
  expect(existsSync(join(cwd, 'results/job.a.csv'))).toBe(false);
});

test('rows that cannot be paired are refused before anything runs', async () => {
  const cwd = folderWith(WALL);
  const words = ['ab', 'job.fio', '--a', '', '--b', 'rw=randwrite'];
  const { exitCode, stdout, stderr } = await coffer(words, { cwd });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^nothing to pair: A has the rows .+ let --a and --b agree in it\n$/);
  expect(existsSync(join(cwd, 'results/job.a.csv'))).toBe(false);
});

test('too few blocks are refused, with how many would do', async () => {
  const cwd = folderWith(WALL);
  const words = ['ab', 'job.fio', '--a', '', '--b', 'iodepth=2', '--blocks', '1'];
  const { exitCode, stderr } = await coffer(words, { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toBe(
    '--blocks 1: p can reach 1 and no less, so no difference would be called at alpha 0.05; ' +
      'give --blocks 6 or more\n',
  );
});

test('a file of somebody else is not written, on either side', async () => {
  const cwd = folderWith('[global]\nrw=write\nsize=16k\n[writes]\nfilename=mine\n');
  writeFileSync(join(cwd, 'mine'), 'precious');
  const { exitCode, stderr } = await coffer(['ab', 'job.fio', '--a', '', '--b', 'bs=8k'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('overwrite=1');
  expect(readFileSync(join(cwd, 'mine'), 'utf8')).toBe('precious');
});

test('Ctrl-C judges nothing and keeps the rows', async () => {
  const cwd = folderWith(WALL);
  const words = ['ab', 'job.fio', '--a', '', '--b', 'iodepth=2', '--blocks', '50'];
  const { child, ended } = start(words, { cwd });
  const partials = ['a', 'b'].map((side) => join(cwd, `results/job.${side}.csv.partial`));
  const isDone = (file: string): boolean =>
    existsSync(file) && readFileSync(file, 'utf8').includes(',done,');
  await until(() => partials.every(isDone));
  child.kill('SIGINT');
  const { exitCode, stdout, stderr } = await ended;
  expect([exitCode, stdout]).toEqual([130, '']);
  expect(stderr).toContain('SIGINT: stopping; nothing will be judged, the rows are kept');
  const rest = [
    ...rowsIn(join(cwd, 'results/job.a.csv')),
    ...rowsIn(join(cwd, 'results/job.b.csv')),
  ];
  const notRun = rest.filter(({ state }) => state === 'not_run').length;
  expect(stderr).toContain(`\n${100 - notRun} runs in `);
  // A run under way at the signal is told beside them.
  expect(stderr).toContain(`, ${notRun} rows not_run`);
  expect(stderr).toContain('; results/job.a.csv and results/job.b.csv\n');
  for (const side of ['a', 'b']) {
    const rows = rowsIn(join(cwd, `results/job.${side}.csv`));
    expect(rows).toHaveLength(50);
    expect(rows[0]?.state).toBe('done');
    expect(rows.at(-1)?.state).toBe('not_run');
  }
});
