/** A row of a record for tests: a copy of one NVMe namespace, with what the test says on top. */

import { type Cell, type ColumnName, makeRow, type Row } from '../../src/record/columns.ts';

const DEFAULTS: Partial<Record<ColumnName, Cell>> = {
  schema_version: 3,
  job_file: 'three-paths.fio',
  group: 0,
  job: 'copies',
  clone: 0,
  plan_sha256: '0123456789abcdef',
  repetition: 1,
  state: 'done',
  device: 'nvme0',
  driver: 'nvme',
  clock: 'virtual',
  rw: 'copy',
  direction: 'copy',
  path: 'offload',
  bs_bytes: 4096,
  num_range: 1,
  iodepth: 1,
  numjobs: 1,
  seed: 1234,
};

export function aRow(cells: Partial<Record<ColumnName, Cell>> = {}): Row {
  const given: Partial<Record<ColumnName, Cell>> = { ...DEFAULTS, ...cells };
  return makeRow(({ name }) => given[name] ?? null);
}
