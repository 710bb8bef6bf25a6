import { CsvError, parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CsvProblem, type CsvRecord, csvRecords } from '../../src/record/csv-records.ts';

interface Parsed {
  readonly records: readonly CsvRecord[];
  readonly problem: CsvProblem | null;
}

function ours(text: string): Parsed {
  const records: CsvRecord[] = [];
  const source = csvRecords(text);
  for (;;) {
    const next = source.next();
    if (next.done === true)
      return { records: next.value === null ? records : [], problem: next.value };
    records.push(next.value);
  }
}

/** All of the text through csv-parse. */
function theirs(text: string): Parsed {
  const records: CsvRecord[] = [];
  try {
    parse(text, {
      bom: true,
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (fields, { lines }) => {
        records.push({ line: lines, fields });
        return null;
      },
    });
    return { records, problem: null };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const problem = { line: Number(error['lines']), what: `no CSV: ${error.message}` };
    return { records: [], problem };
  }
}

const FIELD = fc.constantFrom('', 'a', 'b c', '"q,q"', '"two\nlines"', '"say ""x"""');
const LINES = fc.array(fc.array(FIELD, { minLength: 1, maxLength: 4 }), { maxLength: 12 });

test('well-formed CSV is cut as csv-parse cuts it, line by line', () => {
  fc.assert(
    fc.property(LINES, fc.constantFrom('\n', '\r\n'), fc.boolean(), (lines, ending, ended) => {
      const text = lines.map((fields) => fields.join(',')).join(ending) + (ended ? ending : '');
      expect(ours(text)).toEqual(theirs(text));
    }),
  );
});

test('any text is cut alike, or refused alike', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', ',', '"', '\n'),
    maxLength: 30,
  });
  fc.assert(
    fc.property(text, (given) => {
      expect(ours(given)).toEqual(theirs(given));
    }),
    { numRuns: 2000 },
  );
});
