import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Column } from '../../src/record/column.ts';
import { type Cell, COLUMNS, makeRow, type Row, SCHEMA_VERSION } from '../../src/record/columns.ts';
import { readRecord } from '../../src/record/read.ts';
import { formatHeader, formatRows } from '../../src/record/write.ts';

const TEXT = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ' ', '\uFEFF', '=', 'a'), minLength: 1 }),
);

function cells(column: Column): fc.Arbitrary<Cell> {
  const values: fc.Arbitrary<Cell> = {
    string: column.choices === undefined ? TEXT : fc.constantFrom(...column.choices),
    integer: column.name === 'schema_version' ? fc.constant(SCHEMA_VERSION) : fc.maxSafeNat(),
    decimal: fc.nat().map((tenths) => tenths / 10),
    boolean: fc.boolean(),
  }[column.type];
  return column.required === true ? values : fc.option(values);
}

const ROW: fc.Arbitrary<Row> = fc
  .tuple(...COLUMNS.map(cells))
  .map((values) => makeRow((column) => values[COLUMNS.indexOf(column)] ?? null));

test('reading gives back what was written, cell by cell', () => {
  fc.assert(
    fc.property(fc.array(ROW, { maxLength: 5 }), (rows) => {
      const text = formatHeader() + formatRows(rows);
      expect(readRecord(text, 'x.csv')).toEqual({ ok: true, rows });
    }),
  );
});

test('writing what was read gives the same bytes', () => {
  fc.assert(
    fc.property(fc.array(ROW, { maxLength: 5 }), (rows) => {
      const text = formatHeader() + formatRows(rows);
      const read = readRecord(text, 'x.csv', { partial: true });
      expect(read.ok && formatHeader() + formatRows(read.rows)).toBe(text);
    }),
  );
});

test('no text is thrown at: it is rows or problems with a line', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        TEXT,
        TEXT.map((text) => formatHeader() + text),
      ),
      (text) => {
        const read = readRecord(text, 'x.csv');
        if (!read.ok) for (const problem of read.problems) expect(problem).toMatch(/^x\.csv:\d+: /);
      },
    ),
  );
});
