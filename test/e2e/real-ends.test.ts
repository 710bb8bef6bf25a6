/** What ends a job on a real file by what it measures, and how it fills its depth. */

import { describe, expect, test } from 'vitest';
import { loadSyscalls } from '../../src/linux/syscalls.ts';
import { runJob, titled } from '../support/real-cli.ts';
import { whyNoRings } from '../support/rings.ts';
import { scratchFolder } from '../support/scratch.ts';

const loaded = loadSyscalls();
const missing = typeof loaded === 'string' ? loaded : null;
const rings = whyNoRings();
const real = test.skipIf(missing !== null);

const FILE = 'filename=data\nsize=1m\nbs=4k\nrw=randread\nunlink=1';
const FOR_EVER = 'time_based\nruntime=20s';

describe.each([
  { engine: 'psync', options: 'iodepth=1', needs: null },
  { engine: 'libaio', options: 'iodepth=8\niodepth_batch_complete_min=0', needs: missing },
  {
    engine: 'libaio',
    options: 'iodepth=8\niodepth_batch=8\niodepth_batch_complete_min=4',
    needs: missing,
  },
  { engine: 'io_uring', options: 'iodepth=8\niodepth_batch=4\niodepth_low=2', needs: rings },
  {
    engine: 'io_uring',
    options: 'iodepth=8\nrw=randwrite\nnorandommap\nserialize_overlap=1',
    needs: rings,
  },
])('$engine $options', ({ engine, options, needs }) => {
  test.skipIf(needs !== null)(titled('does all of it', needs), async () => {
    const text = `${FILE}\nioengine=${engine}\n${options}`;
    const { rows } = await runJob(text, { cwd: scratchFolder() });
    expect(rows).toMatchObject([{ state: 'done', ios: 256, error_ios: 0 }]);
  });
});

test('max_latency fails the job at the first I/O, which is counted', async () => {
  const { exitCode, rows } = await runJob(`${FILE}\nmax_latency=1ns`, { cwd: scratchFolder() });
  expect(exitCode).toBe(1);
  expect(rows).toMatchObject([{ state: 'failed', ios: 1 }]);
  expect(rows[0]?.error).toMatch(
    /^ETIMEDOUT: read of 4096 bytes at \d+ took \d+ ns, max_latency=1ns; data$/,
  );
});

test('latency_target that anything keeps goes to iodepth, and measures a window', async () => {
  const target = 'ioengine=null\niodepth=8\nlatency_target=10s\nlatency_window=20ms';
  const { rows } = await runJob(`size=1m\n${target}`, { cwd: scratchFolder() });
  expect(rows).toMatchObject([{ state: 'done', latency_depth: 8 }]);
  expect(rows[0]?.runtime_ns).toBeGreaterThanOrEqual(20_000_000);
});

test('a search that runtime ends has failed', async () => {
  const target = 'ioengine=null\niodepth=64\nlatency_target=10s\nlatency_window=30ms\nruntime=50ms';
  const { rows } = await runJob(`size=1m\n${target}`, { cwd: scratchFolder() });
  expect(rows).toMatchObject([{ state: 'failed', latency_depth: null }]);
  expect(rows[0]?.error).toMatch(/^latency_target=10s: the job ended before the search: depth 1 /);
});

real(titled('steadystate ends clones together that are judged as one', missing), async () => {
  const steady = 'steadystate=iops:99%\nss_dur=200ms\nss_interval=50ms\nnumjobs=2\ngroup_reporting';
  const { rows } = await runJob(`${FILE}\n${steady}\n${FOR_EVER}`, { cwd: scratchFolder() });
  expect(rows).toMatchObject([{ state: 'done', steadystate_attained: true }]);
  expect(rows[0]?.runtime_ns).toBeLessThan(20e9);
});

test('what never is steady is told, and is no failure', async () => {
  const steady = 'steadystate=iops:1%\nss_dur=2s\nss_interval=1s\ntime_based\nruntime=300ms';
  const { exitCode, rows } = await runJob(`${FILE}\n${steady}`, { cwd: scratchFolder() });
  expect(exitCode).toBe(0);
  expect(rows).toMatchObject([{ state: 'done', steadystate_attained: false }]);
});
