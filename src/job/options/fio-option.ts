/**
 * Rows for the tables of fio's options that coffer does not follow (`fio-*.ts`). Names, aliases,
 * types and limits are facts of fio 3.33 (`fio --cmdhelp`) and 3.42; the sentences are ours.
 */

import type { Disposition, JobOption } from './job-option.ts';

/** `why`: of this option, where it is not that of the whole table. */
export interface FioRow extends Omit<JobOption, 'category' | 'default' | 'disposition'> {
  readonly why?: string;
}

/** `why`: the rest of a sentence that begins with the option. */
export function refusedOptions(
  category: string,
  why: string,
  rows: readonly FioRow[],
): readonly JobOption[] {
  return rows.map((row) => optionOf(category, row, { kind: 'refused', why: row.why ?? why }));
}

/** `why`: it cannot change what a result means here. */
export function ignoredOptions(
  category: string,
  why: string,
  rows: readonly FioRow[],
): readonly JobOption[] {
  return rows.map((row) => optionOf(category, row, { kind: 'ignored', why: row.why ?? why }));
}

function optionOf(category: string, row: FioRow, disposition: Disposition): JobOption {
  return { ...row, category, default: null, disposition };
}
