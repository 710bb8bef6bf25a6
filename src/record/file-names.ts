/** The names of the files that one invocation leaves. */

import type { Shard } from '../units/shard.ts';

/** A share of a record: `results/three-paths.csv` → `results/three-paths.shard-2-of-4.csv`. */
export function shardPath(csvPath: string, { index, count }: Shard): string {
  const stem = csvPath.endsWith('.csv') ? csvPath.slice(0, -'.csv'.length) : csvPath;
  return `${stem}.shard-${index}-of-${count}.csv`;
}

/** The environment beside a CSV: `results/three-paths.csv` → `results/three-paths.json`. */
export function environmentPath(csvPath: string): string {
  const stem = csvPath.endsWith('.csv') ? csvPath.slice(0, -'.csv'.length) : csvPath;
  return `${stem}.json`;
}

/** Where rows go until all are there; it survives a kill, and `--resume` takes it up. */
export function partialPath(csvPath: string): string {
  return `${csvPath}.partial`;
}

/** The header of every schema: by this a file is known as a record, or as none. */
export const RECORD_BEGINS = 'schema_version,';
