/**
 * Rates and pauses against fio 3.33. I/Os and ms are what fio says itself, with
 * `fio --name=p --ioengine=null --size=100g --bs=4k --time_based --output-format=json OPTIONS`
 * (without time_based where number_ios ends the job), on a quiet machine. fio's I/Os end late by
 * some hundreds of µs now and then, so its figures are good to some I/Os and ms; in a simulated world
 * they are exact, and within 2 %.
 */

import { expect, test } from 'vitest';
import { run } from '../../../src/runner/run.ts';
import { firstRun } from '../../unit/job/fixture.ts';

const DEVICE = '[device nullb0]\ndriver=null_blk\nsize=1t\ndata=none\nmemory_backed=0\n';
const NULL_BLK = `${DEVICE}[p]\nfilename=nullb0\nsize=100g\n`;

interface Told {
  readonly ios: number;
  readonly ms: number;
}

async function told(options: string): Promise<Readonly<Record<string, Told>>> {
  const { rows } = await run(firstRun(`${NULL_BLK}${options.split(' ').join('\n')}\n`), {
    trace: false,
  });
  return Object.fromEntries(
    rows.flatMap(({ direction, ios, runtime_ns: ns }) =>
      typeof direction === 'string' && typeof ios === 'number' && typeof ns === 'number'
        ? [[direction, { ios, ms: ns / 1e6 }] as const]
        : [],
    ),
  );
}

const within = (value: number, other: number, percent: number): void => {
  expect(Math.abs(value - other)).toBeLessThanOrEqual(Math.max(1, (other * percent) / 100));
};

test.each<[string, Readonly<Record<string, Told>>]>([
  ['rate=4m runtime=1 time_based', { read: { ios: 1024, ms: 1001 } }],
  ['rate_iops=1000 number_ios=500', { read: { ios: 500, ms: 500 } }],
  ['rate=1000 number_ios=3', { read: { ios: 3, ms: 8193 } }],
  [
    'rate_iops=1000 runtime=1 time_based rw=randrw',
    { read: { ios: 1000, ms: 1001 }, write: { ios: 1001, ms: 1001 } },
  ],
  [
    'rate_iops=1000,500 runtime=1 time_based rw=randrw',
    { read: { ios: 1000, ms: 1001 }, write: { ios: 501, ms: 1001 } },
  ],
  // rates decide the shares, whatever rwmixread says
  [
    'rate_iops=1000,500 number_ios=600 rw=randrw rwmixread=90',
    { read: { ios: 400, ms: 400 }, write: { ios: 200, ms: 400 } },
  ],
  [
    'rate_iops=10, rw=randrw rwmixread=100 runtime=1 time_based',
    { read: { ios: 10, ms: 1001 }, write: { ios: 0, ms: 1001 } },
  ],
  ['thinktime=10ms number_ios=10', { read: { ios: 10, ms: 101 } }],
  ['thinktime=10ms thinktime_blocks=4 number_ios=10', { read: { ios: 10, ms: 21 } }],
  ['thinktime=10ms thinktime_blocks=4 number_ios=12', { read: { ios: 12, ms: 31 } }],
  [
    'thinktime=10ms thinktime_blocks=4 thinktime_blocks_type=issue number_ios=12 iodepth=8',
    { read: { ios: 12, ms: 31 } },
  ],
  ['thinktime=10ms thinktime_spin=4ms number_ios=20', { read: { ios: 20, ms: 202 } }],
  ['thinktime_blocks=10 number_ios=12', { read: { ios: 12, ms: 1 } }],
  [
    'thinktime=100ms thinktime_iotime=200ms rate_iops=1000 runtime=5 time_based',
    { read: { ios: 5001, ms: 5001 } },
  ],
  [
    'thinktime=100ms thinktime_iotime=200ms rate_iops=1000 rate_ignore_thinktime=1 runtime=1 time_based',
    { read: { ios: 703, ms: 1001 } },
  ],
  [
    'thinktime=100ms thinktime_blocks=100 rate_iops=1000 rate_ignore_thinktime=1 runtime=1 time_based',
    { read: { ios: 505, ms: 1001 } },
  ],
])('%s', async (options, expected) => {
  const found = await told(options);
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [direction, { ios, ms }] of Object.entries(expected)) {
    within(found[direction]?.ios ?? 0, ios, 2);
    // fio counts whole ms, and an I/O of its null engine that ends late is caught in the sum
    if (ms < 20) expect(found[direction]?.ms).toBeLessThan(2);
    else expect(Math.abs((found[direction]?.ms ?? 0) - ms)).toBeLessThanOrEqual(ms * 0.02 + 4);
  }
});

// fio: 990 I/Os a second over ten seconds (--runtime=10), chance being chance.
test('the mean of a Poisson process is its rate', async () => {
  const { read } = await told('rate_iops=1000 rate_process=poisson runtime=100 time_based');
  within(read?.ios ?? 0, 100_000, 2);
});

// fio ends the pause that it is in: 10 pauses, 1000 I/Os, 1101 ms. Here runtime ends it.
test('pauses are caught up, and no pause outlasts runtime', async () => {
  const options = 'thinktime=100ms thinktime_blocks=100 rate_iops=1000 runtime=1 time_based';
  const { read } = await told(options);
  expect(read?.ms).toBe(1000);
  within(read?.ios ?? 0, 908, 2);
});

// fio --rate_iops_min=90 --thinktime=20ms --rate_cycle=300 --runtime=4: fails after 2309 ms with
// "rate_iops_min=90 not met, got 50 IOPS"; with --rate_cycle=10000 it is through before a cycle is.
test('a job below its least rate fails when a cycle is over', async () => {
  const slow = 'rate_iops_min=90 thinktime=20ms runtime=4 time_based rate_cycle=';
  const plan = (cycle: number) => firstRun(`${NULL_BLK}${(slow + cycle).split(' ').join('\n')}\n`);
  const [failed] = (await run(plan(300), { trace: false })).rows;
  expect(failed).toMatchObject({ state: 'failed' });
  expect(failed?.error).toMatch(
    /^rate_iops_min=90 was not kept: 4\d I\/Os a second of read within 3\d\d/,
  );
  expect(Math.abs(Number(failed?.runtime_ns) / 1e6 - 2309)).toBeLessThan(46);
  const [through] = (await run(plan(10_000), { trace: false })).rows;
  expect(through).toMatchObject({ state: 'done' });
});
