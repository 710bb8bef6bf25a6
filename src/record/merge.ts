/**
 * The records of all shards of a plan as one: what a run without `--shard` would have written. The
 * place of each point follows from the shard it is in (`units/shard.ts`), and the digest of the
 * whole plan's runs, which every shard brings along, proves that all are there and in order. Rows
 * are taken as they are, whatever their state.
 */

import { formatShard, placeOf, shareOf } from '../units/shard.ts';
import type { Row } from './columns.ts';
import type { ShardEnvironment } from './environment.ts';
import { type Fields, fieldsOf, listOf } from './environment-read.ts';
import { rowKey } from './key.ts';
import { runsDigest, runsOf } from './runs-digest.ts';

export interface ShardRecord {
  readonly path: string;
  readonly rows: readonly Row[];
  readonly shard: ShardEnvironment;
  /** The JSON beside it. */
  readonly environment: Fields;
}

export type Merged =
  | { readonly ok: true; readonly rows: readonly Row[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Shards in any order. Of the problems all that do not follow from others. */
export function mergeShards(shards: readonly ShardRecord[]): Merged {
  const checks = [otherPlans, notEachOnce, notWhole];
  for (const check of checks) {
    const problems = check(shards);
    if (problems.length > 0) return { ok: false, problems };
  }
  const rows = inPlanOrder(shards);
  const [first] = shards;
  if (first === undefined || runsDigest(runsOf(rows)) === first.shard.runsSha256) {
    return { ok: true, rows };
  }
  const what = 'the rows are not those of the runs that the JSON beside the shards names';
  return { ok: false, problems: [`${what}; they were edited: run the shards again`] };
}

function otherPlans([first, ...others]: readonly ShardRecord[]): readonly string[] {
  if (first === undefined) return [];
  return others.flatMap((other) => {
    const what = difference(first, other);
    return what === null ? [] : [`${other.path}: is of another plan than ${first.path}: ${what}`];
  });
}

/** How two shards differ in what they are shards of; null: not at all. */
function difference(one: ShardRecord, other: ShardRecord): string | null {
  if (one.shard.count !== other.shard.count) {
    return `it is shard ${formatShard(other.shard)}, that one ${formatShard(one.shard)}`;
  }
  const [texts, otherTexts] = [jobTexts(one.environment), jobTexts(other.environment)];
  const changed = [...texts].find(([name, text]) => otherTexts.get(name) !== text);
  if (changed !== undefined || texts.size !== otherTexts.size) {
    const [name] = changed ?? [[...otherTexts.keys()].find((each) => !texts.has(each))];
    return `they are not made from the same text of ${name}`;
  }
  if (one.shard.runsSha256 === other.shard.runsSha256) return null;
  const why = '--set, --section, the order of files, or what the text takes from a machine differs';
  return `the text is the same, and the runs are others; ${why}`;
}

/** Job files by name, without their folders, which may differ between machines. */
function jobTexts(environment: Fields): ReadonlyMap<string, unknown> {
  const files = listOf(environment['job_files']).map(fieldsOf);
  return new Map(files.map(({ name, text }) => [String(name).replace(/^.*\//, ''), text]));
}

const MISSING_TOLD = 8;

function notEachOnce(shards: readonly ShardRecord[]): readonly string[] {
  const paths = new Map<number, string>();
  const problems: string[] = [];
  for (const { path, shard } of shards) {
    const other = paths.get(shard.index);
    if (other !== undefined) {
      problems.push(`${path}: is shard ${formatShard(shard)}, and so is ${other}; leave one out`);
    }
    paths.set(shard.index, path);
  }
  const count = shards[0]?.shard.count ?? 0;
  const missing = Array.from({ length: count }, (_, place) => place + 1)
    .filter((index) => !paths.has(index))
    .map((index) => formatShard({ index, count }));
  if (missing.length === 0) return problems;
  const more = missing.length - MISSING_TOLD;
  const names = missing.slice(0, MISSING_TOLD).join(', ') + (more > 0 ? ` and ${more} more` : '');
  return [...problems, `missing: ${names}; coffer run --shard ${missing[0]} makes the first`];
}

function notWhole(shards: readonly ShardRecord[]): readonly string[] {
  const keys = new Map<string, string>();
  return shards.flatMap(({ path, rows, shard }) => {
    const problems: string[] = [];
    const points = pointsOf(rows).length;
    const asked = shareOf(shard, shard.points);
    if (points !== asked) {
      const whole = `shard ${formatShard(shard)} of ${shard.points} points has ${asked}`;
      problems.push(`${path}: has rows of ${points} points, and ${whole}; run it again`);
    }
    for (const row of rows) {
      const key = rowKey(row);
      const other = keys.get(key);
      if (other !== undefined) {
        problems.push(`${path}: has a row that ${other} has already: ${key}; run it again`);
        break;
      }
      keys.set(key, path);
    }
    return problems;
  });
}

function inPlanOrder(shards: readonly ShardRecord[]): readonly Row[] {
  const byPlace: (readonly Row[])[] = [];
  for (const { rows, shard } of shards) {
    for (const [nth, point] of pointsOf(rows).entries()) byPlace[placeOf(shard, nth)] = point;
  }
  return byPlace.flat();
}

/** Rows of the same point, all repetitions of it, together. */
function pointsOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  const points: Row[][] = [];
  let before: Row | undefined;
  for (const row of rows) {
    const same = before?.job_file === row.job_file && before.point === row.point;
    if (same) points.at(-1)?.push(row);
    else points.push([row]);
    before = row;
  }
  return points;
}
