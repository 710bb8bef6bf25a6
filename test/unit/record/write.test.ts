import { expect, test } from 'vitest';
import { COLUMN_NAMES, SCHEMA_VERSION } from '../../../src/record/columns.ts';
import { formatHeader, formatRows } from '../../../src/record/write.ts';
import { aRow } from '../../support/a-row.ts';

test('the header is one line of all names', () => {
  expect(formatHeader()).toBe(`${COLUMN_NAMES.join(',')}\n`);
});

test('a row: absent cells empty, booleans as words, LF', () => {
  const row = aRow({ point: 'bs=4k', ios: 3, bytes: 12288, lat_mean_ns: 0.25, steady: false });
  const text = formatRows([row]);
  expect(text.endsWith('\n')).toBe(true);
  const cells = text.slice(0, -1).split(',');
  expect(cells).toHaveLength(COLUMN_NAMES.length);
  const written = COLUMN_NAMES.map((name, place) => `${name}=${cells[place]}`);
  expect(written.filter((cell) => !cell.endsWith('=')).join(' ')).toBe(
    `schema_version=${SCHEMA_VERSION} job_file=three-paths.fio group=0 job=copies clone=0 ` +
      'point=bs=4k plan_sha256=0123456789abcdef repetition=1 state=done device=nvme0 driver=nvme ' +
      'clock=virtual rw=copy direction=copy path=offload bs_bytes=4096 num_range=1 iodepth=1 ' +
      'numjobs=1 seed=1234 ios=3 bytes=12288 lat_mean_ns=0.3 steady=false',
  );
});

test('commas, quotes and line ends in an error stay one cell', () => {
  const text = formatRows([aRow({ state: 'failed', error: 'a,"b"\nc' })]);
  expect(text).toContain(',failed,"a,""b""\nc",nvme0,');
});

test('no rows, no text', () => {
  expect(formatRows([])).toBe('');
});
