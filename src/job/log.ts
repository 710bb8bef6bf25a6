/**
 * What a job logs and which percentiles it wants told, from its options. Facts of fio 3.33 that
 * were measured: names and windows of logs, which percentiles a switch brings, and that the list is
 * sorted.
 */

import { MILLISECOND_NS } from '../units/quantity.ts';
import { choice } from './choice.ts';
import type { Log, LogKind, LogPlan, PercentilePlan } from './log-plan.ts';
import type { JobPlan } from './plan.ts';
import type { Settings } from './settings.ts';

/** By what leaves a log out. */
const LEFT_OUT: readonly (readonly [string, LogKind, string])[] = [
  ['disable_bw_measurement', 'bw', 'write_bw_log'],
  ['disable_slat', 'slat', 'write_lat_log'],
  ['disable_clat', 'clat', 'write_lat_log'],
  ['disable_lat', 'lat', 'write_lat_log'],
];

/** What is told beside the columns that every row has. */
export function resolveReports(settings: Settings): Pick<JobPlan, 'log' | 'percentiles'> {
  return { log: resolveLogs(settings), percentiles: resolvePercentiles(settings) };
}

const OF_HISTOGRAMS = ['log_hist_msec', 'log_hist_coarseness'] as const;
const OF_ALL = [
  'log_avg_msec',
  'log_offset',
  'log_issue_time',
  'log_prio',
  'per_job_logs',
] as const;
/** Simulated worlds have one clock, and those who give these there are told so elsewhere. */
const OF_REAL = ['log_alternate_epoch', 'log_alternate_epoch_clock_id'] as const;

/** null: no logs. */
function resolveLogs(settings: Settings): LogPlan | null {
  const logs = logsOf(settings);
  warnUnused(settings, logs);
  if (logs.length === 0) return null;
  const clock = settings.text('log_alternate_epoch_clock_id');
  const epoch = clock === '1' ? 'monotonic' : 'realtime';
  const alternate = settings.kind === 'real' && settings.flag('log_alternate_epoch');
  return {
    logs,
    perJob: settings.flag('per_job_logs'),
    value: choice(settings.text('log_window_value'), ['avg', 'max', 'both']),
    coarseness: settings.int('log_hist_coarseness'),
    offset: settings.flag('log_offset'),
    prio: settings.flag('log_prio'),
    issueTime: settings.flag('log_issue_time'),
    epoch: alternate ? epoch : 'start',
  };
}

/** In the order of their names in fio's listing: bandwidth, I/Os, latencies, histograms. */
function logsOf(settings: Settings): Log[] {
  const logs: Log[] = [];
  const add = (option: string, kind: LogKind, windowMs: number): void => {
    const given = settings.optionalText(option);
    if (given === null) return;
    // A job's name is no path, even with a slash in it.
    const name = given === '' ? settings.job.replaceAll('/', '_') : given;
    logs.push({ kind, name, windowNs: windowMs * MILLISECOND_NS });
  };
  const averageMs = settings.int('log_avg_msec');
  const least = (option: string) => Math.min(averageMs, settings.optionalInt(option) ?? averageMs);
  add('write_bw_log', 'bw', least('bwavgtime'));
  add('write_iops_log', 'iops', least('iopsavgtime'));
  for (const kind of ['slat', 'clat', 'lat'] as const) add('write_lat_log', kind, averageMs);
  const histogramMs = settings.int('log_hist_msec');
  if (settings.has('write_hist_log') && histogramMs === 0) {
    const what = 'would stay empty: histograms are of windows; give log_hist_msec too';
    settings.refuse(['write_hist_log', 'log_hist_msec'], what);
  } else {
    add('write_hist_log', 'clat_hist', histogramMs);
  }
  add('write_iolog', 'iolog', 0);
  const leftOut = LEFT_OUT.filter(([option]) => settings.flag(option)).map(([, kind]) => kind);
  return logs.filter(({ kind }) => !leftOut.includes(kind));
}

/** An option of a log in [global] is for the jobs that have one: only a job's own is told. */
function warnUnused(settings: Settings, logs: readonly Log[]): void {
  const without = (option: string, why: string): void => {
    if (settings.isOwn(option)) settings.warn(option, `has no effect${why}`);
  };
  for (const [option, , log] of LEFT_OUT) {
    if (settings.flag(option) && !settings.has(log)) {
      without(option, ` without ${log}: the record always has its figures`);
    }
  }
  const windowed = logs.some(({ kind, windowNs }) => kind !== 'clat_hist' && windowNs > 0);
  if (!windowed) without('log_window_value', ' without log_avg_msec: a line is one I/O');
  for (const [option, log] of [
    ['bwavgtime', 'write_bw_log'],
    ['iopsavgtime', 'write_iops_log'],
  ] as const) {
    const what = ` without ${log} and log_avg_msec: it is a window of that log`;
    if (!settings.has(log) || settings.int('log_avg_msec') === 0) without(option, what);
  }
  if (!settings.has('write_hist_log')) {
    for (const option of OF_HISTOGRAMS) without(option, ' without write_hist_log');
  }
  if (logs.length > 0) {
    if (settings.kind === 'real' && !settings.flag('log_alternate_epoch')) {
      without('log_alternate_epoch_clock_id', ' without log_alternate_epoch: it says which clock');
    }
    return;
  }
  const what = ': the job writes no log; give write_bw_log or its like';
  for (const option of OF_ALL) without(option, what);
  if (settings.kind !== 'real') return;
  for (const option of OF_REAL) without(option, what);
}

/** fio's own. */
const DEFAULT_LIST = [1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99, 99.5, 99.9, 99.95, 99.99];
const LIST_MAX = 20;

/** null: none is asked for. */
function resolvePercentiles(settings: Settings): PercentilePlan | null {
  const given = ['percentile_list', 'clat_percentiles', 'lat_percentiles', 'slat_percentiles'];
  if (!given.some((option) => settings.has(option))) return null;
  const [slat, lat] = [settings.flag('slat_percentiles'), settings.flag('lat_percentiles')];
  const known = settings.has('clat_percentiles') && !settings.isBroken('clat_percentiles');
  const clat = !known || settings.flag('clat_percentiles');
  const list = listOf(settings);
  return list === null || !(slat || clat || lat) ? null : { slat, clat, lat, list };
}

/** null: it has a mistake. */
function listOf(settings: Settings): readonly number[] | null {
  const text = settings.optionalText('percentile_list');
  if (text === null) return DEFAULT_LIST;
  const given = text.split(':').map(Number);
  const wrong = given.find((percent) => percent <= 0 || percent > 100);
  if (wrong !== undefined) {
    settings.refuse(['percentile_list'], `${wrong} is no percentile; give above 0 to 100`);
    return null;
  }
  if (given.length > LIST_MAX) {
    const what = `has ${given.length} percentiles; ${LIST_MAX} are the most`;
    settings.refuse(['percentile_list'], what);
    return null;
  }
  return [...new Set(given)].sort((a, b) => a - b);
}
