/** The same plan and seed ask for the same I/O, and give the same record. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadPlan } from '../../src/job/load.ts';
import type { RunPlan } from '../../src/job/plan.ts';
import type { Row } from '../../src/record/columns.ts';
import { run } from '../../src/runner/run.ts';
import type { WorkloadSpec } from '../../src/workload/spec.ts';
import { aWorkload, runWhole } from '../support/workload-spec.ts';

const BLOCK = 4096;

const spec: fc.Arbitrary<Partial<WorkloadSpec>> = fc
  .record({
    access: fc.constantFrom('read', 'write', 'mixed', 'copy'),
    random: fc.boolean(),
    norandommap: fc.boolean(),
    readPercent: fc.nat({ max: 100 }),
    blocks: fc.integer({ min: 1, max: 60 }),
    rest: fc.constantFrom(0, 512, 2048),
    numRange: fc.integer({ min: 1, max: 5 }),
    loops: fc.integer({ min: 1, max: 3 }),
    seeds: fc.array(fc.integer(), { minLength: 1, maxLength: 3 }),
  })
  .map(({ blocks, rest, ...others }) => ({
    ...others,
    sizeBytes: blocks * BLOCK + rest,
    ioSizeBytes: blocks * BLOCK,
    depth: 1,
  }));

test('the same seeds ask for the same I/Os, all of them inside the region', () => {
  fc.assert(
    fc.property(spec, (given) => {
      const asked = runWhole(aWorkload(given));
      expect(runWhole(aWorkload(given))).toEqual(asked);
      const end = Math.floor((given.sizeBytes ?? 0) / BLOCK) * BLOCK;
      for (const { offsetBytes, lengthBytes, destOffsetBytes, ranges } of asked) {
        if (given.access === 'copy') {
          for (const range of ranges) expect(range + BLOCK).toBeLessThanOrEqual(end);
          expect(ranges).toHaveLength(lengthBytes / BLOCK);
          expect(destOffsetBytes - 1_048_576 + lengthBytes).toBeLessThanOrEqual(end);
        } else {
          expect(offsetBytes + lengthBytes).toBeLessThanOrEqual(end);
        }
      }
    }),
  );
});

test('copies of a pass visit every source block once and fill the destination without a gap', () => {
  fc.assert(
    fc.property(spec, (given) => {
      const asked = runWhole(aWorkload({ ...given, access: 'copy', norandommap: false, loops: 1 }));
      const blocks = Math.floor((given.sizeBytes ?? 0) / BLOCK);
      const all = Array.from({ length: blocks }, (_, block) => block * BLOCK);
      const sources = asked.flatMap(({ ranges }) => ranges);
      expect(sources.sort((a, b) => a - b)).toEqual(all);
      const filled = asked.flatMap(({ destOffsetBytes, lengthBytes }) =>
        Array.from(
          { length: lengthBytes / BLOCK },
          (_, block) => destOffsetBytes - 1_048_576 + block * BLOCK,
        ),
      );
      expect(filled.sort((a, b) => a - b)).toEqual(all);
    }),
  );
});

interface Asked {
  readonly rw: string;
  readonly path: string;
  readonly depth: number;
  readonly ranges: number;
  readonly jobs: number;
  readonly seed: number;
}

function planOf({ rw, path, depth, ranges, jobs, seed }: Asked): RunPlan {
  const copies = rw.endsWith('copy') ? `path=${path}\nnum_range=${ranges}\ndest_offset=2m\n` : '';
  const text = `[device nb0]
driver=null_blk
size=4m
data=tags
completion_nsec=3000
irqmode=2
copy_max_bytes=16k
[jobs]
filename=nb0
rw=${rw}
bs=8k
size=128k
offset_increment=128k
iodepth=${depth}
numjobs=${jobs}
randseed=${seed}
${copies}`;
  const loaded = loadPlan({ jobFile: 'a.fio', text, firstIndex: 0 });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  const [only] = loaded.plan.runs;
  if (only === undefined) throw new Error('a plan of no run');
  return only;
}

async function rowsOf(asked: Asked): Promise<readonly Row[]> {
  return (await run(planOf(asked), { trace: false })).rows;
}

test('the same plan gives the same record', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        rw: fc.constantFrom('randread', 'randwrite', 'randrw', 'copy', 'randcopy'),
        path: fc.constantFrom('offload', 'emulation', 'read-write'),
        depth: fc.integer({ min: 1, max: 9 }),
        ranges: fc.integer({ min: 1, max: 4 }),
        jobs: fc.integer({ min: 1, max: 3 }),
        seed: fc.nat(),
      }),
      async (asked) => {
        const rows = await rowsOf(asked);
        expect(rows.length).toBeGreaterThan(1);
        for (const row of rows) expect([row.state, row.verify_errors ?? 0]).toEqual(['done', 0]);
        expect(await rowsOf(asked)).toEqual(rows);
      },
    ),
    { numRuns: 30 },
  );
});
