import { expect, test } from 'vitest';
import { runsDigest, runsOf } from '../../../src/record/runs-digest.ts';
import { aRow } from '../../support/a-row.ts';
import { readsPlan } from '../../support/plan-of.ts';

const { runs } = readsPlan('sweep_iodepth=1 2\nrepeat=2');

test('the rows of runs have the digest of the runs, however many rows each has', () => {
  const rows = runs.flatMap(({ jobFile, point, repetition, planSha256 }) => {
    const cells = { job_file: jobFile, point, repetition, plan_sha256: planSha256 };
    return [aRow(cells), aRow({ ...cells, job: 'background:nb0' })];
  });
  expect(runsDigest(runsOf(rows))).toBe(runsDigest(runs));
  expect(runsDigest(runsOf(rows.slice(2)))).not.toBe(runsDigest(runs));
  expect(runsDigest(runsOf(rows.toReversed()))).not.toBe(runsDigest(runs));
});

test('a run without a sweep has an empty point, which a CSV reads back as absent', () => {
  const plain = readsPlan().runs;
  const [run] = plain;
  const row = aRow({ job_file: 'reads.fio', point: null, plan_sha256: run?.planSha256 ?? '' });
  expect(runsDigest(runsOf([row]))).toBe(runsDigest(plain));
});
