/** Rows of every run of a record, and their way into its file in the record's order. */

import type { RunPlan } from '../job/plan.ts';
import type { Row } from '../record/columns.ts';
import { present } from '../units/assert.ts';
import type { RecordFile } from './record-file.ts';

/** Runs by their index. */
export type RunSet = Pick<ReadonlySet<number>, 'has' | 'size'>;

/** Each run's rows go into the file as soon as those of all runs before it are there. */
export class Ledger {
  private readonly file: RecordFile;
  private readonly runs: readonly RunPlan[];
  private readonly rows: Map<number, readonly Row[]>;
  /** They stand in the file already. */
  readonly kept: RunSet;
  private flushed = 0;

  /** `runs`: in the order of the record. */
  constructor(
    file: RecordFile,
    runs: readonly RunPlan[],
    kept: ReadonlyMap<number, readonly Row[]>,
  ) {
    this.file = file;
    this.runs = runs;
    this.rows = new Map(kept);
    this.kept = new Set(kept.keys());
  }

  get missing(): readonly RunPlan[] {
    return this.runs.filter(({ index }) => !this.rows.has(index));
  }

  get done(): RunSet {
    return this.rows;
  }

  /** In the order of the record. */
  get known(): readonly Row[] {
    return this.runs.flatMap(({ index }) => this.rows.get(index) ?? []);
  }

  /** Throws Unwritable. */
  enter(run: RunPlan, rows: readonly Row[]): void {
    this.rows.set(run.index, rows);
    for (let next = this.next(); next !== null; next = this.next()) {
      if (!this.kept.has(next.index)) this.file.append(next.rows);
      this.flushed += 1;
    }
  }

  /** What may be written now; null: the run that comes next has no rows yet. */
  private next(): { readonly index: number; readonly rows: readonly Row[] } | null {
    const index = this.runs[this.flushed]?.index;
    const rows = index === undefined ? undefined : this.rows.get(index);
    return index === undefined || rows === undefined ? null : { index, rows };
  }

  /** Throws Unwritable. */
  finish(environment: string): readonly Row[] {
    const rows = this.runs.flatMap(({ index }) =>
      present(this.rows.get(index), `rows of run ${index}`),
    );
    this.file.finish(rows, environment);
    return rows;
  }
}
