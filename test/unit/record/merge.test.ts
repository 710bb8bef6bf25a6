import { expect, test } from 'vitest';
import type { Row } from '../../../src/record/columns.ts';
import { mergeShards, type ShardRecord } from '../../../src/record/merge.ts';
import { runsDigest, runsOf } from '../../../src/record/runs-digest.ts';
import { holdsPlace } from '../../../src/units/shard.ts';
import { aRow } from '../../support/a-row.ts';

/** Seven points, each repeated. */
const ROWS = [1, 2, 4, 8, 16, 32, 64].flatMap((iodepth) =>
  [1, 2].map((repetition) => aRow({ point: `iodepth=${iodepth}`, iodepth, repetition })),
);
const POINTS = ROWS.length / 2;

function jobFiles(text: string, name = 'jobs/a.fio'): object {
  return { job_files: [{ name, text }] };
}

function shard(index: number, count: number, changes: Partial<ShardRecord> = {}): ShardRecord {
  const place = (row: Row): number => Math.floor(ROWS.indexOf(row) / 2);
  return {
    path: `${index}.csv`,
    rows: ROWS.filter((row) => holdsPlace({ index, count }, place(row))),
    shard: { index, count, points: POINTS, runsSha256: runsDigest(runsOf(ROWS)) },
    environment: { ...jobFiles('[a]') },
    ...changes,
  };
}

function problems(...shards: readonly ShardRecord[]): readonly string[] {
  const merged = mergeShards(shards);
  return merged.ok ? [] : merged.problems;
}

test('shards in any order are the record of the whole', () => {
  const [first, second, third] = [shard(1, 3), shard(2, 3), shard(3, 3)];
  expect(mergeShards([third, first, second])).toEqual({ ok: true, rows: ROWS });
});

test('more shards than points: those without rows belong to the plan too', () => {
  const all = Array.from({ length: 9 }, (_, place) => shard(place + 1, 9));
  expect(all.at(-1)?.rows).toEqual([]);
  expect(mergeShards(all)).toEqual({ ok: true, rows: ROWS });
  expect(problems(...all.slice(0, -1))).toEqual([
    'missing: 9/9; coffer run --shard 9/9 makes the first',
  ]);
});

test('a shard is missing, or is there twice', () => {
  expect(problems(shard(2, 4))).toEqual([
    'missing: 1/4, 3/4, 4/4; coffer run --shard 1/4 makes the first',
  ]);
  expect(problems(shard(1, 2), shard(2, 2), shard(2, 2, { path: 'again.csv' }))).toEqual([
    'again.csv: is shard 2/2, and so is 2.csv; leave one out',
  ]);
  const [many] = problems(shard(1, 40));
  expect(many).toBe(
    'missing: 2/40, 3/40, 4/40, 5/40, 6/40, 7/40, 8/40, 9/40 and 31 more; ' +
      'coffer run --shard 2/40 makes the first',
  );
});

test.each([
  ['it is shard 2/3, that one 1/2', shard(2, 3)],
  [
    'they are not made from the same text of a.fio',
    shard(2, 2, { environment: { ...jobFiles('[b]') } }),
  ],
  [
    'they are not made from the same text of a.fio',
    shard(2, 2, { environment: { ...jobFiles('[a]', 'b.fio') } }),
  ],
  [
    'the text is the same, and the runs are others; --set, --section, the order of files, or ' +
      'what the text takes from a machine differs',
    shard(2, 2, { shard: { index: 2, count: 2, points: POINTS, runsSha256: 'other' } }),
  ],
])('another plan: %s', (what, other) => {
  expect(problems(shard(1, 2), other)).toEqual([`2.csv: is of another plan than 1.csv: ${what}`]);
});

test('the same file in another folder is the same file', () => {
  const elsewhere = shard(2, 2, { environment: { ...jobFiles('[a]', '/tmp/a.fio') } });
  expect(problems(shard(1, 2), elsewhere)).toEqual([]);
});

test('a point that is gone, or a row that is there twice', () => {
  const { rows } = shard(1, 2);
  expect(problems(shard(1, 2, { rows: rows.slice(2) }), shard(2, 2))).toEqual([
    '1.csv: has rows of 2 points, and shard 1/2 of 7 points has 3; run it again',
  ]);
  const [first] = rows;
  const doubled = first === undefined ? rows : [first, ...rows];
  expect(problems(shard(1, 2, { rows: doubled }), shard(2, 2))).toEqual([
    expect.stringMatching(/^1\.csv: has a row that 1\.csv has already: .*; run it again$/),
  ]);
});

test('rows that are not those of the plan', () => {
  const { rows } = shard(1, 2);
  const edited = rows.map((row) => ({ ...row, plan_sha256: 'another' }));
  const what =
    'the rows are not those of the runs that the JSON beside the shards names; they were edited: ' +
    'run the shards again';
  expect(problems(shard(1, 2, { rows: edited }), shard(2, 2))).toEqual([what]);
  const gone = rows.filter(({ repetition }) => repetition === 1);
  expect(problems(shard(1, 2, { rows: gone }), shard(2, 2))).toEqual([what]);
});
