import { expect, test } from 'vitest';
import {
  COLUMN_NAMES,
  COLUMNS,
  columnOf,
  isColumnName,
  makeRow,
} from '../../../src/record/columns.ts';

// The order of issue 2, part 10, with what issue 3 added: the seam to everything that reads a record.
const ORDER =
  'schema_version job_file group job clone point plan_sha256 repetition state error device ' +
  'driver clock rw direction path copy_api bs_bytes block_sizes num_range ioengine direct iodepth stamps numjobs seed ios ' +
  'bytes runtime_ns iops bandwidth_bytes_per_s slat_mean_ns clat_mean_ns lat_min_ns ' +
  'lat_mean_ns lat_stddev_ns lat_p50_ns lat_p90_ns lat_p95_ns lat_p99_ns lat_p99_9_ns ' +
  'lat_p99_99_ns lat_p99_999_ns lat_max_ns intended_lat_mean_ns intended_lat_p50_ns ' +
  'intended_lat_p99_ns intended_lat_p99_9_ns intended_lat_max_ns ' +
  'slat_percentiles_ns clat_percentiles_ns ' +
  'lat_percentiles_ns latency_depth offload_bytes emulation_bytes read_write_bytes ' +
  'fallbacks fallback_reason path_proof short_ios error_ios verify_errors host_cpu_ns ' +
  'cpu_user_ns cpu_system_ns voluntary_switches involuntary_switches pcie_tx_bytes ' +
  'pcie_rx_bytes fabric_tx_bytes fabric_rx_bytes media_read_bytes media_write_bytes ' +
  'commands bios splits merges late_p99_ns steady steadystate_attained';

test('the columns stand in the agreed order, each once', () => {
  expect(COLUMN_NAMES.join(' ')).toBe(ORDER);
  expect(new Set(COLUMN_NAMES).size).toBe(COLUMN_NAMES.length);
});

test('the unit of a column is the end of its name', () => {
  const suffixes = { ns: /_ns$/, bytes: /bytes$/, 'bytes/s': /_bytes_per_s$/, '1/s': /^iops$/ };
  for (const { name, unit } of COLUMNS) {
    if (unit !== null) expect(name).toMatch(suffixes[unit]);
    else expect(name).not.toMatch(/_ns$|_bytes$|_per_s$/);
  }
});

test('a meaning is one sentence or two, and labels are unique', () => {
  for (const { meaning } of COLUMNS) expect(meaning).toMatch(/^[A-Z0-9`].*\.$/);
  expect(new Set(COLUMNS.map(({ label }) => label)).size).toBe(COLUMNS.length);
});

test('the key of a row is the one of the design', () => {
  const key = COLUMNS.filter(({ kind }) => kind === 'key').map(({ name }) => name);
  expect(key).toEqual([
    'job_file',
    'group',
    'job',
    'clone',
    'point',
    'repetition',
    'rw',
    'direction',
  ]);
});

test('what grows with the work is a number, and what explains names a column before it', () => {
  for (const [place, { type, growsWithWork, explains }] of COLUMNS.entries()) {
    if (growsWithWork === true) expect(type).toBe('integer');
    if (explains !== undefined) {
      expect(COLUMN_NAMES.slice(0, place)).toContain(explains);
    }
  }
});

test('columns are found by name', () => {
  expect(columnOf('lat_p99_ns').unit).toBe('ns');
  expect(isColumnName('lat_p99_ns')).toBe(true);
  expect(isColumnName('toString')).toBe(false);
});

test('makeRow asks for every column', () => {
  const row = makeRow(({ name }) => name.length);
  expect(Object.keys(row)).toEqual(COLUMN_NAMES);
  expect(row.steady).toBe(6);
});
