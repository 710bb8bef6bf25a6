import { expect, test } from 'vitest';
import { estimate } from '../../../src/job/estimate.ts';
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
  ['rw=write\nruntime=2', { ios: 256, longestRuntimeNs: null }],
])('%s', (options, expected) => {
  expect(of(options)).toMatchObject(expected);
});

test('a run is the sum of its jobs, and unknown when one of them is', () => {
  const body = '[global]\nfilename=nvme0\nsize=1m\nrw=write\n[a]\n[b]\n';
  expect(estimate(firstRun(WORLD + body))).toMatchObject({ ios: 512, writtenBytes: 2 * MIB });
  const timed = `${body}time_based\nruntime=1s\n`;
  expect(estimate(firstRun(WORLD + timed))).toMatchObject({ ios: null, longestRuntimeNs: 1e9 });
});
