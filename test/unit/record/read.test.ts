import { expect, test } from 'vitest';
import { COLUMN_NAMES } from '../../../src/record/columns.ts';
import { readRecord } from '../../../src/record/read.ts';
import { formatHeader, formatRows } from '../../../src/record/write.ts';
import { aRow } from '../../support/a-row.ts';

const ROWS = [aRow(), aRow({ clone: 1, error: 'two\nlines', state: 'failed' }), aRow({ clone: 2 })];
const TEXT = formatHeader() + formatRows(ROWS);

test('what was written is read', () => {
  expect(readRecord(TEXT, 'x.csv')).toEqual({ ok: true, rows: ROWS });
});

test('a BOM and CRLF, as spreadsheets leave them, do no harm', () => {
  const rows = [aRow()];
  const text = `\uFEFF${(formatHeader() + formatRows(rows)).replaceAll('\n', '\r\n')}`;
  expect(readRecord(text, 'x.csv')).toEqual({ ok: true, rows });
});

test('columns in another order are found by name', () => {
  const reversed = TEXT.split('\n')
    .slice(0, 2)
    .map((line) => line.split(',').reverse().join(','))
    .join('\n');
  expect(readRecord(reversed, 'x.csv')).toEqual({ ok: true, rows: ROWS.slice(0, 1) });
});

test('all bad values are said at once, with their lines', () => {
  const rows = formatRows([aRow(), aRow()]).split('\n');
  const text =
    formatHeader() +
    `${rows[0]?.replace(',done,', ',fine,')}\n` +
    `${rows[1]?.replace(',4096,', ',4k,').replace(',copies,', ',,')}\n` +
    '1,2,3\n';
  expect(readRecord(text, 'x.csv')).toEqual({
    ok: false,
    problems: [
      "x.csv:2: state: is 'fine'; it should be one of done, failed, short, interrupted, crashed, " +
        'overloaded, not_run',
      'x.csv:3: job: is empty; every row needs it',
      "x.csv:3: bs_bytes: is '4k'; it should be a whole number",
      `x.csv:4: the row has 3 fields, the header ${COLUMN_NAMES.length}; the row may be cut`,
    ],
  });
});

test('unknown, double and missing columns are named', () => {
  const header = formatHeader().replace(',steady', ',bw,ios').replace(',seed,', ',');
  expect(readRecord(header, 'x.csv')).toEqual({
    ok: false,
    problems: [
      'x.csv:1: bw: no column of a record; remove it',
      'x.csv:1: ios: the column is there twice; remove one',
      'x.csv:1: seed: the column is missing; run the job again',
      'x.csv:1: steady: the column is missing; run the job again',
    ],
  });
});

test('another schema version is said alone, whatever its columns are', () => {
  const problem =
    "x.csv:2: schema_version: is '1', this coffer reads 3; " +
    'run the job again, or read the file with the coffer that wrote it';
  const text = 'schema_version,bw\n1,100\n1,101\n';
  expect(readRecord(text, 'x.csv')).toEqual({ ok: false, problems: [problem] });
  const mixed = TEXT + formatRows([aRow()]).replace(/^3/, '1');
  expect(readRecord(mixed, 'x.csv')).toEqual({
    ok: false,
    problems: [problem.replace('x.csv:2', 'x.csv:6')],
  });
});

test.each([
  ['run,bw\n1,100\n', "'run', 'bw'", 0],
  ['job,bs,bw_kb,lat\nx,4k,1,2\n', "'job', 'bs', 'bw_kb' and 1 more", 1],
  ['\u001b[31mred\n', "'?[31mred'", 0],
  [`${'x'.repeat(500)}\n`, `'${'x'.repeat(23)}…'`, 0],
])("another tool's CSV is refused in one sentence: %j", (text, told, known) => {
  const what =
    `no record of coffer: its first line (${told}) has ${known} of the ` +
    `${COLUMN_NAMES.length} columns; give a CSV that coffer run wrote`;
  expect(readRecord(text, 'x.csv')).toEqual({ ok: false, problems: [`x.csv:1: ${what}`] });
});

test('an empty file is no record, and a partial one without rows yet', () => {
  expect(readRecord('', 'x.csv')).toEqual({
    ok: false,
    problems: ['x.csv:1: the file is empty; a record begins with a header line'],
  });
  expect(readRecord('', 'x.csv', { partial: true })).toEqual({ ok: true, rows: [] });
});

test('an open quote is refused with its line', () => {
  const text = `${formatHeader()}1,"three`;
  expect(readRecord(text, 'x.csv')).toMatchObject({
    ok: false,
    problems: [expect.stringMatching(/^x\.csv:2: no CSV: Quote Not Closed/)],
  });
});

test('cut at any byte, a partial file gives its whole rows', () => {
  const header = formatHeader().length;
  const ends = ROWS.map((_, place) => header + formatRows(ROWS.slice(0, place + 1)).length);
  for (let cut = 0; cut <= TEXT.length; cut++) {
    const whole = ends.filter((end) => end <= cut).length;
    expect(readRecord(TEXT.slice(0, cut), 'x.csv', { partial: true })).toEqual({
      ok: true,
      rows: ROWS.slice(0, whole),
    });
  }
});

test('what is wrong before the torn row is still refused', () => {
  const text = `${TEXT.replace(',done,', ',fine,')}1,three-pa`;
  expect(readRecord(text, 'x.csv', { partial: true })).toMatchObject({
    ok: false,
    problems: [expect.stringContaining("x.csv:2: state: is 'fine'")],
  });
});
