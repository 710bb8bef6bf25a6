/** Jobs of a virtual world that share their I/Os. */

import { expect, test } from 'vitest';
import { formatDiagnostic, loadPlan } from '../../../src/job/load.ts';
import type { Row } from '../../../src/record/columns.ts';
import { run } from '../../../src/runner/run.ts';
import { present } from '../../../src/units/assert.ts';

const WORLD = `[host h0]
cpus=4
[device nb0]
driver=null_blk
size=1m
MEMORYirqmode=2
completion_nsec=10000
[global]
filename=nb0
host=h0
size=1m
bs=4k
time_based
runtime=20ms
`;

async function rowsOf(text: string, memory = 'data=none\nmemory_backed=0\n'): Promise<Row[]> {
  const world = WORLD.replace('MEMORY', memory);
  const loaded = loadPlan({ jobFile: 'a.fio', text: world + text });
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(formatDiagnostic).join('\n'));
  const { rows } = await run(present(loaded.plan.runs[0], 'a run'), { trace: false });
  return rows.filter(({ group }) => group !== null);
}

const iosOf = (rows: readonly Row[]): number[] => rows.map(({ ios }) => Number(ios));

async function shares(text: string): Promise<number[]> {
  const ios = iosOf(await rowsOf(text));
  const least = Math.min(...ios);
  return ios.map((each) => each / least);
}

// The shares that fio 3.33 came to: see test/conformance/fio/job-control.test.ts.
test.each<[string, string, number[]]>([
  ['two', '[a]\nflow=3\n[b]\nflow=1\n', [3, 1]],
  ['three', '[a]\nflow=1\n[b]\nflow=1\n[c]\nflow=2\n', [1, 1, 2]],
  ['each clone has the weight', '[a]\nflow=8\nnumjobs=2\n[b]\nflow=1\n', [8, 8, 1]],
  ['at depth', '[a]\nflow=3\niodepth=8\n[b]\nflow=1\niodepth=8\n', [3, 1]],
  ['of different sizes', '[a]\nflow=1\n[b]\nflow=1\nbs=64k\n', [1, 1]],
  ['with flow_sleep', '[a]\nflow=3\nflow_sleep=20\n[b]\nflow=1\nflow_sleep=20\n', [3, 1]],
  ['the null engine', 'ioengine=null\n[a]\nflow=3\n[b]\nflow=1\n', [3, 1]],
])('%s', async (_, text, expected) => {
  const found = await shares(text);
  for (const [job, share] of expected.entries()) {
    expect(Math.abs(present(found[job], 'each job') / share - 1)).toBeLessThan(0.02);
  }
});

test('who goes its own way, and flows of other ids, are not weighed', async () => {
  const flows = '[a]\nflow=3\nflow_id=1\n[b]\nflow=1\nflow_id=1\n[c]\nflow=5\nflow_id=2\n[d]\n';
  const [a = 0, b = 0, c = 0, d = 0] = await shares(flows);
  expect([Math.round(a / b), c > 2 * b, d > 2 * b]).toEqual([3, true, true]);
});

test('alone it goes as fast as without', async () => {
  expect(iosOf(await rowsOf('[a]\nflow=5\n'))).toEqual(iosOf(await rowsOf('[a]\n')));
});

test('when the others have ended it goes on by itself; who comes later begins level', async () => {
  const alone = iosOf(await rowsOf('[a]\n'))[0] ?? 0;
  const ended = iosOf(await rowsOf('[a]\nflow=1\n[b]\nflow=1\nruntime=10ms\n'));
  // Half of the time by itself: what it did beside the other counts in both.
  expect((ended[0] ?? 0) - (ended[1] ?? 0)).toBeGreaterThan(0.45 * alone);
  const late = iosOf(await rowsOf('[a]\nflow=1\n[b]\nflow=1\nstartdelay=10ms\nruntime=10ms\n'));
  expect((late[0] ?? 0) - (late[1] ?? 0)).toBeGreaterThan(0.45 * alone);
});

test('the runtime ends who is held back', async () => {
  const text = '[a]\nflow=1\nruntime=5ms\nexitall\n[b]\nflow=1000\nthinktime=1s\nruntime=30ms\n';
  const rows = await rowsOf(text);
  expect(rows.map(({ state }) => state)).toEqual(['done', 'done']);
});

test('the same each time', async () => {
  const text = '[a]\nflow=3\nrw=randread\niodepth=4\n[b]\nflow=2\n[c]\nflow=1\nnumjobs=2\n';
  expect(await rowsOf(text)).toEqual(await rowsOf(text));
});

// fio 3.33, 8 MiB of 4k writes verified beside reads of a job that exitall ends: 4100 reads.
test('what is read back for verification is shared too', async () => {
  const text =
    'exitall\n[a]\nflow=1\nrw=write\nverify=crc32c\ntime_based=0\nruntime=1s\n[b]\nflow=1\nruntime=1s\n';
  const rows = await rowsOf(text, 'data=memory\n');
  const [back, written, reads] = rows.map(({ ios }) => Number(ios));
  expect(rows.map(({ direction }) => direction)).toEqual(['read', 'write', 'read']);
  expect([written, back]).toEqual([256, 256]);
  expect(Math.abs((reads ?? 0) - 512)).toBeLessThanOrEqual(3);
});
