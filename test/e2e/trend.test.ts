import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatHeader, formatRows } from '../../src/record/write.ts';
import { coffer } from '../support/command-line.ts';
import { scratchFolder } from '../support/scratch.ts';
import { wallRows } from '../support/wall-rows.ts';

const VIRTUAL = `[device nb0]
driver=null_blk
size=1m
data=none
memory_backed=0
completion_nsec=10000
irqmode=2
[global]
filename=nb0
rw=read
size=16k
sweep_bs=4k 8k
[reads]
`;

/** Three records, of which the last is of a slower device. */
async function records(): Promise<string> {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'job.fio'), VIRTUAL);
  for (const [name, nsec] of [
    ['c', 10_000],
    ['b', 10_000],
    ['a', 10_005],
  ]) {
    const set = ['--set', `nb0.completion_nsec=${nsec}`];
    const words = ['run', 'job.fio', '--output', `${name}.csv`, '--quiet', ...set];
    expect((await coffer(words, { cwd: folder })).exitCode).toBe(0);
  }
  return folder;
}

test('exact rows: 5 ns are a change, between the files that were made so', async () => {
  const cwd = await records();
  const words = ['trend', '.', '--allow-different-plan', '--column', 'lat_max_ns'];
  const { exitCode, stdout, stderr } = await coffer(words, { cwd });
  expect(exitCode).toBe(0);
  // In the order of time, not of names.
  expect(stderr).toMatch(/^ordered by started_at/);
  expect(stdout).toMatch(/^between b\.csv \(.+Z\) and a\.csv \(.+Z\)\n/);
  expect(stdout.match(/^ +lat_max_ns +(\d+) ns +(\d+) ns /gm)).toHaveLength(2);
  expect(stdout).toContain('3 records, 4 exact rows and 0 sampled series: 2 changes\n');
});

test('a changed job begins anew, and that is said', async () => {
  const cwd = await records();
  const { stdout, stderr } = await coffer(['trend', '.', '--json'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({ changes: [] });
  expect(stderr).toContain('between b.csv and a.csv 4 rows have another job');
});

test('otava gets a line per record and a column per figure, and its test', async () => {
  const cwd = await records();
  const words = ['trend', 'a.csv', 'b.csv', '--csv-otava', 'history/o.csv'];
  const wrong = await coffer([...words, '--allow-different-plan'], { cwd });
  expect([wrong.exitCode, wrong.stdout]).toEqual([2, '']);
  expect(wrong.stderr).toContain('history/o.csv: cannot be written');
  const out = scratchFolder();
  const file = join(out, 'o.csv');
  const right = [...words.slice(0, -1), file, '--allow-different-plan', '--column', 'iops'];
  expect((await coffer(right, { cwd })).exitCode).toBe(0);
  const [header, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(header).toBe('time,record,bs=4k iops,bs=8k iops');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,b\.csv,\d+,\d+$/);
  const yaml = readFileSync(join(out, 'o.yaml'), 'utf8');
  expect(yaml).toContain('    time_column: time\n    attributes: [record]\n    metrics:\n');
  expect(yaml).toContain(
    '      "bs=4k iops":\n        column: "bs=4k iops"\n        direction: 1\n',
  );
});

/** Records without JSON: twelve of one level, then twelve slower by a fifth. */
function history(): string {
  const cwd = scratchFolder();
  for (let file = 0; file < 24; file += 1) {
    const level = file < 12 ? 1000 : 1200;
    const rows = wallRows([level + ((file * 7) % 10), level + 2, level + 4]);
    const name = `run-${String(file).padStart(2, '0')}.csv`;
    writeFileSync(join(cwd, name), formatHeader() + formatRows(rows));
  }
  return cwd;
}

test('sampled rows: a step is found between its files, with its size', async () => {
  const { exitCode, stdout, stderr } = await coffer(['trend', '.'], { cwd: history() });
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^ordered by file name: nothing says when .+ was made/);
  expect(stdout).toMatch(/^between run-11\.csv and run-12\.csv\n/);
  expect(stdout).toMatch(/lat_p50_ns .+ \+(19|20)\.?\d* % .+n 12\+12/);
  expect(stdout.match(/^between/gm)).toHaveLength(1);
  expect(stdout).toContain('24 records, 0 exact rows and 3 sampled series: 3 changes\n');
});

test('a row that is gone and a record that tells nothing are said', async () => {
  const cwd = history();
  const [row] = wallRows([1000]);
  const gone = wallRows([1000], { point: 'bs=8k' });
  const cut = wallRows([1000], { state: 'interrupted' });
  const write = (name: string, rows: ReturnType<typeof wallRows>): void =>
    writeFileSync(join(cwd, name), formatHeader() + formatRows(rows));
  write('run-11.csv', [...(row === undefined ? [] : [row]), ...gone]);
  write('run-23.csv', cut);
  const { stderr } = await coffer(['trend', '.'], { cwd });
  expect(stderr).toContain('after run-11.csv nothing is told of 1 row: bs=8k\n');
  expect(stderr).toContain('after run-22.csv nothing is told of 1 row: ');
  expect(stderr).toContain('1 row of the records, interrupted, not run, overloaded or crashed: ');
});

test('too short a history says how long it must be', async () => {
  const cwd = history();
  const words = ['trend', 'run-10.csv', 'run-11.csv', 'run-12.csv', 'run-13.csv'];
  const { stdout } = await coffer(words, { cwd });
  expect(stdout).toMatch(
    /3 sampled series are too short to call a change at alpha 0\.05: \d+ runs/,
  );
});

const WRONG: readonly (readonly [words: readonly string[], said: RegExp])[] = [
  [['a.csv'], /^a\.csv: one record is no history; give two or more\n$/],
  [['.', '--column', 'speed'], /^--column speed: "speed" is no column of a record; /],
  [['job.fio', 'a.csv'], /^job\.fio:1: no record of coffer/],
  [['.', '--csv-otava', 'a.csv'], /^--csv-otava a\.csv: is one of the records/m],
  [['.', '--csv-otava', 'o.txt'], /^--csv-otava o\.txt: name a file that ends in \.csv/m],
];

test('records that share no row are refused; a row of one alone is told', async () => {
  const cwd = scratchFolder();
  const write = (name: string, points: readonly string[]): void =>
    writeFileSync(
      join(cwd, name),
      formatHeader() + formatRows(points.flatMap((point) => wallRows([1000], { point }))),
    );
  write('a.csv', ['bs=4k']);
  write('b.csv', ['bs=8k']);
  const { exitCode, stdout, stderr } = await coffer(['trend', '.'], { cwd });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^nothing to follow: of 2 records no two tell of the same row; .+\n$/m);
  write('c.csv', ['bs=8k', 'bs=16k']);
  const some = await coffer(['trend', '.'], { cwd });
  expect(some.exitCode).toBe(0);
  expect(some.stderr).toContain('2 rows are in one record only, not followed: bs=4k; bs=16k\n');
});

test('refused: each with its sentence, and nothing on stdout', async () => {
  const cwd = await records();
  for (const [words, said] of WRONG) {
    const { exitCode, stdout, stderr } = await coffer(['trend', ...words], { cwd });
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(said);
  }
});
