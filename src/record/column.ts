/** What a column of the record is: all that writer, reader, compare and plot know of it. */

export type Subject =
  | 'which run'
  | 'how it ended'
  | 'what was asked'
  | 'throughput'
  | 'latency'
  | 'path taken'
  | 'faults'
  | 'cost'
  | 'trust';

/** `decimal` has at most one digit after the point; nothing in a record is negative. */
export type ColumnType = 'string' | 'integer' | 'decimal' | 'boolean';

/** How two records are compared in this column. */
export type ColumnKind =
  /** Names the row: rows are matched by it. */
  | 'key'
  /** What was asked: rows that differ here answer different questions. */
  | 'parameter'
  /** Any difference is a change, whatever the clock. */
  | 'exact'
  /** Exact under the virtual clock; a sample under the wall clock, for statistics to judge. */
  | 'sampled'
  /** Where the row comes from; never compared. */
  | 'provenance';

export type Unit = 'ns' | 'bytes' | 'bytes/s' | '1/s';

export interface Column {
  /** As in the CSV header: snake_case, unit last. */
  readonly name: string;
  readonly subject: Subject;
  readonly kind: ColumnKind;
  readonly type: ColumnType;
  /** null: a count or a word. */
  readonly unit: Unit | null;
  /** Which way is good; null: neither. */
  readonly better: 'higher' | 'lower' | null;
  /** Grows with the work: rows that moved different amounts are compared per byte of `bytes`. */
  readonly growsWithWork?: true;
  /** Counts I/Os: of rows whose block sizes differ it is no measure of speed. */
  readonly countsIos?: true;
  /** The column whose value this one gives reasons for: it changes with that one. */
  readonly explains?: string;
  /** For axes and tables, without the unit. */
  readonly label: string;
  /** One sentence for results/README.md. */
  readonly meaning: string;
  /** The words a cell may hold. */
  readonly choices?: readonly string[];
  /** No row is without it. */
  readonly required?: true;
}
