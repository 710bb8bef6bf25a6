import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { Cell, ColumnName, Row } from '../../../src/record/columns.ts';
import { renderTable } from '../../../src/record/table.ts';
import { aRow } from '../../support/a-row.ts';

const MIB = 1024 * 1024;
const NARROW = { widthColumns: 80, colour: false };
const WIDE = { widthColumns: 200, colour: false };

type Cells = Partial<Record<ColumnName, Cell>>;

function measured(path: string, bs: string, bsBytes: number, cells: Cells = {}): Row {
  const ios = (64 * MIB) / bsBytes;
  const onWire = path === 'offload' ? 96 : bsBytes;
  return aRow({
    path,
    point: `bs=${bs} path=${path}`,
    bs_bytes: bsBytes,
    ios,
    bytes: 64 * MIB,
    runtime_ns: ios * 25_000,
    iops: 40_000,
    bandwidth_bytes_per_s: 40_000 * bsBytes,
    lat_mean_ns: 25_000.5,
    lat_p50_ns: 25_000,
    lat_p99_ns: 31_250,
    lat_p99_9_ns: 40_000,
    lat_p99_99_ns: 40_000,
    lat_max_ns: 123_456,
    host_cpu_ns: ios * 4_100,
    pcie_tx_bytes: ios * onWire,
    pcie_rx_bytes: path === 'offload' ? ios * 16 : 64 * MIB,
    media_read_bytes: 64 * MIB,
    media_write_bytes: 64 * MIB,
    commands: ios,
    bios: 2 * ios,
    splits: 0,
    merges: 0,
    fallbacks: 0,
    short_ios: 0,
    error_ios: 0,
    verify_errors: 0,
    ...cells,
  });
}

function unmeasured(path: string, bs: string, bsBytes: number, cells: Cells): Row {
  return aRow({ path, bs_bytes: bsBytes, point: `bs=${bs} path=${path}`, ...cells });
}

const ROWS = [
  measured('offload', '4k', 4096),
  unmeasured('offload', '1m', MIB, {
    state: 'failed',
    error: 'EREMOTEIO: the controller refused the Copy command: Command Size Limit Exceeded',
  }),
  measured('emulation', '4k', 4096),
  measured('emulation', '1m', MIB),
];

test('80 columns: what varied and what matters most, a failed run with its reason', () => {
  expect(renderTable(ROWS, NARROW)).toBe(`\
three-paths.fio: job=copies device=nvme0 driver=nvme rw=copy iodepth=1
clock=virtual bytes=64 MiB

path       bs  MiB/s   IOPS  p50 µs  p99 µs  CPU µs/IO   PCIe tx  PCIe rx
offload    4k    156  40000    25.0    31.3       4.10  1.50 MiB  256 KiB
offload    1m  failed: EREMOTEIO: the controller refused the Copy command:
               Command Size Limit Exceeded

emulation  4k    156  40000    25.0    31.3       4.10    64 MiB   64 MiB
emulation  1m  40000  40000    25.0    31.3       4.10    64 MiB   64 MiB

to fit 80 columns, left out: mean µs, p99.9 µs, p99.99 µs, max µs, CPU %,
media read, media write, commands
`);
});

test('200 columns: all there is, and nothing is said to be left out', () => {
  const text = renderTable(ROWS, WIDE);
  expect(text.split('\n')[2]).toBe(
    'path       bs  MiB/s   IOPS  mean µs  p50 µs  p99 µs  p99.9 µs  p99.99 µs  max µs  ' +
      'CPU µs/IO  CPU %   PCIe tx  PCIe rx  media read  media write  commands',
  );
  expect(text.split('\n')[3]).toBe(
    'offload    4k    156  40000     25.0    25.0    31.3      40.0       40.0     123  ' +
      '     4.10   16.4  1.50 MiB  256 KiB      64 MiB       64 MiB     16384',
  );
  expect(text).not.toContain('left out');
});

/** Six axes of long names, as a sweep over a device and two jobs may have. */
const WIDE_SWEEP = ['4k', '1m'].flatMap((bs) =>
  ['500mB', '12.5gB'].flatMap((speed) =>
    ['copies', 'reads beside them'].map((job, place) =>
      measured('offload', bs, bs === '4k' ? 4096 : MIB, {
        job,
        point:
          `bs=${bs} iodepth=32 nvme0.copy_bandwidth=${speed} nvme0.pcie_bandwidth=${speed} ` +
          `nvme0.write_cache=${speed} path=offload reads beside them.iodepth=${32 + place}`,
      }),
    ),
  ),
);

test.each([40, 60, 80, 100, 120, 200])('no line is wider than %d columns', (widthColumns) => {
  for (const rows of [ROWS, WIDE_SWEEP]) {
    const text = renderTable(rows, { widthColumns, colour: false });
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(widthColumns);
  }
});

test('headers that are wider than their cells are broken before figures are left out', () => {
  const rows = ['500mB', '1gB'].map((speed) =>
    measured('offload', '4k', 4096, { point: `nvme0.copy_bandwidth=${speed}` }),
  );
  expect(renderTable(rows, { widthColumns: 60, colour: false })).toContain(`
   nvme0.
    copy_          p50   p99    CPU
bandwidth  MiB/s    µs    µs  µs/IO   PCIe tx  PCIe rx
    500mB    156  25.0  31.3   4.10  1.50 MiB  256 KiB
      1gB    156  25.0  31.3   4.10  1.50 MiB  256 KiB
`);
});

test('axes that leave no room for figures stand above their rows, and no value is cut', () => {
  const text = renderTable(WIDE_SWEEP, { widthColumns: 60, colour: false });
  expect(text).toContain(`
nvme0.
write_                     reads beside          p99    CPU
 cache  job                them.iodepth  MiB/s    µs  µs/IO

bs=4k nvme0.copy_bandwidth=500mB nvme0.pcie_bandwidth=500mB
 500mB  copies                       32    156  31.3   4.10
 500mB  reads beside them            33    156  31.3   4.10

bs=4k nvme0.copy_bandwidth=12.5gB
nvme0.pcie_bandwidth=12.5gB
12.5gB  copies                       32    156  31.3   4.10
12.5gB  reads beside them            33    156  31.3   4.10
`);
});

test('what each job or file sweeps of one parameter is one column of it', () => {
  const rows = [
    measured('offload', '4k', 4096, { job_file: 'a.fio', job: 'a', point: 'a.bs=4k' }),
    measured('offload', '8k', 8192, { job_file: 'a.fio', job: 'a', point: 'a.bs=8k' }),
    measured('offload', '16k', 16384, { job_file: 'b.fio', job: 'b', point: 'bs=16k' }),
    measured('offload', '32k', 32768, { job_file: 'b.fio', job: 'b', point: 'bs=32k' }),
  ];
  const lines = renderTable(rows, NARROW).split('\n').slice(3, 8);
  expect(lines.map((line) => line.slice(0, 18))).toEqual([
    'job_file  job   bs',
    'a.fio     a     4k',
    'a.fio     a     8k',
    '',
    'b.fio     b    16k',
  ]);
});

test('a parameter that says again what the sweep of one job says has no column', () => {
  const rows = ['offload', 'emulation'].flatMap((path) => [
    measured(path, '4k', 4096, { job: 'reads', rw: 'read', path: null, point: `c.path=${path}` }),
    measured(path, '4k', 4096, { job: 'c', point: `c.path=${path}` }),
  ]);
  expect(renderTable(rows, WIDE)).toMatch(/^c\.path {5}job {4}rw {4}MiB\/s /m);
});

test('a run that failed without figures has no header of figures', () => {
  const failed = unmeasured('offload', '4k', 4096, { state: 'failed', error: 'ENOSPC', ios: 0 });
  const text = renderTable([{ ...failed, point: null }], NARROW);
  expect(text).toMatch(/^three-paths.fio: .*\n.*\n\nfailed: ENOSPC\n$/);
});

test('more CPU than the threads of a real job could use is not known', () => {
  const wall = { direct: false, clock: 'wall', runtime_ns: 1_000_000, host_cpu_ns: 1_200_000 };
  const percent = (cells: Cells): string | undefined => {
    const text = renderTable([measured('offload', '4k', 4096, { ...wall, ...cells })], WIDE);
    const [header = '', figures = ''] = text.split('\n').slice(-3);
    if (!header.includes('CPU %')) return undefined;
    return figures
      .slice(0, header.indexOf('CPU %') + 'CPU %'.length)
      .split(' ')
      .at(-1);
  };
  expect(percent({ numjobs: 1 })).toBe(undefined);
  expect(percent({ numjobs: 2 })).toBe('120');
  expect(percent({ numjobs: 1, direct: null })).toBe('120');
});

test('faults are shown first, and only when there are some', () => {
  const rows = [
    measured('offload', '4k', 4096, { fallbacks: 7, splits: 3 }),
    measured('offload', '1m', MIB, { state: 'failed', error: 'verify', verify_errors: 2 }),
  ];
  expect(renderTable(rows, WIDE).split('\n').slice(2, 6)).toEqual([
    expect.stringMatching(/^bs {2}verify errors {2}fallbacks {2}MiB\/s .* splits$/),
    expect.stringMatching(/^4k {14}0 {10}7 {4}156 .* 3$/),
    expect.stringMatching(/^1m {14}2 {10}0 {2}40000 .* 0$/),
    '    failed: verify',
  ]);
  expect(renderTable(ROWS, WIDE)).not.toMatch(/errors|fallbacks|splits/);
});

test('absent is a dash, never 0, and a measure that no row has is no column', () => {
  const absent = { pcie_tx_bytes: null, pcie_rx_bytes: null, host_cpu_ns: null };
  const rows = [measured('offload', '4k', 4096, absent), measured('emulation', '4k', 4096, absent)];
  expect(renderTable(rows, WIDE)).not.toMatch(/PCIe|CPU/);
  const half = [measured('offload', '4k', 4096, absent), measured('emulation', '4k', 4096)];
  const [, , header = '', offload = ''] = renderTable(half, WIDE).split('\n');
  const end = header.indexOf('PCIe tx') + 'PCIe tx'.length;
  expect(offload.slice(end - 2, end)).toBe(' -');
});

test('background rows are shown when asked for', () => {
  const background = aRow({ job: 'background:nvme0', rw: null, direction: null, commands: 5 });
  expect(renderTable([...ROWS, background], NARROW)).toBe(renderTable(ROWS, NARROW));
  expect(renderTable([...ROWS, background], { ...WIDE, all: true })).toContain('background:nvme0');
  expect(renderTable([background], NARROW)).toBe('no row to show\n');
});

test('a mix has a row for each direction', () => {
  const mix = { rw: 'randrw', path: null };
  const rows = [measured('offload', '4k', 4096, mix), measured('offload', '4k', 4096, mix)];
  const [read, write] = rows;
  const text = renderTable(
    [
      { ...aRow(), ...read, direction: 'read' },
      { ...aRow(), ...write, direction: 'write' },
    ],
    NARROW,
  );
  expect(text).toMatch(/^direction {2}MiB/m);
  expect(text).toMatch(/^read {7}/m);
  expect(text).toMatch(/^write {6}/m);
});

test('jobs that differ show what they were asked; what is swept is shown as swept', () => {
  const rows = [
    measured('offload', '4k', 4096, { job: 'alone', point: 'copies.bs=4k', rw: 'randread' }),
    measured('offload', '4k', 4096, { job: 'copies', point: 'copies.bs=4k', iodepth: 8 }),
    measured('offload', '4k', 4096, { job: 'alone', point: 'copies.bs=8k', rw: 'randread' }),
    measured('offload', '8k', 8192, { job: 'copies', point: 'copies.bs=8k', iodepth: 8 }),
  ];
  const lines = renderTable(rows, WIDE).split('\n');
  const heads = lines.slice(2, 8).map((line) => line.slice(0, 40));
  expect(heads).toEqual([
    'copies.bs  bs  job     rw        iodepth',
    '       4k  4k  alone   randread        1',
    '       4k  4k  copies  copy            8',
    '',
    '       8k  4k  alone   randread        1',
    '       8k  8k  copies  copy            8',
  ]);
});

test('a parameter that some rows do not have is no axis', () => {
  const rows = [
    measured('offload', '4k', 4096, { copy_api: 'bio-pair' }),
    measured('emulation', '4k', 4096, { copy_api: null }),
  ];
  const [caption, , header] = renderTable(rows, WIDE).split('\n');
  expect(caption).toContain(' copy_api=bio-pair ');
  expect(header).toMatch(/^path {7}MiB/);
});

test('the error of a run that measured something stands below its figures', () => {
  const rows = [measured('offload', '4k', 4096, { state: 'interrupted' })];
  expect(renderTable(rows, NARROW).split('\n').slice(3, 6)).toEqual([
    'MiB/s   IOPS  p50 µs  p99 µs  p99.9 µs  max µs  CPU µs/IO   PCIe tx  PCIe rx',
    '  156  40000    25.0    31.3      40.0     123       4.10  1.50 MiB  256 KiB',
    'interrupted',
  ]);
});

test('colour only dresses the same text', () => {
  const dressed = renderTable(ROWS, { widthColumns: 80, colour: true });
  expect(dressed).toContain('\u001B[31moffload    1m  failed: EREMOTEIO');
  expect(stripVTControlCharacters(dressed)).toBe(renderTable(ROWS, NARROW));
});

function atDepth(iodepth: number, cells: Cells = {}): Row {
  return measured('offload', '4k', 4096, { iodepth, point: `iodepth=${iodepth}`, ...cells });
}

function depthsShown(rows: readonly Row[], most: number): readonly string[] {
  const limit = { rows: most, whole: 'coffer show a.csv' };
  const lines = renderTable(rows, { ...WIDE, limit })
    .trimEnd()
    .split('\n');
  const shown = lines.flatMap((line) => /^ +(\d+) /.exec(line)?.slice(1) ?? []);
  return [...shown, lines.at(-1) ?? ''];
}

const DEEP = [1, 2, 4, 8, 16, 32].map((iodepth) => atDepth(iodepth));

test('more rows than asked for are cut, and the last line says where all are', () => {
  expect(depthsShown(DEEP, 2)).toEqual(['1', '2', '2 of 6 rows; coffer show a.csv has all']);
  expect(renderTable(DEEP, { ...WIDE, limit: { rows: 6, whole: '' } })).toBe(
    renderTable(DEEP, WIDE),
  );
});

test('what varies among all rows has its column, though the rows shown share it', () => {
  const rows = [...DEEP, atDepth(1, { bs_bytes: 8192 })];
  const limit = { rows: 1, whole: 'a.csv' };
  expect(renderTable(rows, { ...WIDE, limit }).split('\n')[2]).toMatch(/bs +iodepth|iodepth +bs/);
});

test('what went wrong is never cut for what went well, nor for what did not run', () => {
  const failed = atDepth(64, { state: 'failed', error: 'EIO' });
  const waiting = [3, 5, 7].map((iodepth) =>
    atDepth(iodepth, { state: 'not_run', error: 'SIGINT came before', ios: null }),
  );
  expect(depthsShown([...waiting, ...DEEP, failed], 3)).toEqual([
    '1',
    '2',
    '64',
    '3 of 10 rows, and 3 of the others are not done; coffer show a.csv has all',
  ]);
});
