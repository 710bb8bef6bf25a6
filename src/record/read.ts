/** CSV to rows. All that is wrong with a file is said at once, each as `file:line: what`. */

import { CsvError, parse } from 'csv-parse/sync';
import { present } from '../units/assert.ts';
import { parseCell } from './cell.ts';
import {
  type Cell,
  COLUMN_NAMES,
  type ColumnName,
  isColumnName,
  makeRow,
  type Row,
  SCHEMA_VERSION,
} from './columns.ts';

export type ReadOutcome =
  | { readonly ok: true; readonly rows: readonly Row[] }
  | { readonly ok: false; readonly problems: readonly string[] };

export interface ReadOptions {
  /** The file may be cut at any byte (`FILE.partial` after a kill): a torn last row is dropped. */
  readonly partial?: boolean;
}

interface CsvRecord {
  /** Where it ends, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

type ParsedCsv =
  | { readonly ok: true; readonly records: readonly CsvRecord[] }
  | { readonly ok: false; readonly line: number; readonly what: string };

export function readRecord(
  text: string,
  fileName: string,
  { partial = false }: ReadOptions = {},
): ReadOutcome {
  const csv = parseCsv(partial ? withoutTornRow(text) : text);
  if (!csv.ok) return refuse([`${fileName}:${csv.line}: ${csv.what}`]);
  const [header, ...records] = csv.records;
  if (header === undefined) {
    if (partial) return { ok: true, rows: [] };
    return refuse([`${fileName}:1: the file is empty; a record begins with a header line`]);
  }
  const problems: string[] = [];
  const refused = (line: number, what: string): void => {
    problems.push(`${fileName}:${line}: ${what}`);
  };
  const order = readHeader(header, refused);
  const foreign = foreignVersion(header, records);
  if (foreign !== null) return refuse([`${fileName}:${foreign.line}: ${foreign.what}`]);
  if (order === null) return refuse(problems);
  const rows: Row[] = [];
  for (const record of records) {
    const row = readRow(order, record, refused);
    if (row !== null) rows.push(row);
  }
  return problems.length === 0 ? { ok: true, rows } : refuse(problems);
}

function refuse(problems: readonly string[]): ReadOutcome {
  return { ok: false, problems };
}

function parseCsv(text: string): ParsedCsv {
  const records: CsvRecord[] = [];
  try {
    parse(text, {
      bom: true,
      record_delimiter: ['\r\n', '\n'],
      // Short and long records are judged here, with the rest of what is wrong.
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (fields, { lines }) => {
        records.push({ line: lines, fields });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line: unknown = error['lines'];
    return {
      ok: false,
      line: typeof line === 'number' ? line : 1,
      what: `no CSV: ${error.message}`,
    };
  }
  return { ok: true, records };
}

/** Columns in the file's order, or null after saying what is wrong with them. */
function readHeader(
  { line, fields }: CsvRecord,
  refused: (line: number, what: string) => void,
): readonly ColumnName[] | null {
  const order: ColumnName[] = [];
  let sound = true;
  const wrong = (what: string): void => {
    sound = false;
    refused(line, what);
  };
  for (const name of fields) {
    if (!isColumnName(name)) wrong(`${name}: no column of a record; remove it`);
    else if (order.includes(name)) wrong(`${name}: the column is there twice; remove one`);
    else order.push(name);
  }
  const missing = COLUMN_NAMES.filter((name) => !order.includes(name));
  for (const name of missing) wrong(`${name}: the column is missing; run the job again`);
  return sound ? order : null;
}

/** Said alone: other columns or values are no surprise in a file of another version. */
function foreignVersion(
  header: CsvRecord,
  records: readonly CsvRecord[],
): { readonly line: number; readonly what: string } | null {
  const place = header.fields.indexOf('schema_version');
  const first = records[0];
  const version = first?.fields[place];
  if (first === undefined || version === undefined || version === String(SCHEMA_VERSION))
    return null;
  return { line: first.line, what: versionProblem(version) };
}

function versionProblem(version: string): string {
  return (
    `schema_version: is '${version}', this coffer reads ${SCHEMA_VERSION}; ` +
    'run the job again, or read the file with the coffer that wrote it'
  );
}

function readRow(
  order: readonly ColumnName[],
  { line, fields }: CsvRecord,
  refused: (line: number, what: string) => void,
): Row | null {
  if (fields.length !== order.length) {
    const cut = fields.length < order.length ? '; the row may be cut' : '';
    refused(line, `the row has ${fields.length} fields, the header ${order.length}${cut}`);
    return null;
  }
  const texts = new Map(order.map((name, place) => [name, fields[place] ?? '']));
  const version = present(texts.get('schema_version'), 'the header has every column');
  if (version !== String(SCHEMA_VERSION)) {
    refused(line, versionProblem(version));
    return null;
  }
  return makeRow((column): Cell => {
    const text = present(texts.get(column.name), 'the header has every column');
    const parsed = parseCell(column, text);
    if (parsed.ok) return parsed.cell;
    refused(line, `${column.name}: ${parsed.what}`);
    return null;
  });
}

/** All up to the last line end outside quotes. */
function withoutTornRow(text: string): string {
  let quoted = false;
  let end = 0;
  for (let place = 0; place < text.length; place++) {
    const char = text[place];
    if (char === '"') quoted = !quoted;
    else if (char === '\n' && !quoted) end = place + 1;
  }
  return text.slice(0, end);
}
