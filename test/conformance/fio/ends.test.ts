/**
 * What ends a job by what it measures, and by errors, beside fio 3.33. The figures are fio's own
 * (`--output-format=json`); the command lines stand with them.
 */

import { expect, test } from 'vitest';
import { run } from '../../../src/runner/run.ts';
import type { Row } from '../../../src/record/columns.ts';
import { present } from '../../../src/units/assert.ts';
import { firstRun } from '../../unit/job/fixture.ts';

const COSTS = [
  'syscall',
  'application',
  'bio',
  'request',
  'interrupt',
  'completion',
  'context_switch',
];
const FREE = COSTS.map((cost) => `${cost}=0`).join('\n');

/** Serves one request after the other, 10 us each, on a host that takes no time: ten take 100 us. */
const SERIAL = `[host free]
${FREE}
[device nullb0]
host=free
driver=null_blk
size=64m
irqmode=2
completion_nsec=10000
hw_queue_depth=1
submit_queues=1
data=none
memory_backed=0
[a]
filename=nullb0
bs=4k
`;

async function rows(options: string): Promise<readonly Row[]> {
  const text = `${SERIAL}${options.split(' ').join('\n')}\n`;
  const all = (await run(firstRun(text), { trace: false })).rows;
  return all.filter(({ direction }) => direction !== null);
}

async function row(options: string): Promise<Row> {
  return present((await rows(options))[0], 'a row of the job');
}

test('max_latency: those in flight are counted, then it is over', async () => {
  // fio --filename=FILE --size=4m --bs=4k --rw=read --ioengine=libaio --iodepth=16 --max_latency=1
  // err 110, 16 I/Os; with psync 1 I/O, whatever continue_on_error says.
  const deep = await row('size=4m iodepth=16 max_latency=1');
  expect([deep.state, deep.ios]).toEqual(['failed', 16]);
  expect(deep.error).toMatch(/^ETIMEDOUT: read of 4096 bytes at 0 took \d+ ns, max_latency=1us$/);
  const one = await row('size=4m max_latency=1 continue_on_error=all');
  expect([one.state, one.ios]).toEqual(['failed', 1]);
});

test('max_latency by direction, and 0 for none', async () => {
  // fio --rw=rw --ioengine=psync --max_latency=1s,1us: it is the first write that ends the job.
  const mix = await rows('size=4m rw=rw max_latency=1s,1us');
  expect(mix.map(({ direction, ios }) => [direction, ios === 1]).at(1)).toEqual(['write', true]);
  expect(mix[1]?.error).toMatch(/^ETIMEDOUT: write of 4096/);
  expect((await row('size=4m max_latency=1s,1us')).state).toBe('done');
});

test('max_latency does not look at a ramp', async () => {
  // fio … --max_latency=1 --ramp_time=1 --time_based --runtime=1: the first I/O behind the ramp.
  const ramp = await row('size=4m ramp_time=1ms runtime=1ms time_based max_latency=1');
  expect([ramp.state, ramp.ios]).toEqual(['failed', 1]);
});

test('latency_target finds a depth that is known', async () => {
  // Each depth has its latency, 10 us more than the one below it: 105 us are for ten.
  const found = await row('size=4m iodepth=64 latency_target=105us latency_window=5ms');
  expect([found.state, found.latency_depth]).toEqual(['done', 10]);
  expect(found.lat_max_ns).toBe(100_000);
  // A window, and the I/Os that were in flight at its end.
  expect(found.runtime_ns).toBeGreaterThanOrEqual(5_000_000);
  expect(found.runtime_ns).toBeLessThan(5_200_000);
});

test('latency_target that is kept at any depth goes to iodepth, and ends there', async () => {
  // fio --ioengine=null --iodepth=32 --latency_target=10ms --latency_window=200ms --time_based
  // --runtime=10: depth 32 after 201 ms of the last window, err 0.
  const all = await row('size=4m iodepth=32 latency_target=10ms latency_window=5ms');
  expect([all.state, all.latency_depth]).toEqual(['done', 32]);
  const one = await row('size=4m latency_target=10ms latency_window=5ms');
  expect([one.state, one.latency_depth]).toEqual(['done', 1]);
});

test('latency_target that depth 1 does not keep fails, as in fio at 100 %', async () => {
  // fio --ioengine=null --latency_target=1us: err 110 at depth 1 when an I/O takes longer.
  const none = await row('size=4m iodepth=8 latency_target=5us latency_window=5ms');
  expect([none.state, none.latency_depth, none.ios]).toEqual(['failed', null, 1]);
  expect(none.error).toBe('latency_target=5us: not even depth 1 keeps it');
});

test('latency_run goes on until the job ends, and measures all of it', async () => {
  // fio … --latency_run=1 --time_based --runtime=3: 3001 ms measured.
  const all = await row(
    'size=4m iodepth=64 latency_target=105us latency_window=5ms latency_run=1 time_based runtime=300ms',
  );
  expect([all.state, all.latency_depth]).toEqual(['done', 10]);
  expect(all.runtime_ns).toBeGreaterThan(300_000_000);
});

test('steadystate of a constant stream is attained when its window is full', async () => {
  // fio --ioengine=null --rate_iops=1000 --ss=iops:10% --ss_dur=3 --time_based --runtime=12:
  // attained: 1 after 2876 ms (its first interval is short); runtime=7 with ss=bw:10: attained: 0.
  const steady = await row(
    'steadystate=iops:10% ss_dur=30ms ss_interval=10ms time_based runtime=1',
  );
  expect([steady.state, steady.steadystate_attained]).toEqual(['done', true]);
  expect(steady.runtime_ns).toBeGreaterThanOrEqual(30_000_000);
  expect(steady.runtime_ns).toBeLessThan(30_100_000);
  const never = await row(
    'steadystate=iops:10% ss_dur=30ms ss_interval=10ms time_based runtime=25ms',
  );
  expect([never.state, never.steadystate_attained]).toEqual(['done', false]);
  expect((await row('size=4m')).steadystate_attained).toBe(null);
});

test('steadystate of clones: each by itself, or all as one', async () => {
  // fio … --numjobs=2 --group_reporting: both end together, attained once for the group.
  const options =
    'steadystate=iops_slope:5% ss_dur=30ms ss_interval=10ms time_based runtime=1 numjobs=2';
  const each = await rows(`${options} offset_increment=4m size=4m`);
  expect(each.map(({ steadystate_attained: attained }) => attained)).toEqual([true, true]);
  const group = await rows(`${options} offset_increment=4m size=4m group_reporting`);
  expect(group.map(({ steadystate_attained: attained }) => attained)).toEqual([true]);
  expect(group[0]?.runtime_ns).toBeLessThan(30_100_000);
});

// fio, LD_PRELOADed so that pwrite64 of every other block says EIO:
// fio --filename=FILE --size=64k --bs=4k --ioengine=psync --rw=write --continue_on_error=LEVEL
// issued (the failed too, as its total_ios) and total_err. Here badblocks do it.
test.each([
  ['none', 2, 1],
  ['read', 2, 1],
  ['write', 16, 8],
  ['io', 16, 8],
  ['all', 16, 8],
  ['verify', 2, 1],
])('continue_on_error=%s: %d issued, %d errors', async (level, issued, errors) => {
  const bad = Array.from({ length: 8 }, (_, nth) => `+${nth * 16 + 8}-${nth * 16 + 15}`).join(',');
  const device = `[device nullb0]\ndriver=null_blk\nsize=1m\nbadblocks=${bad}\n`;
  const job = `[a]\nfilename=nullb0\nsize=64k\nrw=write\ncontinue_on_error=${level}\n`;
  const [only] = (await run(firstRun(device + job), { trace: false })).rows;
  expect([only?.state, Number(only?.ios) + Number(only?.error_ios), only?.error_ios]).toEqual([
    'failed',
    issued,
    errors,
  ]);
});
