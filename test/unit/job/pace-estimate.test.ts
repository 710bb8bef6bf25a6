import { expect, test } from 'vitest';
import { estimate, GUESSED_IO_NS, guessNs } from '../../../src/job/estimate.ts';
import { pacedNs } from '../../../src/job/pace-estimate.ts';
import { firstRun, job, WORLD } from './fixture.ts';

const JOB = '[a]\nfilename=nvme0\nsize=4m\n';

test.each([
  ['', 0],
  ['rate=4m', 1e9],
  ['rate_iops=512', 2e9],
  ['rate_iops=512\nruntime=1', 1e9],
  ['thinktime=1ms', 1024e6],
  ['thinktime=1ms\nthinktime_blocks=1000', 1e6],
  ['thinktime=1ms\nrate_iops=512', 2e9],
  ['thinktime=1ms\nrate_iops=512\nrate_ignore_thinktime=1', 3.024e9],
  ['thinktime=1ms\nthinktime_iotime=1', 0],
  ['rw=rw\nrate_iops=512,512', 1e9],
  ['rw=rw\nrate_iops=512,', 0],
  ['rw=copy\ndest_offset=512m\nrate=,,,1m', 4e9],
])('1024 I/Os of %j take at least so long', (lines, ns) => {
  expect(pacedNs(job(JOB + lines), 1024)).toBe(ns);
});

test('a run in wall time takes as long as its slowest pace; a virtual one does not wait', () => {
  const text = `${WORLD.replaceAll('size=1g', 'size=1g\ndata=none')}${JOB}rate_iops=512\n`;
  const virtual = firstRun(text);
  expect(guessNs(virtual, estimate(virtual))).toBe(1024 * GUESSED_IO_NS);
  const wall = firstRun(text.replace('[a]', '[global]\nclock=wall\n[a]'));
  expect(guessNs(wall, estimate(wall))).toBe(2e9);
});
