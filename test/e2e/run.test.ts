import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Cell, type Row } from '../../src/record/columns.ts';
import { readRecord } from '../../src/record/read.ts';
import { coffer, shell } from '../support/command-line.ts';
import { readsPlan } from '../support/plan-of.ts';
import { scratchFolder } from '../support/scratch.ts';

const THREE_PATHS = `[device nb0]
driver=null_blk
size=64m
memory_backed=1
data=memory
[global]
filename=nb0
rw=copy
size=256k
dest_offset=32m
sweep_path=offload emulation read-write
sweep_bs=4k 64k
[copies]
`;

/** A folder with a job file in it. */
function folderWith(text: string, name = 'job.fio'): string {
  const folder = scratchFolder();
  writeFileSync(join(folder, name), text);
  return folder;
}

function rowsIn(path: string): readonly Row[] {
  const record = readRecord(readFileSync(path, 'utf8'), path);
  if (!record.ok) throw new Error(record.problems.join('\n'));
  return record.rows;
}

function statesIn(path: string): readonly Cell[] {
  return rowsIn(path)
    .filter(({ job }) => !String(job).startsWith('background:'))
    .map(({ state }) => state);
}

test('a job file becomes a record and a table', async () => {
  const cwd = folderWith(THREE_PATHS);
  const { exitCode, stdout, stderr } = await coffer(['run', 'job.fio'], { cwd });
  expect(stderr).toMatch(
    /^6 runs, writing .+ to simulated devices; results\/job.csv\n6 runs in .+; results\/job.csv\n$/,
  );
  expect(exitCode).toBe(0);
  expect(statesIn(join(cwd, 'results/job.csv'))).toEqual(Array(6).fill('done'));
  expect(existsSync(join(cwd, 'results/job.json'))).toBe(true);
  expect(stdout).toMatch(/^path +bs +MiB\/s/m);
  expect(stdout.match(/^(offload|emulation|read-write) +(4k|64k) /gm)).toHaveLength(6);

  const shown = await coffer(['show', 'results/job.csv'], { cwd });
  expect(shown).toEqual({ exitCode: 0, stdout, stderr: '' });
});

test('the record has the same bytes for every number of workers', async () => {
  const cwd = folderWith(THREE_PATHS);
  const records = await Promise.all(
    ['1', '2', '8'].map(async (workers) => {
      const output = `${workers}.csv`;
      await coffer(['run', 'job.fio', '--workers', workers, '--output', output], { cwd });
      return readFileSync(join(cwd, output), 'utf8');
    }),
  );
  expect(new Set(records).size).toBe(1);
  expect(records[0]?.length).toBeGreaterThan(1000);
});

test('--quiet says nothing, and the table is there all the same', async () => {
  const cwd = folderWith(readsPlan().text);
  const { exitCode, stdout, stderr } = await coffer(['run', 'job.fio', '--quiet'], { cwd });
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toContain('MiB/s');
});

test('several files make one record, and need a name for it', async () => {
  const cwd = folderWith(readsPlan().text, 'a.fio');
  writeFileSync(join(cwd, 'b.fio'), readsPlan().text);
  const unnamed = await coffer(['run', 'a.fio', 'b.fio'], { cwd });
  expect(unnamed).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'several job files need --output FILE.csv for their one record\n',
  });
  const named = await coffer(['run', 'a.fio', 'b.fio', '--output', 'both.csv'], { cwd });
  expect(named.exitCode).toBe(0);
  expect(new Set(rowsIn(join(cwd, 'both.csv')).map((row) => row.job_file))).toEqual(
    new Set(['a.fio', 'b.fio']),
  );
});

test('--section and --set change what is run', async () => {
  const cwd = folderWith(`${readsPlan('sweep_iodepth=1 2').text}\n[others]\n`);
  await coffer(
    ['run', 'job.fio', '--section', 'reads', '--set', 'iodepth=4', '--set', 'nb0.size=2m'],
    { cwd },
  );
  const rows = rowsIn(join(cwd, 'results/job.csv'));
  expect(rows.map(({ job, iodepth }) => [job, iodepth])).toEqual([
    ['reads', 4],
    ['background:nb0', null],
  ]);
});

test('--trace writes a file per run', async () => {
  const cwd = folderWith(readsPlan('sweep_iodepth=1 2').text);
  const { exitCode } = await coffer(['run', 'job.fio', '--trace', 'life.json'], { cwd });
  expect(exitCode).toBe(0);
  for (const name of ['life.1.json', 'life.2.json']) {
    const trace: unknown = JSON.parse(readFileSync(join(cwd, name), 'utf8'));
    expect(trace).toHaveProperty('traceEvents');
  }
});

test('a crashed worker is a row, and the other runs go on', async () => {
  const cwd = folderWith(readsPlan('sweep_iodepth=1 2 4').text);
  const variables = { COFFER_TEST_CRASH_RUN: '1' };
  const crashed = await coffer(['run', 'job.fio'], { cwd, variables });
  expect(crashed.exitCode).toBe(1);
  expect(crashed.stdout).toContain('crashed: worker exited with code: 9');
  expect(crashed.stderr).toContain(', 1 row crashed; ');
  expect(statesIn(join(cwd, 'results/job.csv'))).toEqual(['done', 'crashed', 'done']);

  const resumed = await coffer(['run', 'job.fio', '--resume'], { cwd });
  expect(resumed.exitCode).toBe(0);
  expect(resumed.stderr).toContain('resuming from results/job.csv: 2 of 3 runs are kept\n');
  const straight = await coffer(['run', 'job.fio', '--output', 'straight.csv'], { cwd });
  expect(straight.exitCode).toBe(0);
  expect(readFileSync(join(cwd, 'results/job.csv'), 'utf8')).toBe(
    readFileSync(join(cwd, 'straight.csv'), 'utf8'),
  );
});

test('a run that takes too long is a failed row', async () => {
  const cwd = folderWith(readsPlan('sweep_loops=1 1000000000').text);
  const { exitCode } = await coffer(['run', 'job.fio', '--timeout', '500ms'], { cwd });
  expect(exitCode).toBe(1);
  expect(rowsIn(join(cwd, 'results/job.csv')).map(({ error }) => error)).toContain(
    'timeout after 500ms',
  );
});

test.each([
  [['run', 'missing.fio'], 'missing.fio: cannot be read: no such file; check the name and the'],
  [['run', '.'], '.: cannot be read: it is a folder; name a file'],
  [['run', 'job.fio', '--set', 'iodepht=4'], '--set iodepht=4: iodepht: '],
  [['run', 'job.fio', '--set', 'bs=4q'], '--set bs=4q: bs: "4q" is not a size'],
  [['run', 'job.fio', '--output', 'missing/a.csv'], 'missing/a.csv: the folder missing does not'],
  [['run', 'job.fio', '--output', 'job.fio/a.csv'], 'job.fio/a.csv: job.fio is no folder'],
  [['run', 'job.fio', '--output', '.'], '.: is a folder'],
  [['run', 'job.fio', '--output', 'job.fio'], '--output job.fio: is a job file; name another'],
  [['run', 'job.fio', '--trace', 'job.fio'], '--trace job.fio: is a job file too; name another'],
  [['run', 'job.fio', '--output', 'a', '--trace', 'a'], '--trace a: is the --output too'],
  [['run', 'job.fio', '--output', 'e.csv', '--trace', 'e.json'], '--trace e.json: is the environ'],
  [['run', 'job.fio', '--output', 'e', '--trace', 'e.partial'], '--trace e.partial: is where the'],
  [['run', 'job.fio', '--trace', 'missing/t.json'], 'missing/t.json: the folder missing does not'],
  [['run', 'job.fio', '--workers', '0'], "error: option '--workers <n>' argument '0' is invalid"],
  [['run', 'job.fio', '--timeout', 'soon'], '--timeout soon: "soon" is not a time'],
  [['run', 'job.fio', '--timeout', '0'], '--timeout 0: no run ends in no time'],
  [['run', 'job.fio', '--timeout', '30d'], '--timeout 30d: 24 days are the most'],
  [['run', 'job.fio', '--nonsense'], "error: unknown option '--nonsense'"],
  [['run'], "error: missing required argument 'files'"],
  [['rnu', 'job.fio'], "error: unknown command 'rnu'\n(Did you mean run?)"],
  [['check', 'missing.fio'], 'missing.fio: cannot be read: no such file'],
  [['show', 'missing.csv'], 'missing.csv: cannot be read: no such file'],
  [['show', 'job.fio'], 'job.fio:1: '],
  [['options', 'nonsense'], 'nonsense: no option is called so'],
])('%j is refused in a sentence, with exit code 2', async (words, sentence) => {
  const cwd = folderWith(readsPlan().text);
  const { exitCode, stdout, stderr } = await coffer(words, { cwd });
  expect(stderr).toContain(sentence);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(readFileSync(join(cwd, 'job.fio'), 'utf8')).toBe(readsPlan().text);
});

test('every mistake of a job file is told, with file and line', async () => {
  const cwd = folderWith('[device nb0]\ndriver=null_blk\n[a]\nfilename=nb0\nrw=raed\niodepht=4\n');
  for (const verb of ['run', 'check']) {
    const { exitCode, stderr } = await coffer([verb, 'job.fio'], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^job\.fio:5: rw: /m);
    expect(stderr).toMatch(/^job\.fio:6: iodepht: .*iodepth/m);
  }
});

test('a warning goes to stderr and the job runs', async () => {
  const cwd = folderWith(readsPlan('direct=0').text);
  const { exitCode, stderr } = await coffer(['run', 'job.fio'], { cwd });
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^job\.fio:\d+: direct: warning: /);
});

test('a full disk is told in a sentence, with exit code 1', async () => {
  const cwd = folderWith(readsPlan().text);
  const { exitCode, stderr } = await coffer(['run', 'job.fio', '--output', '/dev/full'], { cwd });
  expect(stderr).toContain('/dev/full: no space is left there; free some and run again\n');
  expect(exitCode).toBe(1);
});

test('a results that is no folder is told before the run', async () => {
  const cwd = folderWith(readsPlan().text);
  writeFileSync(join(cwd, 'results'), '');
  const { exitCode, stderr } = await coffer(['run', 'job.fio'], { cwd });
  expect(stderr).toMatch(/^the folder results cannot be made here, give --output: /);
  expect(exitCode).toBe(2);
});

test('a job file by another name is no output either', async () => {
  const cwd = folderWith(readsPlan().text);
  mkdirSync(join(cwd, 'real'));
  symlinkSync('real', join(cwd, 'link'));
  writeFileSync(join(cwd, 'real/b.fio'), readsPlan().text);
  const words = ['run', 'real/b.fio', '--output', 'link/b.fio'];
  expect((await coffer(words, { cwd })).exitCode).toBe(2);
});

test('a reader that has seen enough ends nothing else', async () => {
  const cwd = folderWith(readsPlan('sweep_iodepth=1 2 4 8\nrepeat=100').text);
  const line =
    '$COFFER run job.fio --quiet | head -1 >/dev/null; a=${PIPESTATUS[0]}; ' +
    '$COFFER options | head -1 >/dev/null; echo $a ${PIPESTATUS[0]}';
  expect(await shell(line, { cwd })).toEqual({ exitCode: 0, stdout: '0 0\n', stderr: '' });
});

test('colour is for terminals, or as the variables say', async () => {
  const cwd = folderWith(readsPlan().text);
  await coffer(['run', 'job.fio'], { cwd });
  const show = async (variables: Record<string, string>): Promise<boolean> => {
    const { stdout } = await coffer(['show', 'results/job.csv'], { cwd, variables });
    return stdout.includes('\u001b[');
  };
  expect(await show({})).toBe(false);
  expect(await show({ FORCE_COLOR: '1' })).toBe(true);
  expect(await show({ NO_COLOR: '1' })).toBe(false);
});

test('the width can be asked for', async () => {
  const cwd = folderWith(THREE_PATHS);
  await coffer(['run', 'job.fio'], { cwd });
  const { stdout } = await coffer(['show', 'results/job.csv', '--width', '80'], { cwd });
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(stdout).toContain('to fit 80 columns, left out: ');
});

test('check plans and runs nothing', async () => {
  const cwd = folderWith(THREE_PATHS);
  const { exitCode, stdout } = await coffer(['check', 'job.fio', '--plan'], { cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^job\.fio: no mistakes, 6 runs\n/);
  expect(stdout).toMatch(/^ +6 +bs=64k path=read-write /m);
  expect(stdout).toContain('time, a guess: ');
  expect(existsSync(join(cwd, 'results'))).toBe(false);
});

test('version, help and calibrate print and are good', async () => {
  const cwd = scratchFolder();
  const { version }: { version: string } = JSON.parse(readFileSync('package.json', 'utf8'));
  for (const words of [['version'], ['--version']]) {
    expect(await coffer(words, { cwd })).toMatchObject({ exitCode: 0, stdout: `${version}\n` });
  }
  expect((await coffer(['--help'], { cwd })).stdout).toContain('Usage: coffer');
  const measured = await coffer(['calibrate', '--name', 'here'], { cwd });
  expect([measured.exitCode, measured.stderr]).toEqual([0, '']);
  writeFileSync(join(cwd, 'host.fio'), `${measured.stdout}${readsPlan().text}`);
  expect((await coffer(['check', 'host.fio'], { cwd })).exitCode).toBe(0);
});
