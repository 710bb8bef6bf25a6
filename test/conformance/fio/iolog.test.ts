/**
 * Logs of I/Os that fio 3.33 wrote, and what it made of logs it read; and, where it is installed,
 * what it makes of one of ours.
 */

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseIolog } from '../../../src/job/iolog-text.ts';
import { iologText } from '../../../src/record/iolog-text.ts';
import { run } from '../../../src/runner/run.ts';
import { scratchFolder } from '../../support/scratch.ts';
import { firstRun } from '../../unit/job/fixture.ts';

/**
 * `fio --name=w --filename=t.dat --rw=randrw --bs=4k --size=1m --number_ios=6 --rate_iops=10
 * --ioengine=psync --write_iolog=w.log --fsync=2 --end_fsync=1`
 */
const WRITTEN = `fio version 3 iolog
31 t.dat add
321 t.dat open
326 t.dat read 61440 4096
348 t.dat write 774144 4096
100171 t.dat read 880640 4096
100202 t.dat write 491520 4096
100244 t.dat sync 491520 0
200149 t.dat read 417792 4096
200175 t.dat sync 417792 0
200426 t.dat write 884736 4096
200468 t.dat sync 884736 0
200618 t.dat close
`;

/** `fio --name=w --filename=t2.dat --rw=trimwrite --bs=4k --size=16k --ioengine=null …` */
const TRIMS = `fio version 3 iolog
20 t2.dat add
101 t2.dat open
108 t2.dat trim 0 4096
120 t2.dat write 0 4096
124 t2.dat trim 4096 4096
127 t2.dat write 4096 4096
135 t2.dat close
`;

const NVME = '[device nvme0]\ndriver=nvme\nsize=64m\ndata=tags\n[t]\nread_iolog=a.iolog\n';

async function replay(log: string, lines = '') {
  const text = `${NVME}replay_redirect=nvme0\n${lines}`;
  const plan = firstRun(text, { readFile: () => ({ ok: true, text: log }) });
  const { rows } = await run(plan, { trace: false });
  return rows.filter(({ direction }) => direction !== null);
}

test('each I/O that fio wrote down is replayed, and no other', async () => {
  const rows = await replay(WRITTEN);
  expect(rows.map(({ direction, ios, bytes, state }) => [direction, ios, bytes, state])).toEqual([
    ['read', 3, 12_288, 'done'],
    ['write', 3, 12_288, 'done'],
  ]);
});

test('it takes the time that the log says: fio took 201 ms', async () => {
  const [row] = await replay(WRITTEN);
  expect(Number(row?.runtime_ns) / 1e6).toBeGreaterThan(200.4);
  expect(Number(row?.runtime_ns) / 1e6).toBeLessThan(201);
});

test.each([
  // fio: run=1msec
  ['replay_no_stall=1', 0, 1],
  // A log of 300 ms took fio 0.6 s with 50, 0.03 s with 1000.
  ['replay_time_scale=50', 400, 402],
  ['replay_time_scale=1000', 20, 21],
])('%s', async (line, leastMs, mostMs) => {
  const [row] = await replay(WRITTEN, `${line}\n`);
  expect(Number(row?.runtime_ns) / 1e6).toBeGreaterThan(leastMs);
  expect(Number(row?.runtime_ns) / 1e6).toBeLessThan(mostMs);
});

test('trims and writes of one log', async () => {
  const rows = await replay(TRIMS);
  expect(rows.map(({ direction, ios }) => [direction, ios])).toEqual([
    ['write', 2],
    ['trim', 2],
  ]);
});

test('trims and writes of different lengths', async () => {
  const rows = await replay(TRIMS.replaceAll(/trim 0 4096/g, 'trim 0 8192'));
  expect(rows.map(({ direction, ios, bytes }) => [direction, ios, bytes])).toEqual([
    ['write', 2, 8192],
    ['trim', 2, 12_288],
  ]);
});

test.each([
  // fio: run=99 to 599 ms, counted from its own start some 0.1 s before that of the job.
  ['t wait 200 0\nt read 4096 4096', 200],
  ['t wait 200 0\nt read 4096 4096\nt wait 500 0\nt read 4096 4096', 500],
  ['t wait 500 0\nt read 4096 4096\nt wait 200 0\nt read 4096 4096', 500],
])('version 2: %j', async (lines, ms) => {
  const [row] = await replay(
    `fio version 2 iolog\nt add\nt open\nt read 0 4096\n${lines}\nt close\n`,
  );
  expect(Math.floor(Number(row?.runtime_ns) / 1e6)).toBe(ms);
});

const ROWS = [
  [0, 0, 0, 0, 4096, 0],
  [1000, 1, 0, 4096, 8192, 0],
  [2000, 0, 1, 65_536, 4096, 0],
];
const FILES = ['one.dat', 'two.dat'].map((source) => ({ source, destination: source }));

const hasFio = spawnSync('fio', ['--version']).status === 0;

test.runIf(hasFio)('fio reads what coffer writes', () => {
  const folder = scratchFolder();
  const log = join(folder, 'ours.iolog');
  writeFileSync(log, [...iologText(FILES, [Float64Array.from(ROWS.flat())])].join(''));
  for (const { source } of FILES) writeFileSync(join(folder, source), Buffer.alloc(131_072));
  const options = ['--name=r', `--read_iolog=${log}`, '--ioengine=psync', '--output-format=json'];
  const { status, stdout, stderr } = spawnSync('fio', options, { cwd: folder, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const [job] = JSON.parse(stdout.slice(stdout.indexOf('{'))).jobs;
  expect([job.read.total_ios, job.write.total_ios]).toEqual([2, 1]);
  expect([job.read.io_bytes, job.write.io_bytes]).toEqual([8192, 8192]);
});

test.runIf(hasFio)('coffer reads what fio writes', () => {
  const folder = scratchFolder();
  const job = [
    '--filename=t.dat',
    '--rw=randrw',
    '--bssplit=4k/50:64k/50',
    '--size=4m',
    '--fsync=8',
  ];
  const how = ['--name=w', '--ioengine=null', '--write_iolog=fio.iolog', '--output-format=json'];
  const { stdout, stderr } = spawnSync('fio', [...how, ...job], { cwd: folder, encoding: 'utf8' });
  const [said] = JSON.parse(stdout.slice(stdout.indexOf('{'))).jobs;
  const text = spawnSync('cat', [join(folder, 'fio.iolog')], { encoding: 'utf8' }).stdout;
  const { entries, mistakes } = parseIolog(text);
  expect(mistakes, stderr).toEqual([]);
  const bytes = (action: string) =>
    entries.reduce((sum, io) => sum + (io.action === action ? io.lengthBytes : 0), 0);
  expect([bytes('read'), bytes('write')]).toEqual([said.read.io_bytes, said.write.io_bytes]);
  expect(entries.filter(({ action }) => action === 'sync').length).toBe(said.sync.total_ios);
});

test.skipIf(hasFio)('fio is not installed: neither read a log of the other', () => {});
