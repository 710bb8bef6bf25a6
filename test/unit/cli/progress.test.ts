import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProgressDisplay } from '../../../src/cli/progress.ts';
import type { ProgressMode } from '../../../src/cli/progress-mode.ts';
import { jobLive } from '../../support/job-live.ts';
import { readsPlan } from '../../support/plan-of.ts';
import { Screen } from '../../support/screen.ts';

const { runs } = readsPlan('');
const PROGRESS = { done: new Set<number>(), kept: new Set<number>() };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

interface Shown {
  readonly screen: Screen;
  readonly display: ProgressDisplay;
  /** `latencies` of each look. */
  readonly looks: boolean[];
}

/** A run that takes 100 s and does an I/O of 4k each ms. */
function shown(mode: ProgressMode, live = false): Shown {
  const screen = new Screen(80);
  const looks: boolean[] = [];
  const nowMs = (): number => Date.now() - startMs;
  const startMs = Date.now();
  const display = new ProgressDisplay(screen, {
    mode,
    live,
    runs,
    nowMs,
    look: (latencies) => {
      looks.push(latencies);
      const elapsedMs = nowMs();
      const told = { share: elapsedMs / 100_000, ios: elapsedMs, bytes: 4096 * elapsedMs };
      const job = jobLive({ ...told, atNs: elapsedMs * 1e6, p99Ns: latencies ? 5000 : null });
      return runs.map((plan) => ({ plan, elapsedMs, jobs: [job] }));
    },
  });
  display.update(PROGRESS);
  return { screen, display, looks };
}

test('tty: one block, written anew, gone at the end', () => {
  const { screen, display } = shown('tty');
  screen.write('$ coffer run\n');
  vi.advanceTimersByTime(20_000);
  expect(screen.text).toBe(
    '$ coffer run\n' +
      '0/1 runs, 20 %, 0:20 gone, about 1:20 left\n' +
      '  reads                                 20 % 1.00k IOPS 3.91 MiB/s    1:20 left',
  );
  display.end();
  display.end();
  expect([screen.text, screen.cursor]).toEqual(['$ coffer run', '0,1']);
  vi.advanceTimersByTime(20_000);
  expect(screen.text).toBe('$ coffer run');
});

test('tty: what is said stands above the block', () => {
  const { screen, display } = shown('tty');
  vi.advanceTimersByTime(20_000);
  display.say('laid out a file');
  const lines = screen.text.split('\n');
  expect([lines[0], lines[1]?.slice(0, 8), lines.length]).toEqual([
    'laid out a file',
    '0/1 runs',
    3,
  ]);
  display.end();
  display.say('the end');
  expect(screen.text).toBe('laid out a file\nthe end');
});

test('plain: a line every 10 s, none before', () => {
  const { screen, display } = shown('plain');
  vi.advanceTimersByTime(9_999);
  expect(screen.text).toBe('');
  vi.advanceTimersByTime(15_001);
  display.say('a note');
  display.end();
  expect(screen.text.split('\n')).toEqual([
    '0:10  0/1 runs, 10 %, about 1:30 left; reads 10 %, 3.91 MiB/s',
    '0:20  0/1 runs, 20 %, about 1:20 left; reads 20 %, 3.91 MiB/s',
    'a note',
  ]);
});

test('none: nothing, and nobody is asked', () => {
  const { screen, display, looks } = shown('none', false);
  vi.advanceTimersByTime(60_000);
  display.end();
  expect([screen.text, looks]).toEqual(['', []]);
});

test('--live in a log: a line per job each second, with p99', () => {
  const { screen, display, looks } = shown('plain', true);
  vi.advanceTimersByTime(2_000);
  display.end();
  expect(screen.text.split('\n')).toEqual([
    '0:01  reads: 1 %, 1.00k IOPS, 3.91 MiB/s, p99 5.00 µs',
    '0:02  reads: 2 %, 1.00k IOPS, 3.91 MiB/s, p99 5.00 µs',
  ]);
  expect(new Set(looks)).toEqual(new Set([true]));
});

test('without --live latencies are not asked for', () => {
  const { display, looks } = shown('tty');
  vi.advanceTimersByTime(1_000);
  display.end();
  expect(looks).toEqual([false, false]);
});

test('after Ctrl-Z and fg the block stands below what the shell has written', () => {
  const { screen, display } = shown('tty');
  vi.advanceTimersByTime(500);
  screen.write('[1]+ Stopped\n$ fg\n');
  process.emit('SIGCONT', 'SIGCONT');
  vi.advanceTimersByTime(500);
  const heads = screen.text.split('\n').map((line) => line.slice(0, 8));
  expect(heads).toEqual(['0/1 runs', '  reads ', '[1]+ Sto', '$ fg', '0/1 runs', '  reads ']);
  display.end();
});
