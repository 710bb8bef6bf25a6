import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { coffer, shell, start, until } from '../support/command-line.ts';
import { readsPlan } from '../support/plan-of.ts';
import { scratchFolder } from '../support/scratch.ts';

/** Ten points, each twice. */
const JOB = readsPlan('sweep_iodepth=1 2 4 8 16\nsweep_randseed=1 2\nrepeat=2').text;

/** A folder with the job file, and the record of a run without shards. */
async function whole(text = JOB): Promise<{ readonly cwd: string; readonly bytes: string }> {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, 'job.fio'), text);
  await coffer(['run', 'job.fio', '--output', 'whole.csv', '--quiet'], { cwd });
  return { cwd, bytes: readFileSync(join(cwd, 'whole.csv'), 'utf8') };
}

function shardPath(index: number, count: number): string {
  return `results/job.shard-${index}-of-${count}.csv`;
}

async function shards(cwd: string, count: number, more: readonly string[] = []) {
  const indices = Array.from({ length: count }, (_, place) => place + 1);
  for (const index of indices) {
    const shard = ['--shard', `${index}/${count}`, '--quiet'];
    await coffer(['run', 'job.fio', ...shard, ...more], { cwd });
  }
  return indices.map((index) => shardPath(index, count));
}

test.each([1, 2, 3, 7])(
  '%i shards merge to the bytes of one run',
  async (count) => {
    const { cwd, bytes } = await whole();
    const paths = await shards(cwd, count);
    const last = paths.toReversed();
    const merged = await coffer(['merge', '--output', 'merged.csv', ...last], { cwd });
    expect(merged).toEqual({
      exitCode: 0,
      stdout: `merged.csv: ${count} shard${count === 1 ? '' : 's'}, 40 rows\n`,
      stderr: '',
    });
    expect(readFileSync(join(cwd, 'merged.csv'), 'utf8')).toBe(bytes);
  },
  60_000,
);

test('a merged record is one like any other', async () => {
  const { cwd } = await whole();
  const paths = await shards(cwd, 2);
  await coffer(['merge', '--output', 'merged.csv', ...paths], { cwd });
  const compared = await coffer(['compare', 'whole.csv', 'merged.csv'], { cwd });
  expect([compared.exitCode, compared.stderr]).toEqual([0, '']);
  const shown = await coffer(['show', 'merged.csv'], { cwd });
  expect(shown).toEqual(await coffer(['show', 'whole.csv'], { cwd }));
  const report = ['report', 'merged.csv', '--output', 'merged.html'];
  expect((await coffer(report, { cwd })).exitCode).toBe(0);
  const words = ['run', 'job.fio', '--output', 'merged.csv', '--resume'];
  const resumed = await coffer(words, { cwd });
  expect(resumed.stderr).toContain('resuming from merged.csv: 20 of 20 runs are kept\n');
});

test('shards of several files, told which share they have', async () => {
  const { cwd } = await whole();
  writeFileSync(join(cwd, 'other.fio'), readsPlan('sweep_loops=1 2 3').text);
  const files = ['run', 'job.fio', 'other.fio'];
  await coffer([...files, '--output', 'both.csv'], { cwd });
  const one = await coffer([...files, '--shard', '1/2', '--output', '1.csv'], { cwd });
  expect(one.stderr).toMatch(/^shard 1\/2: 7 of 13 points\n/);
  await coffer([...files, '--shard', '2/2', '--output', '2.csv'], { cwd });
  await coffer(['merge', '--output', 'merged.csv', '2.csv', '1.csv'], { cwd });
  const [merged, both] = ['merged.csv', 'both.csv'].map((name) =>
    readFileSync(join(cwd, name), 'utf8'),
  );
  expect(merged).toBe(both);
});

/** The third run, in shard 2/2, has no end that anyone would see. */
const ENDLESS = 'sweep_loops=1 2 1000000000 3 4';
const ENDING = 'sweep_loops=1 2 150000 3 4';

test('an interrupted shard is merged as it is, and after --resume to the bytes of one run', async () => {
  const { cwd, bytes } = await whole(readsPlan(ENDING).text);
  const words = ['--shard', '2/2', '--workers', '1'];
  const { child, ended } = start(['run', 'job.fio', ...words], { cwd });
  const partial = join(cwd, `${shardPath(2, 2)}.partial`);
  await until(() => readIfThere(partial).split('reads,').length === 2);
  child.kill('SIGINT');
  expect((await ended).exitCode).toBe(130);
  await coffer(['run', 'job.fio', '--shard', '1/2'], { cwd });
  const paths = [shardPath(1, 2), shardPath(2, 2)];
  const merging = ['merge', '--output', 'merged.csv', ...paths];
  const cut = await coffer(merging, { cwd });
  expect([cut.exitCode, cut.stdout]).toEqual([
    0,
    expect.stringMatching(/^merged\.csv: 2 shards, \d+ rows, \d rows? interrupted/),
  ]);
  const resumed = await coffer(['run', 'job.fio', ...words, '--resume'], { cwd });
  expect(resumed.stderr).toMatch(/resuming from .*shard-2-of-2\.csv: 1 of 2 runs are kept/);
  expect((await coffer(merging, { cwd })).exitCode).toBe(0);
  expect(readFileSync(join(cwd, 'merged.csv'), 'utf8')).toBe(bytes);
});

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

test('what is being written is no shard yet', async () => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, 'job.fio'), readsPlan(ENDLESS).text);
  const { child, ended } = start(['run', 'job.fio', '--shard', '2/2'], { cwd });
  const partial = `${shardPath(2, 2)}.partial`;
  await until(() => readIfThere(join(cwd, partial)) !== '');
  child.kill('SIGKILL');
  await ended;
  const merged = await coffer(['merge', '--output', 'm.csv', partial], { cwd });
  expect(merged).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `${partial}: the run is unfinished; finish it with coffer run --resume, and name the .csv\n`,
  });
});

test('a shard that no point falls to is an empty record', async () => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, 'job.fio'), readsPlan().text);
  const { exitCode, stderr } = await coffer(['run', 'job.fio', '--shard', '2/2'], { cwd });
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^shard 2\/2: none of 1 point, so its record has no row\n/);
  expect(readFileSync(join(cwd, shardPath(2, 2)), 'utf8').split('\n')).toHaveLength(2);
});

test.each(['0/4', '5/4', 'a', '1/0', '1/2/3'])('--shard %s is refused', async (shard) => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, 'job.fio'), JOB);
  const { exitCode, stdout, stderr } = await coffer(['run', 'job.fio', '--shard', shard], { cwd });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(new RegExp(`^--shard ${shard}: .+\n$`));
});

/** What merge says of them, and that it wrote nothing. */
async function refusal(cwd: string, ...words: readonly string[]): Promise<string> {
  const before = (await shell('ls', { cwd })).stdout;
  const { exitCode, stdout, stderr } = await coffer(['merge', ...words], { cwd });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect((await shell('ls', { cwd })).stdout).toBe(before);
  return stderr;
}

test('what does not make a whole is refused', async () => {
  const { cwd } = await whole();
  const [first = '', second = ''] = await shards(cwd, 2);
  const output = ['--output', 'm.csv'];
  expect(await refusal(cwd, ...output, first)).toBe(
    'missing: 2/2; coffer run --shard 2/2 makes the first\n',
  );
  expect(await refusal(cwd, ...output, first, second, second)).toContain('and so is');
  expect(await refusal(cwd, ...output, 'whole.csv', first)).toBe(
    'whole.csv: is no shard, for whole.json names none; coffer run --shard does\n',
  );
  expect(await refusal(cwd, ...output, 'gone.csv', 'job.fio')).toMatch(
    /^gone\.csv: cannot be read: no such file.*\njob\.fio:1: no record of coffer/,
  );
  expect(await refusal(cwd, '--output', first, first, second)).toBe(
    `--output ${first}: would replace a file of ${first}; name another file\n`,
  );
  const set = ['--set', 'bs=8k', '--output', 'other.csv'];
  await coffer(['run', 'job.fio', '--shard', '2/2', ...set], { cwd });
  expect(await refusal(cwd, ...output, first, 'other.csv')).toContain(
    `other.csv: is of another plan than ${first}: the text is the same, and the runs are others`,
  );
  rmSync(join(cwd, second.replace('.csv', '.json')));
  expect(await refusal(cwd, ...output, first, second)).toContain('cannot be read: no such file');
}, 30_000);

test('a record of another schema is refused by its reader', async () => {
  const { cwd } = await whole();
  const [first = '', second = ''] = await shards(cwd, 2);
  const text = readFileSync(join(cwd, second), 'utf8');
  writeFileSync(join(cwd, second), text.replaceAll(/^\d+,/gm, '1,'));
  expect(await refusal(cwd, '--output', 'm.csv', first, second)).toMatch(
    /shard-2-of-2\.csv:2: schema_version: is '1', this coffer reads/,
  );
});

test('samples of different machines are merged with a warning, and virtual rows without', async () => {
  const { cwd } = await whole(readsPlan('clock=wall\nsweep_loops=1 2').text);
  const paths = await shards(cwd, 2);
  const json = join(cwd, (paths[1] ?? '').replace('.csv', '.json'));
  const text = readFileSync(json, 'utf8').replace(/"cpus": \d+/, '"cpus": 1000');
  writeFileSync(json, text);
  const { exitCode, stderr } = await coffer(['merge', '--output', 'm.csv', ...paths], { cwd });
  expect([exitCode, stderr]).toEqual([
    0,
    expect.stringMatching(
      /^warning: the shards ran on what differs: cpus: \d+ \(1\/2\), 1000 \(2\/2\)\n$/,
    ),
  ]);
  const merged: unknown = JSON.parse(readFileSync(join(cwd, 'm.json'), 'utf8'));
  expect(merged).toMatchObject({ cpus: [expect.any(Number), 1000] });
  const compared = await coffer(['compare', 'whole.csv', 'm.csv'], { cwd });
  expect([compared.exitCode, compared.stderr]).toEqual([2, expect.stringContaining('cpus is ')]);
});

test('merge needs shards and an output', async () => {
  const cwd = scratchFolder();
  for (const words of [['merge'], ['merge', 'a.csv'], ['merge', '--output', 'm.csv']]) {
    expect((await coffer(words, { cwd })).exitCode).toBe(2);
  }
});
