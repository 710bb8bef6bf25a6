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
clock=virtual bytes=64m

path       bs  MiB/s   IOPS  p50 µs  p99 µs  CPU µs/IO   PCIe tx  PCIe rx
offload    4k    156  40000    25.0    31.3       4.10  1.50 MiB  256 KiB
offload    1m  failed: EREMOTEIO: the controller refused the Copy command:
               Command Size Limit Exceeded

emulation  4k    156  40000    25.0    31.3       4.10    64 MiB   64 MiB
emulation  1m  40000  40000    25.0    31.3       4.10    64 MiB   64 MiB

to fit 80 columns, left out: mean µs, p99.9 µs, p99.99 µs, max µs, CPU %, media
read, media write, commands
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

test.each([60, 80, 100, 120, 200])('no line is wider than %d columns', (widthColumns) => {
  for (const line of renderTable(ROWS, { widthColumns, colour: false }).split('\n')) {
    expect(line.length).toBeLessThanOrEqual(widthColumns);
  }
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
