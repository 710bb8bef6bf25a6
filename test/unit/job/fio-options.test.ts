import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { checkSyntax, formatDiagnostic } from '../../../src/job/load.ts';
import { findOption, fioOptions, knownOptions } from '../../../src/job/option-table.ts';
import { foreignEngineOf } from '../../../src/job/options/fio-engines.ts';
import { canonicalValue, parseValue } from '../../../src/units/value.ts';
import { job, plan, refusals, warnings, WORLD } from './fixture.ts';
import { jobOf, refused, runOf, warned } from './real-fixture.ts';

const BODY = `${WORLD}[a]\nfilename=nvme0\n`;
const at = (text: string) => `jobs/a.fio:13: ${text}`;

test('no name or alias stands twice', () => {
  const names = knownOptions.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
  expect(names.filter((name) => foreignEngineOf(name) !== null)).toEqual([]);
});

test('each that is not followed says why, in half a sentence, and what it is in fio', () => {
  for (const { name, disposition, help } of fioOptions) {
    expect(disposition?.why, name).toMatch(/^[a-z].*[^.]$/);
    expect(help, name).toMatch(/^.*\.$/);
    if (disposition?.kind === 'refused') expect(disposition.why, name).toMatch(/^(would|is) /);
  }
});

test('values that are harmless are canonical values', () => {
  for (const option of fioOptions) {
    for (const text of option.harmless ?? []) {
      const parsed = parseValue(option, text);
      if (!parsed.ok) throw new Error(`${option.name}=${text}: ${parsed.what}`);
      expect(canonicalValue(option, parsed.value), option.name).toBe(text);
    }
  }
});

const help = spawnSync('fio', ['--cmdhelp'], { encoding: 'utf8' });
const hasFio = help.status === 0;

test.runIf(hasFio)('every option that fio names is known, with its alias', () => {
  const names = help.stdout.split('\n').flatMap((line) => line.trim().split(/[\s:]/)[0] || []);
  expect(names.length).toBeGreaterThan(200);
  expect(names.filter((name) => findOption(knownOptions, name) === null)).toEqual([]);
  const engines = ['io_uring', 'libaio', 'pvsync2', 'mmap'];
  for (const engine of engines) {
    const { stdout } = spawnSync('fio', [`--enghelp=${engine}`], { encoding: 'utf8' });
    const options = stdout.split('\n').flatMap((line) => line.split(/[\s:]/)[0] || []);
    const missing = options.filter(
      (name) => findOption(knownOptions, name) === null && foreignEngineOf(name) === null,
    );
    expect(missing, engine).toEqual([]);
  }
});

test.skipIf(hasFio)(
  'fio is not installed: its list of options was not held against ours',
  () => {},
);

test.each([
  ['thinkcycles=9', 'thinkcycles: would slow the job down by cycles of a CPU; write thinktime'],
  [
    'merge_blktrace_file=a',
    'merge_blktrace_file: would merge binary traces; replay one by read_iolog',
  ],
])('%s is refused, and is no mistake of grammar', (line, sentence) => {
  expect(refusals(`${BODY}${line}\n`)).toEqual([at(sentence)]);
  const { mistakes, notDone } = checkSyntax({ jobFile: 'jobs/a.fio', text: `${BODY}${line}\n` });
  expect(mistakes).toEqual([]);
  expect(notDone.map(formatDiagnostic)).toEqual([at(sentence)]);
});

test('an engine that coffer does not have is told with those it has', () => {
  expect(refused('ioengine=rbd\nsize=1m')).toEqual([
    'jobs/a.fio:2: ioengine: rbd is an engine of fio that coffer does not have; give one of sim, ' +
      'psync, sync, pvsync, pvsync2, libaio, io_uring, mmap, null',
  ]);
  expect(refused('ioengine=rdb\nsize=1m')[0]).toContain(
    '"rdb" is not known; write one of sim, psync',
  );
});

test.each([
  [
    'gtod_reduce=1',
    'gtod_reduce: is ignored: latencies are always measured; stamps=batch reads the clock less often',
  ],
  [
    'significant_figures=6',
    'significant_figures: is ignored: the record always has the same columns, and latencies are always measured',
  ],
  [
    'log_entries=2048',
    'log_entries: is ignored: a log grows in chunks of one size, and a chunk that is full is handed on',
  ],
])('%s is ignored with a warning', (line, sentence) => {
  expect(warnings(`${BODY}${line}\n`)).toEqual([at(sentence)]);
});

test.each([
  'rate=0',
  'rate_iops=0,0',
  'randrepeat=1',
  'nrfiles=1',
  'zonemode=none',
  'sync=0',
  'startdelay=0',
  'exitall=0',
  'thinktime=0',
  'random_distribution=random',
  'mem=malloc',
])('%s asks for what happens anyway', (line) => {
  expect(warnings(`${BODY}${line}\n`)).toEqual([]);
});

test.each([
  [
    'rate=4q',
    'rate: "4q" is not a size; write a whole number with k, m, g, t or p behind it, such as 4k',
  ],
  [
    'percentile_list=50:x',
    'percentile_list: "x" is not a number; write digits, with a decimal point if need be',
  ],
  [
    'thinktime=2sec',
    'thinktime: "2sec" is not a time; write a number with ns, us, ms, s, m (minutes), h or d behind it',
  ],
  [
    'startdelay=1-2sec',
    'startdelay: "2sec" is not a time; write a number with ns, us, ms, s, m (minutes), h or d behind it',
  ],
  [
    'bssplit=4k/60:8k/60',
    'bssplit: the shares of "4k/60:8k/60" are 120 % together; 100 is the most',
  ],
  ['log_hist_coarseness=7', 'log_hist_coarseness: 7 is too large; 6 is the most'],
  ['disk_util=yes', 'disk_util: "yes" is neither 0 nor 1; write one of them'],
  ['zonemode=zdb', 'zonemode: "zdb" is not known; write one of none, strided, zbd'],
  ['thinkcycles', 'thinkcycles: needs a value; write thinkcycles=VALUE'],
  ['sweep_thinkcycles=1 2', 'sweep_thinkcycles: sweeps what no job has a value of; remove it'],
  [
    'rw=read:8q',
    'rw: "8q" is not a size; write a whole number with k, m, g, t or p behind it, such as 4k',
  ],
  [
    'hostname=x',
    "hostname: is an option of fio's engine net, which coffer does not have; remove it",
  ],
])('%s is a mistake all the same', (line, sentence) => {
  const { mistakes } = checkSyntax({ jobFile: 'jobs/a.fio', text: `${BODY}${line}\n` });
  expect(mistakes.map(formatDiagnostic)).toEqual([at(sentence)]);
});

test('options that restate others', () => {
  expect(job('[a]\nfilename=nvme0\nrw=rw\nrwmixwrite=30\n').rwmixread).toBe(70);
  expect(warnings(`${BODY}direct=1\nbuffered=1\n`)).toEqual([
    'jobs/a.fio:14: direct: is given on line 13 already; the last holds, this one',
    'jobs/a.fio:14: direct: simulated I/O is always direct: there is no page cache to go through',
  ]);
  expect(refusals(`${BODY}buffered=2\n`)).toEqual([
    at('buffered: "2" is neither 0 nor 1; write one of them'),
  ]);
  expect(refusals(`${BODY}sweep_buffered=0 1\n`)).toEqual([
    at('sweep_buffered: sweeps what no job has a value of; write sweep_direct'),
  ]);
});

test('the last of what is given twice holds, with a note', () => {
  expect(job('[a]\nfilename=nvme0\nblocksize=4k\nbs=8k\n').bsBytes.read).toBe(8192);
  expect(warnings(`${BODY}blocksize=4k\nbs=8k\n`)).toEqual([
    'jobs/a.fio:14: bs: is given on line 13 already; the last holds, this one',
  ]);
});

test('kb_base holds for its section wherever it stands, and for those below a [global]', () => {
  const bytes = (body: string) =>
    plan(WORLD + body).runs[0]?.jobs.map(({ bsBytes }) => bsBytes.read) ?? [];
  expect(bytes('[a]\nfilename=nvme0\nbs=512kib\nkb_base=1000\n')).toEqual([524288]);
  const body =
    '[global]\nfilename=nvme0\nkb_base=1000\nbs=4096\n[a]\nbs=128kib\n[b]\nkb_base=1024\nbs=128k\n';
  expect(bytes(body)).toEqual([131072, 131072]);
  expect(refusals(`${BODY}bs=4k\nkb_base=1000\n`)).toEqual([
    at('bs: 4000 is no multiple of the logical block of nvme0, 4k; round it'),
  ]);
  expect(refusals(`${BODY}sweep_kb_base=1000 1024\n`)).toEqual([
    at('sweep_kb_base: is no axis; write kb_base=1000 or 1024 in the section'),
  ]);
});

test('--set counts as the file does', () => {
  const set = ['bs=128kib'];
  const thousand = '[global]\nfilename=nvme0\nkb_base=1000\n[a]\n';
  expect(job(thousand, { set }).bsBytes.read).toBe(131072);
  expect(refusals(`${WORLD}${thousand}[b]\nkb_base=1024\n`, { set })).toEqual([
    '--set bs=128kib: bs: k counts 1024 in one section and 1000 in another; write the number itself',
  ]);
  expect(refusals(BODY, { set: ['kb_base=1000'] })).toEqual([
    '--set kb_base=1000: kb_base: says how the file is read; write it there',
  ]);
});

test('kb_base is how the file is read, and no part of the question', () => {
  const plain = plan(`${BODY}bs=4096\n`).runs[0]?.planSha256;
  expect(plan(`${BODY}bs=4096\nkb_base=1000\n`).runs[0]?.planSha256).toBe(plain);
  expect(plan(`${BODY}bs=4096\nrandrepeat=1\ndisk_util=0\n`).runs[0]?.planSha256).toBe(plain);
});

test('an attribute of a device that is given twice is refused: fio has no such section', () => {
  expect(refusals('[device d]\ndriver=nvme\nsize=1g\nsize=2g\n[a]\nfilename=d\n')).toEqual([
    'jobs/a.fio:4: size: is given on line 3 already; keep one of them',
  ]);
});

test('batches that contradict each other, or the depth', () => {
  const uring = 'ioengine=io_uring\nsize=1m\niodepth=8\n';
  expect(refused(`${uring}iodepth_batch_complete_min=4\niodepth_batch_complete_max=2`)).toEqual([
    'jobs/a.fio:6: iodepth_batch_complete_max: 2 is less than iodepth_batch_complete_min=4; give at least that',
  ]);
  expect(warned(`${uring}iodepth_batch=16`)).toEqual([
    'jobs/a.fio:5: iodepth_batch: is more than iodepth=8, and is taken as that',
  ]);
});

test('filename_format names the files of clones, where filename does not', () => {
  const named = (options: string) => jobOf(`size=1m\n${options}`).real?.files;
  expect(named('numjobs=2\nfilename_format=$jobname-$jobnum/f$filenum')).toEqual([
    ['a-0/f0'],
    ['a-1/f0'],
  ]);
  expect(named('numjobs=2\nfilename_format=shared\ndirectory=/d')).toEqual([
    ['/d/shared'],
    ['/d/shared'],
  ]);
  expect(warned('size=1m\nfilename=ours\nfilename_format=x')).toEqual([
    'jobs/a.fio:4: filename_format: has no effect: filename names the file',
  ]);
  const plain = runOf('size=1m').planSha256;
  expect(runOf('size=1m\nfilename_format=x').planSha256).not.toBe(plain);
});

test('a section whose name fio would cut', () => {
  expect(refusals(`${WORLD}[${'x'.repeat(256)}]\nfilename=nvme0\n`)[0]).toContain(
    'the name has 256 characters, and fio cuts it after 255; shorten it',
  );
});
