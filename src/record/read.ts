/** CSV to rows. All that is wrong with a file is said at once, each as `file:line: what`. */

import { present } from '../units/assert.ts';
import { parseCell } from './cell.ts';
import {
  type Cell,
  COLUMN_NAMES,
  COLUMNS,
  type ColumnName,
  isColumnName,
  makeRow,
  type Row,
  SCHEMA_VERSION,
} from './columns.ts';
import { type CsvRecord, csvRecords } from './csv-records.ts';

export type ReadOutcome =
  | { readonly ok: true; readonly rows: readonly Row[] }
  | { readonly ok: false; readonly problems: readonly string[] };

export interface ReadOptions {
  /** The file may be cut at any byte (`FILE.partial` after a kill): a torn last row is dropped. */
  readonly partial?: boolean;
}

export function readRecord(
  text: string,
  fileName: string,
  { partial = false }: ReadOptions = {},
): ReadOutcome {
  const records = csvRecords(partial ? withoutTornRow(text) : text);
  const header = records.next();
  if (header.done === true) {
    if (header.value !== null)
      return refuse([`${fileName}:${header.value.line}: ${header.value.what}`]);
    if (partial) return { ok: true, rows: [] };
    return refuse([`${fileName}:1: the file is empty; a record begins with a header line`]);
  }
  let record = records.next();
  const first = record.done === true ? undefined : record.value;
  const foreign = foreignVersion(header.value, first) ?? foreignHeader(header.value);
  if (foreign !== null) return refuse([`${fileName}:${foreign.line}: ${foreign.what}`]);
  const problems: string[] = [];
  const refused = (line: number, what: string): void => {
    problems.push(`${fileName}:${line}: ${what}`);
  };
  const places = readHeader(header.value, refused);
  if (places === null) return refuse(problems);
  const reader = new RowReader(places, refused);
  const rows: Row[] = [];
  for (; record.done !== true; record = records.next()) {
    const row = reader.read(record.value);
    if (row !== null) rows.push(row);
  }
  // What stands before it may be read wrong.
  if (record.value !== null)
    return refuse([`${fileName}:${record.value.line}: ${record.value.what}`]);
  return problems.length === 0 ? { ok: true, rows } : refuse(problems);
}

function refuse(problems: readonly string[]): ReadOutcome {
  return { ok: false, problems };
}

/** Where each column stands in a line. */
type Places = ReadonlyMap<ColumnName, number>;

/** null after saying what is wrong with the columns. */
function readHeader(
  { line, fields }: CsvRecord,
  refused: (line: number, what: string) => void,
): Places | null {
  const places = new Map<ColumnName, number>();
  let sound = true;
  const wrong = (what: string): void => {
    sound = false;
    refused(line, what);
  };
  for (const [place, name] of fields.entries()) {
    if (!isColumnName(name)) wrong(`${name}: no column of a record; remove it`);
    else if (places.has(name)) wrong(`${name}: the column is there twice; remove one`);
    else places.set(name, place);
  }
  const missing = COLUMN_NAMES.filter((name) => !places.has(name));
  for (const name of missing) wrong(`${name}: the column is missing; run the job again`);
  return sound ? places : null;
}

interface Foreign {
  readonly line: number;
  readonly what: string;
}

/** Names told of a header that is not ours: enough to see whose it is. */
const NAMES_TOLD = 3;

/** Said alone: a list of sixty columns helps nobody who has named another tool's CSV. */
function foreignHeader({ line, fields }: CsvRecord): Foreign | null {
  const known = new Set(fields.filter(isColumnName)).size;
  if (known >= COLUMN_NAMES.length / 2) return null;
  const names = fields.slice(0, NAMES_TOLD).map((name) => `'${printable(name)}'`);
  const more = fields.length - names.length;
  const told = more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
  const what =
    `no record of coffer: its first line (${told}) has ${known} of the ` +
    `${COLUMN_NAMES.length} columns; give a CSV that coffer run wrote`;
  return { line, what };
}

/** What is no CSV at all may have lines of any length, and bytes that a terminal would obey. */
function printable(name: string): string {
  const shown = name.replaceAll(/\p{C}/gu, '?');
  return shown.length > 24 ? `${shown.slice(0, 23)}…` : shown;
}

/** Said alone: other columns or values are no surprise in a file of another version. */
function foreignVersion(header: CsvRecord, first: CsvRecord | undefined): Foreign | null {
  const place = header.fields.indexOf('schema_version');
  const version = first?.fields[place];
  if (first === undefined || version === undefined || version === String(SCHEMA_VERSION)) {
    return null;
  }
  return { line: first.line, what: versionProblem(version) };
}

function versionProblem(version: string): string {
  return (
    `schema_version: is '${printable(version)}', this coffer reads ${SCHEMA_VERSION}; ` +
    'run the job again, or read the file with the coffer that wrote it'
  );
}

/** Most cells are those of the row before, and are taken from it: less to parse, and to keep. */
class RowReader {
  private readonly places: readonly number[];
  private readonly refused: (line: number, what: string) => void;
  /** Of the row before, in the order of COLUMNS. */
  private readonly texts: string[] = COLUMNS.map(() => '');
  private readonly cells: Cell[] = COLUMNS.map(() => null);

  constructor(places: Places, refused: (line: number, what: string) => void) {
    this.places = COLUMN_NAMES.map((name) => present(places.get(name), 'a sound header has all'));
    this.refused = refused;
  }

  /** null after saying what is wrong with the shape of the row. */
  read({ line, fields }: CsvRecord): Row | null {
    const { length } = this.places;
    if (fields.length !== length) {
      const cut = fields.length < length ? '; the row may be cut' : '';
      this.refused(line, `the row has ${fields.length} fields, the header ${length}${cut}`);
      return null;
    }
    const version = fields[this.places[COLUMN_NAMES.indexOf('schema_version')] ?? 0] ?? '';
    if (version !== String(SCHEMA_VERSION)) {
      this.refused(line, versionProblem(version));
      return null;
    }
    return makeRow((column, place): Cell => {
      const text = fields[this.places[place] ?? 0] ?? '';
      if (text === this.texts[place] && text !== '') return this.cells[place] ?? null;
      const parsed = parseCell(column, text);
      if (!parsed.ok) {
        this.refused(line, `${column.name}: ${parsed.what}`);
        return null;
      }
      this.texts[place] = text;
      this.cells[place] = parsed.cell;
      return parsed.cell;
    });
  }
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
