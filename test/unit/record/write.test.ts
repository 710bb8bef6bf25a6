import { expect, test } from 'vitest';
import { COLUMN_NAMES } from '../../../src/record/columns.ts';
import { formatHeader, formatRows } from '../../../src/record/write.ts';
import { aRow } from '../../support/a-row.ts';

test('the header is one line of all names', () => {
  expect(formatHeader()).toBe(`${COLUMN_NAMES.join(',')}\n`);
});

test('a row: absent cells empty, booleans as words, LF', () => {
  const row = aRow({ point: 'bs=4k', ios: 3, bytes: 12288, lat_mean_ns: 0.25, steady: false });
  expect(formatRows([row])).toBe(
    '2,three-paths.fio,0,copies,0,bs=4k,0123456789abcdef,1,done,,nvme0,nvme,virtual,copy,copy,' +
      'offload,,4096,1,,,1,,1,1234,3,12288,,,,,,,0.3,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,false\n',
  );
});

test('commas, quotes and line ends in an error stay one cell', () => {
  const text = formatRows([aRow({ state: 'failed', error: 'a,"b"\nc' })]);
  expect(text).toContain(',failed,"a,""b""\nc",nvme0,');
});

test('no rows, no text', () => {
  expect(formatRows([])).toBe('');
});
