/** `coffer run` with fio's logs: where they go, that nothing is lost, and nothing is overwritten. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { coffer, start, until } from '../support/command-line.ts';
import { rowsIn } from '../support/real-cli.ts';
import { scratchFolder } from '../support/scratch.ts';

const WORLD = `[device nvme0]
driver=nvme
size=1g
data=tags
lba_size=4096
`;

const COPIES = `[global]
filename=nvme0
rw=copy
size=1m
dest_offset=512m
write_bw_log
write_lat_log=lat
sweep_bs=4k 64k
repeat=2
[copies]
numjobs=2
offset_increment=1m
`;

function folderWith(text: string): string {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, 'a.fio'), text);
  return cwd;
}

/** Each file of a folder that is a log, with its text. */
function logsIn(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => /\.log|partial/.test(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

test('each run, clone and kind has a file beside the record, the same for any --workers', async () => {
  const cwd = folderWith(WORLD + COPIES);
  const logs: Readonly<Record<string, string>>[] = [];
  for (const workers of ['1', '3']) {
    const output = join(workers, 'a.csv');
    mkdirSync(join(cwd, workers));
    const words = ['run', 'a.fio', '--workers', workers, '--output', output];
    expect(await coffer(words, { cwd })).toMatchObject({ exitCode: 0 });
    logs.push(logsIn(join(cwd, workers)));
  }
  const names = [1, 2, 3, 4].flatMap((run) =>
    [1, 2].flatMap((clone) => [
      `copies.${run}_bw.${clone}.log`,
      ...['clat', 'lat', 'slat'].map((kind) => `lat.${run}_${kind}.${clone}.log`),
    ]),
  );
  expect(Object.keys(logs[0] ?? {}).sort()).toEqual(names.sort());
  expect(logs[1]).toEqual(logs[0]);
  const rows = rowsIn(join(cwd, '1', 'a.csv')).filter(({ job }) => job === 'copies');
  expect(rows.map(({ ios }) => ios)).toEqual([256, 256, 256, 256, 16, 16, 16, 16]);
  const lines = (name: string) => (logs[0]?.[name] ?? '').split('\n').slice(0, -1);
  expect(lines('copies.1_bw.2.log')).toHaveLength(256);
  expect(lines('lat.4_lat.1.log')).toHaveLength(16);
  for (const line of lines('lat.4_lat.1.log')) expect(line).toMatch(/^\d+, \d+, 3, 65536, 0$/);
});

test('by default in results/, and logs of earlier are replaced, which is said', async () => {
  const cwd = folderWith(`${WORLD}[a]\nfilename=nvme0\nnumber_ios=3\nwrite_iops_log\n`);
  expect(await coffer(['run', 'a.fio'], { cwd })).toMatchObject({ exitCode: 0 });
  expect(readdirSync(join(cwd, 'results')).sort()).toEqual(['a.csv', 'a.json', 'a_iops.1.log']);
  const again = await coffer(['run', 'a.fio', '--set', 'number_ios=2'], { cwd });
  expect(again.stderr).toContain('results/a_iops.1.log: logs of earlier are replaced\n');
  expect(logsIn(join(cwd, 'results'))).toEqual({
    'a_iops.1.log': '0, 1, 0, 4096, 0\n0, 1, 0, 4096, 0\n',
  });
});

test('what is no log is not replaced, and nothing runs', async () => {
  const cwd = folderWith(`${WORLD}[a]\nfilename=nvme0\nwrite_bw_log=out/x\nwrite_lat_log=x\n`);
  writeFileSync(join(cwd, 'x_lat.1.log'), 'dear diary\n');
  const ended = await coffer(['run', 'a.fio', '--output', 'a.csv'], { cwd });
  expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
  expect(ended.stderr).toContain(
    'x_lat.1.log: exists, and is no log; give write_*_log another name',
  );
  expect(ended.stderr).toContain('out/x_bw.1.log: the folder out does not exist; create it');
  expect(readdirSync(cwd).sort()).toEqual(['a.fio', 'x_lat.1.log']);
});

test('a log that is another file of the run is refused', async () => {
  const cwd = folderWith(`${WORLD}[a]\nfilename=nvme0\nwrite_bw_log=x\n`);
  const output = ['run', 'a.fio', '--output', 'x_bw.1.log'];
  const ended = await coffer(output, { cwd });
  expect(ended.exitCode).toBe(2);
  expect(ended.stderr).toContain('the log x_bw.1.log: is the --output too; name');
});

test('a log replaces neither what it replays, nor what a job works on', async () => {
  const text = 'fio version 3 iolog\n0 nvme0 add\n0 nvme0 open\n1 nvme0 read 0 4096\n';
  const cwd = folderWith(`${WORLD}[a]\nfilename=nvme0\nread_iolog=t\nwrite_iolog=./t\n`);
  writeFileSync(join(cwd, 't'), text);
  const replay = await coffer(['run', 'a.fio', '--output', 'a.csv'], { cwd });
  expect(replay.exitCode).toBe(2);
  expect(replay.stderr).toContain('t: is a file that a job file reads too; name another file');
  expect(readFileSync(join(cwd, 't'), 'utf8')).toBe(text);
  const job = '[a]\nioengine=psync\nrw=write\nsize=64k\nfilename=tc\nwrite_iolog=tc\n';
  writeFileSync(join(cwd, 'real.fio'), job);
  const real = await coffer(['run', 'real.fio', '--output', 'a.csv'], { cwd });
  expect(real.exitCode).toBe(2);
  expect(real.stderr).toContain('the log tc: is what a job works on too; name another file');
  expect(readdirSync(cwd).sort()).toEqual(['a.fio', 'real.fio', 't']);
});

test('Ctrl-C leaves no log that is not whole, and nothing that waited on disk', async () => {
  const job = `${WORLD}[a]\nfilename=nvme0\nsize=1m\nloops=100000\nwrite_lat_log\n`;
  const cwd = folderWith(job);
  writeFileSync(join(cwd, 'a_lat.1.log'), '0, 1, 0, 4096, 0\n');
  const { child, ended } = start(['run', 'a.fio', '--output', 'a.csv'], { cwd });
  await until(() => readdirSync(cwd).some((name) => name.endsWith('.1.0.partial')));
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ exitCode: 130 });
  expect(logsIn(cwd)).toEqual({});
});

test('real clones: long logs are whole, shared ones in the order of time', async () => {
  const cwd = folderWith(`[global]
ioengine=null
size=1g
bs=4k
number_ios=20000
[each]
rw=randread
write_lat_log
log_offset=1
log_issue_time=1
[shared]
stonewall
numjobs=3
iodepth=8
rw=randwrite
write_iops_log
per_job_logs=0
log_unix_epoch=1
[mix]
stonewall
rw=randrw
write_bw_log
`);
  const before = Date.now();
  const ended = await coffer(['run', 'a.fio', '--output', 'a.csv'], { cwd });
  expect(ended).toMatchObject({ exitCode: 0 });
  const logs = logsIn(cwd);
  const cells = (name: string) =>
    (logs[name] ?? '')
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(', ').map(Number));
  expect(Object.keys(logs).sort()).toEqual([
    'each_clat.1.log',
    'each_lat.1.log',
    'each_slat.1.log',
    'mix_bw.5.log',
    'shared_iops.log',
  ]);
  const lat = cells('each_lat.1.log');
  expect(lat).toHaveLength(20_000);
  // It ended as long after its issue as the latency says.
  for (const [timeMs = 0, latNs = 0, , , , , issuedNs = 0] of lat) {
    expect(Math.floor((issuedNs + latNs) / 1e6)).toBe(timeMs);
  }
  expect(new Set(lat.map(([, , , , offset]) => offset)).size).toBe(20_000);
  const shared = cells('shared_iops.log').map(([timeMs]) => timeMs ?? 0);
  expect(shared).toHaveLength(60_000);
  expect(shared).toEqual(shared.toSorted((a, b) => a - b));
  expect(shared[0]).toBeGreaterThanOrEqual(before - 1);
  expect(shared.at(-1)).toBeLessThanOrEqual(Date.now());
  const rows = rowsIn(join(cwd, 'a.csv')).filter(({ job }) => job === 'mix');
  const directions = cells('mix_bw.5.log').map(([, , direction]) => direction);
  for (const [code, { ios }] of rows.entries()) {
    expect(directions.filter((direction) => direction === code)).toHaveLength(Number(ios));
  }
});

test('percentiles that are asked for are in the row', async () => {
  const text =
    '[a]\nfilename=nvme0\nrw=randread\nsize=1m\npercentile_list=99:50\nlat_percentiles=1\n';
  const cwd = folderWith(WORLD + text);
  expect(await coffer(['run', 'a.fio', '--output', 'a.csv'], { cwd })).toMatchObject({
    exitCode: 0,
  });
  const [row] = rowsIn(join(cwd, 'a.csv'));
  expect(row).toMatchObject({
    lat_percentiles_ns: `50=${row?.lat_p50_ns} 99=${row?.lat_p99_ns}`,
    clat_percentiles_ns: expect.stringMatching(/^50=\d+ 99=\d+$/),
    slat_percentiles_ns: null,
  });
});

test('a command that writes no logs says so', async () => {
  const cwd = folderWith(`${WORLD}[a]\nfilename=nvme0\nnumber_ios=3\nwrite_iops_log\n`);
  const words = ['ab', 'a.fio', '--a', 'bs=4k', '--b', 'bs=8k', '--output', 'a.csv'];
  const { stderr } = await coffer(words, { cwd });
  expect(stderr).toContain('no logs are written here; coffer run writes them');
  expect(logsIn(cwd)).toEqual({});
});
