/**
 * The laws of a plan on real files: nothing is written that was not ours to write, nothing is read
 * that is not there, and no copy's source lies in a destination; by trying all bytes of small files.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadPlan } from '../../src/job/load.ts';
import type { JobPlan, RunPlan } from '../../src/job/plan.ts';
import { rwMeaning } from '../../src/job/rw.ts';
import { present } from '../../src/units/assert.ts';
import type { TargetFacts } from '../../src/units/target-facts.ts';

const BLOCK = 512;
const no = (what: string) => fc.constantFrom(null, null, null, what);

const facts: fc.Arbitrary<TargetFacts> = fc
  .record({
    kind: fc.constantFrom('file', 'file', 'block', 'absent'),
    blocks: fc.nat({ max: 24 }),
    unusable: no('is a folder'),
    unreadable: no('may not be read'),
    unwritable: no('may not be written'),
    mounted: no('is mounted'),
    foreign: no('is not ours'),
  })
  .map(({ kind, blocks, ...why }) => ({
    ...why,
    kind,
    sizeBytes: kind === 'absent' ? 0 : blocks * BLOCK,
    contentBytes: kind === 'absent' ? 0 : blocks * BLOCK,
    logicalBlockBytes: BLOCK,
    fileSystem: null,
    identity: null,
  }));

const asked = fc.record({
  source: fc.constantFrom('x', 'y', 'f.$jobnum', 'x:y', 'x:f.$jobnum', 'f.0:f.1:f.2'),
  destination: fc.constantFrom(
    null,
    'x',
    './y',
    'f.$jobnum',
    'g.$jobnum',
    'f.1',
    'y:x',
    'z:g.$jobnum',
    'z',
    'x:y:f.0',
  ),
  filesize: fc.option(fc.integer({ min: 1, max: 8 }), { freq: 8 }),
  rw: fc.constantFrom('read', 'write', 'rw', 'copy', 'randcopy'),
  numjobs: fc.integer({ min: 1, max: 3 }),
  blocks: fc.option(fc.integer({ min: 1, max: 8 })),
  offset: fc.nat({ max: 4 }),
  increment: fc.nat({ max: 6 }),
  destOffset: fc.option(fc.nat({ max: 12 })),
  layout: fc.boolean(),
  overwrite: fc.boolean(),
  mounted: fc.boolean(),
  readonly: fc.boolean(),
  path: fc.constantFrom('offload', 'emulation', 'read-write'),
  there: fc.dictionary(fc.constantFrom('x', 'y', 'f.0', 'f.1', 'f.2', 'g.0'), facts),
});

type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;

const ABSENT: TargetFacts = {
  kind: 'absent',
  sizeBytes: 0,
  contentBytes: 0,
  logicalBlockBytes: BLOCK,
  fileSystem: null,
  unusable: null,
  unreadable: null,
  unwritable: null,
  mounted: null,
  foreign: null,
  identity: null,
};

function planOf(job: Asked): RunPlan | null {
  const line = (name: string, value: string | number | null) =>
    value === null ? '' : `${name}=${value}\n`;
  const text =
    `[a]\nfilename=${job.source}\nrw=${job.rw}\nbs=512\nnumjobs=${job.numjobs}\n` +
    `offset=${job.offset * BLOCK}\noffset_increment=${job.increment * BLOCK}\npath=${job.path}\n` +
    `layout=${Number(job.layout)}\noverwrite=${Number(job.overwrite)}\n` +
    `allow_mounted_write=${Number(job.mounted)}\n` +
    line('size', job.blocks === null ? null : job.blocks * BLOCK) +
    line('filesize', job.filesize === null ? null : job.filesize * BLOCK) +
    line('dest_filename', job.destination) +
    line('dest_offset', job.destOffset === null ? null : job.destOffset * BLOCK);
  const lookUp = (path: string) => job.there[path] ?? ABSENT;
  const loaded = loadPlan({ jobFile: 'a.fio', text, lookUp, readonly: job.readonly });
  return loaded.ok ? (loaded.plan.runs[0] ?? null) : null;
}

/** The blocks of each clone, as `file block`: of its sources, or of its destinations. */
function blocksOf(
  job: JobPlan,
  byClone: readonly (readonly string[])[],
  side: 'offsetBytes' | 'destOffsetBytes',
): string[] {
  const regions = job.files?.each ?? [job];
  return byClone.flatMap((paths, clone) =>
    paths.flatMap((path, file) => {
      const region = present(regions[file], 'a region of each file');
      const first = (region[side] ?? 0) + clone * region.offsetIncrementBytes;
      const count = Math.floor(region.sizeBytes / BLOCK);
      return Array.from({ length: count }, (_, block) => `${path} ${first / BLOCK + block}`);
    }),
  );
}

test('nothing is written without leave, or read that is not there', () => {
  let planned = 0;
  fc.assert(
    fc.property(asked, (job) => {
      const run = planOf(job);
      if (run === null) return;
      planned += 1;
      for (const target of run.targets) {
        const found = job.there[target.path] ?? ABSENT;
        const short = found.sizeBytes < target.readBytes;
        expect(found.unusable).toBeNull();
        if (target.read) expect(found.unreadable).toBeNull();
        if (short)
          expect([target.layout, target.kind, job.readonly]).toEqual([true, 'file', false]);
        if (target.kind === 'block')
          expect(target.neededBytes).toBeLessThanOrEqual(found.sizeBytes);
        if (!target.written && !short) continue;
        expect([found.unwritable, job.readonly]).toEqual([null, false]);
        expect(found.mounted === null || job.mounted).toBe(true);
        expect(found.foreign === null || job.overwrite).toBe(true);
      }
    }),
    { numRuns: 3000 },
  );
  expect(planned).toBeGreaterThan(100);
});

test('no source lies in a destination, nor two destinations in one another', () => {
  const copies = asked.map((job) => ({ ...job, there: {}, readonly: false, layout: true }));
  let planned = 0;
  let several = 0;
  fc.assert(
    fc.property(copies, (job) => {
      const plan = planOf(job)?.jobs[0];
      const real = plan?.real ?? null;
      if (plan === undefined || real === null || rwMeaning(plan.rw).access !== 'copy') return;
      planned += 1;
      several += plan.files === null ? 0 : 1;
      const read = blocksOf(plan, real.files, 'offsetBytes');
      const written = blocksOf(plan, real.destFiles, 'destOffsetBytes');
      const distinct = new Set(written);
      expect(distinct.size).toBe(written.length);
      expect(read.filter((block) => distinct.has(block))).toEqual([]);
    }),
    { numRuns: 3000 },
  );
  expect(several).toBeGreaterThan(50);
  expect(planned).toBeGreaterThan(100);
});
