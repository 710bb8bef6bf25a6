import { expect, test } from 'vitest';
import type { PlanRequest } from '../../../src/job/load.ts';
import { firstRun, job, plan as planned, refusals, warnings, WORLD } from './fixture.ts';

const HEAD = 'fio version 3 iolog\n';
const OPEN = '0 nvme0 add\n0 nvme0 open\n';
const READS = `${HEAD}${OPEN}10 nvme0 read 0 4096\n20 nvme0 read 8192 8192\n`;
const COPIES = `${HEAD}${OPEN}10 nvme0 copy 0 65536 1048576\n`;
const BODY = '[a]\nread_iolog=a.iolog\n';

function withLog(log: string): Partial<PlanRequest> {
  return {
    readFile: (path) =>
      path === 'a.iolog' ? { ok: true, text: log } : { ok: false, problem: 'no such file' },
  };
}

const plan = (log: string, lines = '') => job(`${BODY}${lines}`, withLog(log));
const refused = (log: string, lines = '') => refusals(`${WORLD}${BODY}${lines}`, withLog(log));
const warned = (log: string, lines = '') => warnings(`${WORLD}${BODY}${lines}`, withLog(log));
const digest = (log: string, lines = '') =>
  firstRun(`${WORLD}${BODY}${lines}`, withLog(log)).planSha256;

test('the log says what the job does, and how much', () => {
  const found = plan(READS);
  expect(found).toMatchObject({
    device: 'nvme0',
    rw: 'read',
    offsetBytes: 0,
    sizeBytes: 16_384,
    ioSizeBytes: 12_288,
    numberIos: 2,
    bsBytes: { read: 8192 },
    sizes: { following: { read: { kind: 'range', lowBytes: 4096, highBytes: 8192 } } },
  });
  const { iolog } = found;
  expect(iolog?.ios).toBe(2);
  expect([...(iolog?.offsetBytes ?? [])]).toEqual([0, 8192]);
  expect([...(iolog?.lengthBytes ?? [])]).toEqual([4096, 8192]);
  expect([...(iolog?.dueNs ?? [])]).toEqual([10_000, 20_000]);
});

test.each([
  ['nvme0 read 0 4096', 'read'],
  ['nvme0 write 0 4096', 'write'],
  ['nvme0 read 0 4096\n5 nvme0 write 0 4096', 'rw'],
  ['nvme0 trim 0 4096', 'trim'],
  ['nvme0 trim 0 4096\n5 nvme0 write 0 4096', 'trimwrite'],
  ['nvme0 copy 0 4096 8192', 'copy'],
])('%s is rw=%s', (lines, rw) => {
  expect(plan(`${HEAD}${OPEN}5 ${lines}\n`).rw).toBe(rw);
});

test('copies: where to, and on a device of their own', () => {
  const found = plan(COPIES);
  expect(found).toMatchObject({ rw: 'copy', destOffsetBytes: 0, verify: 'none' });
  expect([...(found.iolog?.destOffsetBytes ?? [])]).toEqual([1_048_576]);
  const other = '0 nvme1 add\n10 nvme0 copy 0 4096 0 nvme1\n';
  const elsewhere = plan(`${HEAD}${OPEN}${other}`, 'path=read-write\n');
  expect([elsewhere.device, elsewhere.destDevice]).toEqual(['nvme0', 'nvme1']);
});

test('several files, each with its region', () => {
  const log = `${HEAD}${OPEN}0 nvme1 add\n5 nvme1 read 4096 4096\n6 nvme0 read 0 4096\n`;
  const found = plan(log);
  expect(found.files?.each.map(({ device, sizeBytes }) => [device, sizeBytes])).toEqual([
    ['nvme1', 8192],
    ['nvme0', 4096],
  ]);
  expect([...(found.iolog?.file ?? [])]).toEqual([0, 1]);
});

test.each([
  ['replay_no_stall=1', { dueNs: [0, 0] }],
  ['replay_time_scale=50', { dueNs: [20_000, 40_000] }],
  ['replay_time_scale=200', { dueNs: [5000, 10_000] }],
  ['replay_scale=2', { offsetBytes: [0, 4096] }],
  ['replay_align=16k', { offsetBytes: [0, 0], lengthBytes: [4096, 8192] }],
])('%s', (line, wanted) => {
  const { iolog } = plan(READS, `${line}\n`);
  for (const [name, values] of Object.entries(wanted)) {
    const list = {
      dueNs: iolog?.dueNs,
      offsetBytes: iolog?.offsetBytes,
      lengthBytes: iolog?.lengthBytes,
    };
    expect([...(Object.entries(list).find(([each]) => each === name)?.[1] ?? [])]).toEqual(values);
  }
});

test('replay_redirect: one device for all that the log names', () => {
  const log = `${HEAD}0 /dev/sda add\n0 /dev/sdb add\n1 /dev/sda read 0 4096\n1 /dev/sdb read 0 4096\n`;
  const found = plan(log, 'replay_redirect=nvme1\n');
  expect([found.device, found.files, found.iolog?.ios]).toEqual(['nvme1', null, 2]);
});

test('replay_skip leaves kinds out', () => {
  const log = `${READS}30 nvme0 write 0 4096\n`;
  expect(plan(log, 'replay_skip=write\n').rw).toBe('read');
  expect(plan(log, 'replay_skip=read\n').iolog?.ios).toBe(1);
  expect(refused(log, 'replay_skip=reads\n')[0]).toContain(
    'replay_skip: reads is no kind of I/O; give some of read, write, copy, trim, sync',
  );
  expect(refused(log, 'replay_skip=read,write\n')[0]).toContain('has no I/O, or replay_skip');
});

test('a job names files as the log does, whatever is replaced in the names of other jobs', () => {
  const named = (name: string, lines = '') => {
    const log = `${HEAD}0 ${name} add\n0 b add\n1 b read 0 4096\n1 ${name} read 0 4096\n`;
    return refusals(`${BODY}direct=0\n${lines}`, withLog(log));
  };
  expect(named('/t/x$jobnum')).toEqual([
    'a.iolog:5: /t/x$jobnum has $jobnum, which is replaced in names of files; give replay_redirect',
  ]);
  expect(named('x\\')[0]).toContain('a.iolog:5: x\\ ends in \\, which joins names of files');
  for (const name of ['$jobs', 'x:y', 'x\\:y', '$job$num']) expect(named(name)).toEqual([]);
  expect(named('x$jobnum', 'replay_redirect=y\n')).toEqual([]);
  expect(named('x', 'replay_redirect=$jobname\n')).toEqual([
    'jobs/a.fio:4: replay_redirect: $jobname has $jobname, which is replaced in names of files; give another name',
  ]);
  const log = `${HEAD}0 /t/x:y add\n1 /t/x:y read 0 4096\n1 /t/z add\n1 /t/z read 0 4096\n`;
  const [run] = planned(BODY, withLog(log)).runs;
  expect(run?.jobs[0]?.files?.each.map(({ device }) => device)).toEqual(['/t/x:y', '/t/z']);
});

test('destinations of copies are named so too', () => {
  const log = `${HEAD}0 a add\n0 b$filenum add\n1 a copy 0 4096 0 b$filenum\n`;
  expect(refusals(BODY, withLog(log))[0]).toContain('a.iolog:4: b$filenum has $filenum');
});

test('trims and writes of a log need not be of one size', () => {
  const found = plan(`${HEAD}${OPEN}5 nvme0 trim 0 65536\n6 nvme0 write 0 4096\n`);
  expect(found).toMatchObject({ rw: 'trimwrite', bsBytes: { trim: 65_536, write: 4096 } });
});

test('one log is amended once for all jobs and points that ask the same, and told by each', () => {
  const text = `${WORLD}[global]\nsweep_iodepth=1 2\n${BODY}[b]\nread_iolog=a.iolog\n[c]\nread_iolog=a.iolog\nreplay_scale=2\n`;
  const { runs, warnings: told } = planned(text, withLog(`${READS}30 nvme0 sync 0 0\n`));
  const [first, ...others] = runs.flatMap(({ jobs }) => jobs.map(({ iolog }) => iolog));
  expect(others.map((iolog) => iolog === first)).toEqual([true, false, true, true, false]);
  expect(others[1]).toBe(others[4]);
  expect(first?.offsetBytes[1]).toBe(8192);
  expect(others[1]?.offsetBytes[1]).toBe(4096);
  expect(told).toHaveLength(3);
});

test('mistakes stand at their lines of the log', () => {
  expect(refused(`${READS}30 nvme0 read 0\n30 nvme0 erase 0 1\n`)).toEqual([
    'a.iolog:6: read needs whole numbers of bytes; write FILE read OFFSET LENGTH',
    expect.stringContaining('a.iolog:7: "erase" is no action'),
  ]);
  expect(refused(`${READS}30 nvme0 read 1 4096\n31 nvme0 read 4g 4096\n`)).toHaveLength(1);
  expect(refused(`${READS}30 nvme0 read 1 4096\n31 nvme0 read 4294967296 4096\n`)).toEqual([
    'a.iolog:6: 1 is no multiple of the logical block of nvme0, 4k; replay_align rounds offsets',
    'a.iolog:7: the I/O ends at 4194308k, past the end of nvme0 at 1g; replay_scale divides offsets',
  ]);
});

test.each([
  [READS, 'read_iolog=b.iolog\n', 'read_iolog: b.iolog: no such file'],
  [READS, 'rate=1m\n', 'rate: holds I/Os back, and those of read_iolog have their times'],
  [
    READS,
    'latency_target=1ms\nlatency_window=1s\niodepth=8\n',
    'latency_target: ends the job when it has its depth, and read_iolog when all is done',
  ],
  [READS, 'verify=crc32c\n', 'verify: knows what a job wrote, not what a log did'],
  [COPIES, 'numjobs=2\n', '2 clones replay the same copies'],
  [`${COPIES}20 nvme0 read 0 4096\n`, '', 'read and copy I/Os; one job does reads and writes'],
  [
    `${HEAD}${OPEN}10 nvme0 copy 0 65536 4096\n`,
    '',
    'a.iolog:4: a copy of 64k overlaps its source',
  ],
  [
    `${HEAD}${OPEN}0 nvme1 add\n1 nvme0 copy 0 4096 0 nvme1\n2 nvme0 copy 0 4096 8192\n`,
    'path=read-write\n',
    'a.iolog:6: copies of nvme0 go to nvme1 above, and to nvme0 here',
  ],
  [`${HEAD}0 sda add\n1 sda read 0 4096\n`, '', 'no device is called sda'],
])('%j %j is refused', (log, lines, what) => {
  expect(refused(log, lines).join('\n')).toContain(what);
});

test('what the log overrules is told, where the job itself says it', () => {
  const found = warned(READS, 'bs=64k\nnumber_ios=7\nruntime=5\n');
  expect(found).toHaveLength(2);
  expect(found[0]).toContain('bs: has no effect: read_iolog says which I/Os there are');
  expect(warnings(`${WORLD}[a]\nfilename=nvme0\nsize=1m\nreplay_scale=2\n`)).toEqual([
    'jobs/a.fio:14: replay_scale: has no effect without read_iolog',
  ]);
});

test('a steady state may end a replay early', () => {
  const lines = 'steadystate=iops:5%\nsteadystate_duration=5\n';
  const what = 'steadystate_duration: ends the job when it is steady, with a.iolog maybe half done';
  expect(warned(READS, lines).filter((line) => line.includes(what))).toHaveLength(1);
  expect(warned(READS)).toEqual([]);
});

test.each(['bs_unaligned=1', 'offset_align=64k', 'openfiles=1', 'bs=8k'])(
  '%s beside a log has no effect',
  (line) => {
    const what = `${line.split('=')[0]}: has no effect: read_iolog says which I/Os there are`;
    expect(warned(READS, `${line}\n`)).toEqual([expect.stringContaining(what)]);
    const two = `${READS}30 nvme1 add\n30 nvme1 read 0 4096\n`;
    expect(warned(two, `${line}\n`)).toEqual([expect.stringContaining(what)]);
    expect(plan(two, `${line}\n`)).toEqual(plan(two));
  },
);

test('what asks for what happens anyway is not told of', () => {
  expect(warned(READS, 'bs_unaligned=0\noffset_align=0\nopenfiles=0\n')).toEqual([]);
});

test('syncs have no effect on simulated devices, and waits are taken as fio takes them', () => {
  expect(warned(`${READS}30 nvme0 sync 0 0\n`)[0]).toContain(
    '1 of the syncs in a.iolog have no effect',
  );
  const log =
    'fio version 2 iolog\nnvme0 add\nnvme0 read 0 4096\nnvme0 wait 5 0\nnvme0 read 0 4096\n';
  expect(warned(log)[0]).toContain('until so many ms after the start');
});

test('the digest is of what the log says', () => {
  expect(digest(READS)).toBe(digest(READS));
  expect(digest(`${READS}30 nvme0 read 0 4096\n`)).not.toBe(digest(READS));
  expect(digest(READS, 'replay_scale=1\nreplay_no_stall=0\n')).toBe(digest(READS));
});

test('the digest is of what all logs of a sweep say, whatever they are called', () => {
  const swept = (names: string, logs: Readonly<Record<string, string>>) => {
    const text = `${WORLD}[a]\nsweep_read_iolog=${names}\n`;
    const readFile = (path: string) => ({ ok: true, text: logs[path] ?? '' }) as const;
    const found = new Set(planned(text, { readFile }).runs.map(({ planSha256 }) => planSha256));
    expect(found.size).toBe(1);
    return [...found][0];
  };
  const more = `${READS}30 nvme0 read 0 4096\n`;
  const base = swept('x y', { x: READS, y: COPIES });
  expect(swept('p q', { p: COPIES, q: READS })).toBe(base);
  expect(swept('x y', { x: more, y: COPIES })).not.toBe(base);
  expect(swept('x y', { x: READS, y: more })).not.toBe(base);
});

test('a log is written of files that it can name', () => {
  const text = (name: string) => `[a]\nfilename=${name}\nsize=1m\nwrite_iolog=x\n`;
  expect(refusals(text('/tmp/a b'))[0]).toContain('write_iolog: would name /tmp/a b, whose blanks');
  expect(refusals(text('/tmp/ab'))).toEqual([]);
});
