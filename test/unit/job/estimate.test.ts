import { expect, test } from 'vitest';
import { estimate, GUESSED_IO_NS, guessNs } from '../../../src/job/estimate.ts';
import { firstRun, WORLD } from './fixture.ts';

const of = (options: string) =>
  estimate(firstRun(`${WORLD}[a]\nfilename=nvme0\nsize=1m\n${options}\n`));

const MIB = 1048576;

test.each<[string, object]>([
  ['rw=read', { ios: 256, readBytes: MIB, writtenBytes: 0, layoutBytes: MIB }],
  ['rw=read\nlayout=0', { layoutBytes: 0 }],
  ['rw=write\nbs=64k', { ios: 16, readBytes: 0, writtenBytes: MIB, layoutBytes: 0 }],
  ['rw=randrw\nrwmixread=75', { ios: 256, readBytes: 786432, writtenBytes: 262144 }],
  ['rw=copy\ndest_offset=512m', { ios: 256, readBytes: MIB, writtenBytes: MIB }],
  ['rw=copy\ndest_offset=512m\nnum_range=4', { ios: 64, writtenBytes: MIB }],
  [
    'rw=copy\ndest_offset=512m\nnumjobs=4\noffset_increment=1m\nloops=2',
    { ios: 2048, writtenBytes: 8 * MIB, layoutBytes: 4 * MIB },
  ],
  ['rw=read\nnumjobs=4', { ios: 1024, layoutBytes: MIB }],
  ['rw=write\nnumber_ios=3', { ios: 3, writtenBytes: 3 * 4096 }],
  ['rw=write\nio_size=4m', { ios: 1024, writtenBytes: 4 * MIB }],
  ['rw=write\nioengine=null', { ios: 256, writtenBytes: 0, layoutBytes: 0 }],
  [
    'rw=write\ntime_based\nruntime=2\nramp_time=1',
    { ios: null, writtenBytes: null, longestRuntimeNs: 3e9 },
  ],
  ['rw=write\ntime_based\nruntime=2\nstartdelay=1-4', { longestRuntimeNs: 6e9 }],
  ['rw=write\nruntime=2', { ios: 256, longestRuntimeNs: null }],
])('%s', (options, expected) => {
  expect(of(options)).toMatchObject(expected);
});

test('in wall time what startdelay takes is waited out', () => {
  const guess = (options: string) => {
    const run = firstRun(`${WORLD}[global]\nfilename=nvme0\nsize=1m\n${options}\n[a]\n`);
    return guessNs(run, estimate(run)) ?? 0;
  };
  const work = guess('clock=wall');
  expect(guess('clock=wall\nstartdelay=2')).toBe(work + 2e9);
  expect(guess('startdelay=2')).toBe(work);
});

test('a run is the sum of its jobs, and unknown when one of them is', () => {
  const body = '[global]\nfilename=nvme0\nsize=1m\nrw=write\n[a]\n[b]\n';
  expect(estimate(firstRun(WORLD + body))).toMatchObject({ ios: 512, writtenBytes: 2 * MIB });
  const timed = `${body}time_based\nruntime=1s\n`;
  expect(estimate(firstRun(WORLD + timed))).toMatchObject({ ios: null, longestRuntimeNs: 1e9 });
});

test('whole blocks of the region are done, as the workload does them', () => {
  expect(of('rw=write\nbs=300k')).toMatchObject({ ios: 3, writtenBytes: 3 * 300 * 1024 });
  expect(of('rw=write\nbs=300k\nloops=2')).toMatchObject({ ios: 6 });
  expect(of('rw=write\nbs=300k\nio_size=1000k')).toMatchObject({ ios: 4 });
});

test('the last copy of each pass gathers what is left', () => {
  const copy = 'rw=copy\ndest_offset=512m\nbs=64k\nnum_range=5';
  expect(of(`${copy}\nloops=2`)).toMatchObject({ ios: 8, writtenBytes: 2 * MIB });
  expect(of(`${copy}\nnumber_ios=2`)).toMatchObject({ ios: 2, writtenBytes: 640 * 1024 });
  expect(of(`${copy}\nloops=2\nnumber_ios=3`)).toMatchObject({
    ios: 6,
    writtenBytes: MIB + 10 * 65536,
  });
});

const onNullBlk = (attributes: string, options: string) =>
  firstRun(
    `[device n]\ndriver=null_blk\n${attributes}[a]\nfilename=n\nsize=1m\nbs=64k\n${options}\n`,
  );

test('nothing is read or written where no data is kept', () => {
  const none = onNullBlk('data=none\n', 'rw=copy\ndest_offset=1g');
  const moved = estimate(none);
  expect(moved).toMatchObject({ ios: 16, readBytes: 0, writtenBytes: 0, layoutBytes: 0 });
  expect(guessNs(none, moved)).toBe(16 * GUESSED_IO_NS);
});

test('the guess takes what the device makes of its attributes: null_blk keeps data in a file', () => {
  const kept = onNullBlk('', 'rw=write');
  expect(guessNs(kept, estimate(kept))).toBe(16 * GUESSED_IO_NS + MIB);
});
