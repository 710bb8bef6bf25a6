/**
 * The JSON beside a merged record: the facts that all shards share, as the JSON of one run has
 * them. A fact in which they differ is the list of its values there, and `shards` says which shard
 * has which, beside its command line and times.
 */

import { formatShard, type Shard } from '../units/shard.ts';
import { type Fields, fieldsOf, listOf } from './environment-read.ts';

export interface EnvironmentOfShard {
  readonly shard: Shard;
  readonly environment: Fields;
}

/** Of each shard its own, or as good as the same: job files may lie in other folders. */
const OWN = ['argv', 'started_at', 'ended_at', 'shard', 'job_files'];

export interface DifferingFact {
  readonly name: string;
  /** By value, as JSON, the shards that have it. */
  readonly values: ReadonlyMap<string, readonly Shard[]>;
}

/** In the order of the first shard's JSON. */
export function differingFacts(shards: readonly EnvironmentOfShard[]): readonly DifferingFact[] {
  const names = new Set(shards.flatMap(({ environment }) => Object.keys(environment)));
  return [...names]
    .filter((name) => !OWN.includes(name))
    .map((name) => {
      const values = new Map<string, Shard[]>();
      for (const { shard, environment } of shards) {
        const value = JSON.stringify(environment[name] ?? null);
        const having = values.get(value);
        if (having === undefined) values.set(value, [shard]);
        else having.push(shard);
      }
      return { name, values };
    })
    .filter(({ values }) => values.size > 1);
}

/** `cpu_model: "A" (1/3), "B" (2/3, 3/3)`; what is long is not written out. */
export function formatDifferingFact({ name, values }: DifferingFact): string {
  const told = [...values].map(([value, shards]) => {
    const shown = value.length > LONGEST_TOLD ? 'one' : value;
    return `${shown} (${shards.map(formatShard).join(', ')})`;
  });
  return `${name}: ${told.join(', ')}`;
}

const LONGEST_TOLD = 60;

/** `argv`: of the merge. The text of the JSON. */
export function mergeEnvironments(
  shards: readonly EnvironmentOfShard[],
  argv: readonly string[],
): string {
  const [first] = shards;
  const differing = new Map(differingFacts(shards).map((fact) => [fact.name, fact]));
  const merged: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(first?.environment ?? {})) {
    if (name !== 'shard') merged[name] = differing.has(name) ? valuesOf(name, shards) : value;
  }
  for (const name of differing.keys()) merged[name] ??= valuesOf(name, shards);
  merged['argv'] = argv;
  merged['started_at'] = timesOf('started_at', shards)[0] ?? null;
  merged['ended_at'] = timesOf('ended_at', shards).at(-1) ?? null;
  merged['shards'] = shards.map(({ shard, environment }) => ({
    shard: formatShard(shard),
    argv: environment['argv'],
    started_at: environment['started_at'],
    ended_at: environment['ended_at'],
    ...Object.fromEntries([...differing.keys()].map((name) => [name, environment[name] ?? null])),
  }));
  return `${JSON.stringify(merged, null, 2)}\n`;
}

/** Each once; of real targets and what else has facts of its own, fact by fact. */
function valuesOf(name: string, shards: readonly EnvironmentOfShard[]): unknown {
  const values = shards.map(({ environment }) => environment[name] ?? null);
  if (name !== 'real') return eachOnce(values);
  const reals = values.map(fieldsOf);
  const fact = (of: string): unknown => {
    const found = eachOnce(reals.map((real) => real[of] ?? null));
    return found.length === 1 ? found[0] : found;
  };
  return {
    governors: fact('governors'),
    io_uring_disabled: fact('io_uring_disabled'),
    targets: eachOnce(reals.flatMap((real) => listOf(real['targets']))),
  };
}

function eachOnce(values: readonly unknown[]): readonly unknown[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** Earliest first; none, where one shard has none. */
function timesOf(name: string, shards: readonly EnvironmentOfShard[]): readonly string[] {
  const times = shards.map(({ environment }) => environment[name]);
  const known = times.filter((time) => typeof time === 'string');
  return known.length === times.length ? known.sort() : [];
}
