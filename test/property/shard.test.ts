/** Shards partition a list, and what they say of themselves is enough to put it together again. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pointsOf, takeShard } from '../../src/job/shard.ts';
import { formatEnvironment, shardOf } from '../../src/record/environment.ts';
import { readEnvironment } from '../../src/record/environment-read.ts';
import { mergeShards, type ShardRecord } from '../../src/record/merge.ts';
import { runsDigest, runsOf } from '../../src/record/runs-digest.ts';
import { environmentOf } from '../../src/runner/machine.ts';
import { present } from '../../src/units/assert.ts';
import { holdsPlace, placeOf, type Shard, shareOf } from '../../src/units/shard.ts';
import { aRow } from '../support/a-row.ts';
import { readsPlan } from '../support/plan-of.ts';

function shardsOf(count: number): readonly Shard[] {
  return Array.from({ length: count }, (_, place) => ({ index: place + 1, count }));
}

const counts = fc.integer({ min: 1, max: 12 });

test('every place is in one shard, where its number within the shard says', () => {
  fc.assert(
    fc.property(counts, fc.nat({ max: 200 }), (count, places) => {
      const all = Array.from({ length: places }, (_, place) => place);
      const shares = shardsOf(count).map((shard) => {
        const share = all.filter((place) => holdsPlace(shard, place));
        expect(share.map((_, nth) => placeOf(shard, nth))).toEqual(share);
        expect(shareOf(shard, places)).toBe(share.length);
        return share;
      });
      expect(shares.flat().toSorted((a, b) => a - b)).toEqual(all);
      const sizes = shares.map(({ length }) => length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});

const sweeps = fc.record({
  depths: fc.uniqueArray(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 7 }),
  loops: fc.uniqueArray(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 4 }),
  repeat: fc.integer({ min: 1, max: 3 }),
});

/** The plans of two files, and rows as their runs would give, one or two for each. */
function record({ depths, loops, repeat }: { depths: number[]; loops: number[]; repeat: number }) {
  const more = `sweep_iodepth=${depths.join(' ')}\nsweep_loops=${loops.join(' ')}`;
  const first = readsPlan(`${more}\nrepeat=${repeat}`, 'a.fio');
  const plans = [first, readsPlan('sweep_randseed=1 2', 'b.fio', first.runs.length)];
  const rows = plans.flatMap(({ runs }) =>
    runs.map(({ jobFile, point, repetition, planSha256, index }) => {
      const cells = { job_file: jobFile, point, repetition, plan_sha256: planSha256 };
      const one = aRow({ ...cells, ios: index });
      return index % 3 === 0 ? [one, aRow({ ...cells, job: 'background:nb0' })] : [one];
    }),
  );
  return { plans, rows };
}

test('the shards of a plan, in any order, merge to the record of the whole', () => {
  const cases = fc.tuple(sweeps, counts, fc.infiniteStream(fc.nat({ max: 999 })));
  fc.assert(
    fc.property(cases, ([sweep, count, chance]) => {
      const { plans, rows } = record(sweep);
      const runsSha256 = runsDigest(plans.flatMap(({ runs }) => runs));
      expect(runsDigest(runsOf(rows.flat()))).toBe(runsSha256);
      const occasion = { toolVersion: '1', argv: [], startedAt: '', endedAt: null };
      const points = pointsOf(plans);
      expect(points).toBe(sweep.depths.length * sweep.loops.length + 2);
      const shards = shardsOf(count).map((shard): ShardRecord => {
        const told = { ...occasion, shard: { ...shard, points, runsSha256 } };
        const environment = readEnvironment(formatEnvironment(environmentOf(plans, told))) ?? {};
        const runs = takeShard(plans, shard).flatMap((plan) => plan.runs);
        return {
          path: `${shard.index}.csv`,
          rows: runs.flatMap(({ index }) => present(rows[index], 'rows of each run')),
          shard: present(shardOf(environment), 'a shard'),
          environment,
        };
      });
      const shuffled = shards
        .map((shard) => ({ shard, at: Number(chance.next().value) }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ shard }) => shard);
      expect(mergeShards(shuffled)).toEqual({ ok: true, rows: rows.flat() });
    }),
    { numRuns: 40 },
  );
});
