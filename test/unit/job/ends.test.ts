import { expect, test } from 'vitest';
import { checkSyntax, formatDiagnostic } from '../../../src/job/load.ts';
import { firstRun, job, refusals, warnings, WORLD } from './fixture.ts';

const BODY = `${WORLD}[a]\nfilename=nvme0\n`;
const ends = (options: string) => job(`[a]\nfilename=nvme0\n${options}\n`).ends;

test.each<[string, readonly string[], boolean]>([
  ['none', [], false],
  ['0', [], false],
  ['read', ['read'], false],
  ['write', ['write'], false],
  ['io', ['read', 'write', 'trim', 'copy'], false],
  ['verify', [], true],
  ['all', ['read', 'write', 'trim', 'copy'], true],
  ['1', ['read', 'write', 'trim', 'copy'], true],
])('continue_on_error=%s', (level, directions, verify) => {
  const { continueOnError, continueOnVerify } = ends(`rw=rw\ncontinue_on_error=${level}`);
  const goesOn = Object.entries(continueOnError).flatMap(([name, on]) => (on ? [name] : []));
  expect([goesOn, continueOnVerify]).toEqual([directions, verify]);
});

test('max_latency by direction', () => {
  expect(ends('').maxLatencyNs).toBe(null);
  expect(ends('max_latency=0').maxLatencyNs).toBe(null);
  // Without a unit us, as in fio; the last holds for the directions behind it.
  expect(ends('rw=rw\nmax_latency=1s,50').maxLatencyNs).toEqual({
    read: 1e9,
    write: 50_000,
    trim: 50_000,
    copy: 50_000,
  });
});

test('latency_target', () => {
  const options = 'iodepth=8\nlatency_target=100\nlatency_window=1s\nlatency_percentile=99.9';
  expect(ends(options).latencyTarget).toEqual({
    targetNs: 100_000,
    windowNs: 1e9,
    percentile: 99.9,
    run: false,
  });
  expect(ends(`${options}\nlatency_run=1`).latencyTarget?.run).toBe(true);
});

test('steadystate', () => {
  expect(ends('ss=bw_slope:1%\nss_dur=60\nss_ramp=10').steadyState).toEqual({
    figure: 'bw',
    slope: true,
    limit: 1,
    percent: true,
    intervalNs: 1e9,
    intervals: 60,
    rampNs: 10e9,
    together: false,
  });
  // fio's default criterion.
  expect(ends('ss_dur=2s\nss_interval=500ms').steadyState).toMatchObject({
    figure: 'iops',
    slope: true,
    limit: 0.01,
    intervals: 4,
  });
  expect(ends('ss_dur=2\nnumjobs=2\ngroup_reporting').steadyState?.together).toBe(true);
});

test.each([
  [
    'latency_target=1ms',
    '13: latency_target: each depth is tried for a time; give latency_window too',
  ],
  [
    'latency_target=1ms\nlatency_window=1s\niodepth=8\niodepth_low=2',
    '16: iodepth_low: latency_target changes the depth itself; remove iodepth_low',
  ],
  [
    'latency_target=1ms\nlatency_window=10s\nruntime=5',
    '15: runtime: 5s is over before the first depth has been tried for latency_window=10s; give more',
  ],
  [
    'latency_target=1ms\nlatency_window=1s\nss_dur=5',
    '13: latency_target: a search for a depth and steadystate both say when the job ends; give one of them',
  ],
  ['ss=iops:5%', '13: steadystate: it never looks without a window; give steadystate_duration too'],
  [
    'ss_dur=1',
    '13: steadystate_duration: 1s is not a whole number, 2 to 1000000, of steadystate_check_interval=1s; change one',
  ],
  [
    'ss_dur=2500ms',
    '13: steadystate_duration: 2500ms is not a whole number, 2 to 1000000, of steadystate_check_interval=1s; change one',
  ],
])('%s is refused', (options, sentence) => {
  expect(refusals(`${BODY}${options}\n`)).toEqual([`jobs/a.fio:${sentence}`]);
});

test('a criterion that fio does not take is a mistake of grammar', () => {
  const { mistakes } = checkSyntax({ jobFile: 'jobs/a.fio', text: `${BODY}ss=iops\nss_dur=5\n` });
  expect(mistakes.map(formatDiagnostic)).toEqual([
    'jobs/a.fio:13: steadystate: "iops" has no limit; write one, as iops:1%',
  ]);
});

test.each([
  ['latency_window=1s', '13: latency_window: has no effect without latency_target'],
  ['latency_run=1', '13: latency_run: has no effect without latency_target'],
  ['ss_ramp=1', '13: steadystate_ramp_time: has no effect without steadystate_duration'],
  ['ss_dur=5\nruntime=3', '13: steadystate_duration: is never full: runtime=3s ends before it'],
  ['rw=write\nmax_latency=5,0', '14: max_latency: has no effect: it sets none for write'],
  [
    'continue_on_error=copy',
    '13: continue_on_error: has no effect: the job has no copy I/O, only read',
  ],
])('%s warns', (options, sentence) => {
  expect(warnings(`${BODY}${options}\n`)).toEqual([`jobs/a.fio:${sentence}`]);
});

test('io is asked as all is, as ever, but where something is verified', () => {
  const digest = (options: string) => firstRun(`${BODY}rw=write\n${options}\n`).planSha256;
  const both = (options: string) =>
    ['io', 'all'].map((level) => digest(`continue_on_error=${level}\n${options}`));
  const [io, all] = both('');
  expect(io).toBe(all);
  expect(io).not.toBe(digest(''));
  expect(new Set(both('verify=md5')).size).toBe(2);
  // One digest at all points of a sweep: what any of them verifies counts.
  expect(new Set(both('sweep_verify=none md5')).size).toBe(2);
});

test('what says nothing else is no part of the question', () => {
  const digest = (options: string) => firstRun(`${BODY}${options}\n`).planSha256;
  const plain = digest('');
  const said = 'max_latency=0\nlatency_target=0\nss_dur=0\nss_interval=1\nlatency_percentile=100';
  expect(digest(said)).toBe(plain);
  expect(digest('max_latency=1s')).not.toBe(plain);
});
