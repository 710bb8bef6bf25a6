import { expect, test } from 'vitest';
import { job, refusals, warnings, WORLD } from './fixture.ts';

const NONE = { read: 0, write: 0, trim: 0, copy: 0 };
const JOB = '[a]\nfilename=nvme0\nsize=64m\n';

test('a job without rates and pauses has no pace', () => {
  const { pace, rampBytes, ends } = job(JOB);
  expect([pace, rampBytes, ends.minimumRate]).toEqual([null, null, null]);
  expect(job(`${JOB}rate=0\nthinktime=0\nrate_min=0`).pace).toBeNull();
});

test.each([
  ['rate=4m', { countsIos: false, perSecond: perSecond(4_194_304) }],
  ['rate=1m,2m', { countsIos: false, perSecond: { ...perSecond(2_097_152), read: 1_048_576 } }],
  ['rate=1m,', { countsIos: false, perSecond: { ...NONE, read: 1_048_576 } }],
  ['rate_iops=500', { countsIos: true, perSecond: perSecond(500) }],
])('%s', (line, rates) => {
  expect(job(`${JOB}rw=rw\n${line}`).pace?.rates).toEqual(rates);
});

function perSecond(each: number) {
  return { read: each, write: each, trim: each, copy: each };
}

test('rate=,,,1m is of copies', () => {
  const copy = `${JOB}rw=copy\ndest_offset=512m\nrate=,,,1m`;
  expect(job(copy).pace?.rates?.perSecond).toEqual({ ...NONE, copy: 1_048_576 });
});

test('rate_process and rate_ignore_thinktime', () => {
  const lines = 'rate_iops=5\nrate_process=poisson\nthinktime=7\nrate_ignore_thinktime=1';
  expect(job(JOB + lines).pace).toMatchObject({ process: 'poisson', ignoresThinkTime: true });
});

test.each([
  ['thinktime=7', { pauseNs: 7000, spinNs: 0, blocks: 1, counts: 'complete', ioTimeNs: null }],
  ['thinktime=7ms\nthinktime_spin=7ms\nthinktime_blocks=3', { spinNs: 7e6, blocks: 3 }],
  ['thinktime=7\nthinktime_iotime=2', { blocks: null, ioTimeNs: 2e9 }],
  ['thinktime=7\nthinktime_iotime=2\nthinktime_blocks=5', { blocks: 5, ioTimeNs: 2e9 }],
  ['thinktime=7\nthinktime_blocks_type=issue', { counts: 'issue' }],
])('%s', (lines, think) => {
  expect(job(JOB + lines).pace?.think).toMatchObject(think);
});

test('a least rate, over its cycle', () => {
  expect(job(`${JOB}rate_iops=500\nrate_iops_min=500\nratecycle=300`).ends.minimumRate).toEqual({
    countsIos: true,
    perSecond: perSecond(500),
    cycleNs: 300e6,
  });
});

test('ramp_size is the size of the ramp', () => {
  expect(job(`${JOB}ramp_size=10m`)).toMatchObject({ rampBytes: 10_485_760, rampNs: 0 });
});

test.each([
  [
    'rate=1m\nrate_iops=5',
    '15: rate_iops: rate and rate_iops say the same in bytes and in I/Os; give one of them',
  ],
  [
    'rate_min=1m\nrate_iops_min=5',
    '15: rate_iops_min: rate_min and rate_iops_min say the same in bytes and in I/Os; give one of them',
  ],
  [
    'rate=1m\nrate_min=2m',
    '15: rate_min: 2097152 of read is more than rate=1048576 lets it; give less',
  ],
  [
    'rate_iops=100\nrate_iops_min=200',
    '15: rate_iops_min: 200 of read is more than rate_iops=100 lets it; give less',
  ],
  [
    'thinktime=5ms\nthinktime_spin=6ms',
    '15: thinktime_spin: 6ms is more than all of thinktime=5ms; give less',
  ],
  ['ramp_time=1\nramp_size=1m', '15: ramp_size: a ramp ends by its size or by its time; give one'],
])('%s', (lines, says) => {
  expect(refusals(`${WORLD}${JOB}${lines}\n`)).toEqual([`jobs/a.fio:${says}`]);
});

// fio refuses these for the directions that the job does not have.
test('a least rate of writes that the job does not have is no mistake', () => {
  const { ends } = job(`${JOB}rate=2m,1m\nrate_min=2m,2m`);
  expect(ends.minimumRate?.perSecond.read).toBe(2_097_152);
});

test.each([
  ['rate=,1m', 'rate: has no effect: it gives none for read'],
  ['rate_process=poisson', 'rate_process: has no effect without a rate'],
  [
    'rate_iops=5\nrate_ignore_thinktime=1',
    'rate_ignore_thinktime: has no effect without both a rate and thinktime',
  ],
  ['rate_cycle=500', 'rate_cycle: has no effect without rate_min or rate_iops_min'],
  ['thinktime_blocks=4', 'thinktime_blocks: has no effect without thinktime'],
  ['rate=100\nruntime=10', 'rate: lets one read start each 41.0 s: one in all of runtime=10s'],
])('%s warns', (lines, says) => {
  const told = warnings(`${WORLD}${JOB}${lines}\n`);
  expect(told.map((one) => one.replace(/^jobs\/a.fio:\d+: /, ''))).toEqual([says]);
});

test.each(['rate_process=linear', 'thinktime_spin=0', 'rate_iops=1\nruntime=2'])(
  '%s says nothing',
  (lines) => {
    expect(warnings(`${WORLD}${JOB}${lines}\n`)).toEqual([]);
  },
);
