import { describe, expect, test } from 'vitest';
import { firstRun, job, refusals, warnings, WORLD } from './fixture.ts';
import { jobOf, warned } from './real-fixture.ts';

const BODY = '[a]\nfilename=nvme0\n';
const MS = 1e6;
const named = (lines: string) =>
  job(`${BODY}${lines}`).log?.logs.map(
    ({ kind, name, windowNs }) => `${name}_${kind} ${windowNs / MS}`,
  );

describe('which logs', () => {
  test('none, without an option that asks for one', () => {
    expect(job(BODY).log).toBeNull();
    expect(job(`${BODY}log_avg_msec=100\nlog_offset=1\n`).log).toBeNull();
  });

  test('without a value the name is that of the job, which is no path', () => {
    expect(named('write_bw_log\nwrite_iops_log=out/x\n')).toEqual(['a_bw 0', 'out/x_iops 0']);
    const slashed = job('[raid0/copy]\nfilename=nvme0\nwrite_bw_log\n');
    expect(slashed.log?.logs).toMatchObject([{ name: 'raid0_copy' }]);
  });

  test('latencies are three logs', () => {
    expect(named('write_lat_log=x\n')).toEqual(['x_slat 0', 'x_clat 0', 'x_lat 0']);
  });

  test('disable_ leaves one out', () => {
    const all = 'write_lat_log=x\nwrite_bw_log=x\n';
    expect(named(`${all}disable_slat=1\ndisable_bw=1\n`)).toEqual(['x_clat 0', 'x_lat 0']);
    expect(named(`${all}disable_clat=1\ndisable_lat=1\n`)).toEqual(['x_bw 0', 'x_slat 0']);
    expect(job(`${BODY}write_bw_log\ndisable_bw_measurement=1\n`).log).toBeNull();
  });

  test('a histogram needs its window', () => {
    expect(named('write_hist_log\nlog_hist_msec=50\n')).toEqual(['a_clat_hist 50']);
    expect(refusals(`${WORLD}${BODY}write_hist_log\n`)).toEqual([
      'jobs/a.fio:13: write_hist_log: would stay empty: histograms are of windows; give log_hist_msec too',
    ]);
  });
});

describe('windows', () => {
  const all = 'write_bw_log=x\nwrite_iops_log=x\nwrite_lat_log=x\ndisable_slat=1\ndisable_clat=1\n';

  test('log_avg_msec is that of all', () => {
    expect(named(`${all}log_avg_msec=100\n`)).toEqual(['x_bw 100', 'x_iops 100', 'x_lat 100']);
  });

  // Measured: fio takes the smaller of the two, so that a larger one changes nothing.
  test('bwavgtime and iopsavgtime make theirs narrower, and no wider', () => {
    const narrow = 'log_avg_msec=100\nbwavgtime=300\niopsavgtime=50\n';
    expect(named(all + narrow)).toEqual(['x_bw 100', 'x_iops 50', 'x_lat 100']);
  });

  test('they are windows of logs, and nothing else', () => {
    expect(warnings(`${WORLD}${BODY}bwavgtime=100\n`)).toEqual([
      'jobs/a.fio:13: bwavgtime: has no effect without write_bw_log and log_avg_msec: it is ' +
        'a window of that log',
    ]);
    expect(warnings(`${WORLD}${BODY}write_bw_log\nbwavgtime=100\n`)).toHaveLength(1);
    expect(warnings(`${WORLD}${BODY}write_bw_log\nbwavgtime=100\nlog_avg_msec=200\n`)).toEqual([]);
  });
});

test('what the lines tell', () => {
  const columns = 'log_offset=1\nlog_prio=1\nlog_issue_time=1\nper_job_logs=0\nlog_max_value=1\n';
  const { log } = job(`${BODY}write_lat_log\nlog_avg_msec=10\nlog_hist_coarseness=3\n${columns}`);
  expect(log).toMatchObject({
    perJob: false,
    value: 'max',
    coarseness: 3,
    offset: true,
    prio: true,
    issueTime: true,
    epoch: 'start',
  });
});

test('what has no effect is told where a job says it itself', () => {
  const told = (lines: string) => warnings(`${WORLD}${BODY}${lines}\n`);
  expect(told('log_offset=1')).toEqual([
    'jobs/a.fio:13: log_offset: has no effect: the job writes no log; give write_bw_log ' +
      'or its like',
  ]);
  expect(told('write_bw_log\nlog_window_value=both')).toEqual([
    'jobs/a.fio:14: log_window_value: has no effect without log_avg_msec: a line is one I/O',
  ]);
  expect(told('write_bw_log\nlog_hist_msec=5')).toEqual([
    'jobs/a.fio:14: log_hist_msec: has no effect without write_hist_log',
  ]);
  expect(told('disable_lat=1')).toEqual([
    'jobs/a.fio:13: disable_lat: has no effect without write_lat_log: the record always has ' +
      'its figures',
  ]);
  expect(warnings(`${WORLD}[global]\nlog_offset=1\n${BODY}`)).toEqual([]);
});

test('an epoch is for the clocks of real targets', () => {
  const real = 'filename=ours\nwrite_bw_log\n';
  expect(jobOf(`${real}log_unix_epoch=1`).log?.epoch).toBe('realtime');
  const monotonic = 'log_alternate_epoch=1\nlog_alternate_epoch_clock_id=1';
  expect(jobOf(real + monotonic).log?.epoch).toBe('monotonic');
  expect(warned(`${real}log_unix_epoch=1`)).toEqual([]);
  expect(warnings(`${WORLD}${BODY}write_bw_log\nlog_unix_epoch=1\n`)).toEqual([
    'jobs/a.fio:14: log_alternate_epoch: has no effect: it is for real files and block devices',
  ]);
});

test('an epoch without a log, and a clock without an epoch, are told', () => {
  const noLog = 'has no effect: the job writes no log; give write_bw_log or its like';
  const both = 'log_unix_epoch=1\nlog_alternate_epoch_clock_id=1';
  expect(warned(`filename=ours\n${both}`)).toEqual([
    expect.stringContaining(`log_alternate_epoch: ${noLog}`),
    expect.stringContaining(`log_alternate_epoch_clock_id: ${noLog}`),
  ]);
  expect(warned(`filename=ours\nwrite_bw_log\n${both}`)).toEqual([]);
  expect(warned('filename=ours\nwrite_bw_log\nlog_alternate_epoch_clock_id=1')).toEqual([
    expect.stringMatching(/clock_id: has no effect without log_alternate_epoch: it says which/),
  ]);
  // Both are for real targets, and that is said once.
  expect(warnings(`${WORLD}${BODY}${both}\n`)).toHaveLength(2);
});

test('logs are no part of the question, percentiles are', () => {
  const digest = (lines: string) => firstRun(`${WORLD}${BODY}${lines}`).planSha256;
  expect(digest('write_bw_log\nlog_avg_msec=5\nlog_offset=1\ndisable_lat=1\n')).toBe(digest(''));
  expect(digest('lat_percentiles=0\nslat_percentiles=0\n')).toBe(digest(''));
  expect(digest('percentile_list=50:99\n')).not.toBe(digest(''));
});

describe('percentiles', () => {
  const asked = (lines: string) => job(`${BODY}${lines}\n`).percentiles;

  test('none are told unless one of four options is given', () => {
    expect(asked('')).toBeNull();
  });

  // Measured: fio sorts the list, and tells those of clat whatever else is asked for.
  test('a list alone is of completion latencies, and is sorted, each once', () => {
    expect(asked('percentile_list=99.9:50:99.9:0.5')).toEqual({
      slat: false,
      clat: true,
      lat: false,
      list: [0.5, 50, 99.9],
    });
  });

  test('a switch adds its own, with the list of fio', () => {
    const given = asked('lat_percentiles=1');
    expect(given).toMatchObject({ slat: false, clat: true, lat: true });
    expect(given?.list).toHaveLength(17);
    expect(asked('slat_percentiles=1\nclat_percentiles=0')).toMatchObject({
      slat: true,
      clat: false,
      lat: false,
    });
    expect(asked('clat_percentiles=0')).toBeNull();
  });

  test('what is misspelt is told once', () => {
    expect(refusals(`${WORLD}${BODY}clat_percentiles=x\npercentile_list=50:x\n`)).toHaveLength(2);
  });

  test.each([
    ['0:50', '0 is no percentile; give above 0 to 100'],
    ['50:100.1', '100.1 is no percentile; give above 0 to 100'],
    [
      Array.from({ length: 21 }, (_, at) => at + 1).join(':'),
      'has 21 percentiles; 20 are the most',
    ],
  ])('%s is refused', (list, what) => {
    expect(refusals(`${WORLD}${BODY}percentile_list=${list}\n`)).toEqual([
      `jobs/a.fio:13: percentile_list: ${what}`,
    ]);
  });
});
