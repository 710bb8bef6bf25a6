import { expect, test } from 'vitest';
import {
  estimate,
  GUESSED_IO_NS,
  guessNs,
  type LaidOutBefore,
  writtenTargets,
} from '../../../src/job/estimate.ts';
import { plan } from './fixture.ts';
import { lookUp, MIB, runOf } from './real-fixture.ts';

test.each<[string, object]>([
  ['filename=ours\nsize=1m', { ios: 256, readBytes: MIB, writtenBytes: 0, layoutBytes: 0 }],
  ['filename=ours\nsize=65m', { layoutBytes: MIB }],
  ['filename=room\nsize=1m', { layoutBytes: MIB }],
  ['filename=room\nsize=1m\nlayout=0', { layoutBytes: 0 }],
  ['filename=new\nsize=1m\nnumjobs=4', { readBytes: 4 * MIB, layoutBytes: MIB }],
  ['size=1m\nnumjobs=4', { layoutBytes: 4 * MIB }],
  ['filename=new\nrw=copy\nsize=1m\ndest_offset=8m', { writtenBytes: MIB, layoutBytes: MIB }],
  ['filename=new\nrw=write\nsize=1m', { writtenBytes: MIB, layoutBytes: 0 }],
  ['filename=/dev/disk\nsize=1m', { readBytes: MIB, layoutBytes: 0 }],
  [
    'filename=new\ndest_filename=c.$jobnum\nrw=copy\nsize=1m\nnumjobs=4',
    { ios: 1024, writtenBytes: 4 * MIB, layoutBytes: MIB },
  ],
  [
    'filename=new\nrw=write\nsize=1m\nverify=md5',
    { ios: 512, readBytes: MIB, writtenBytes: MIB, layoutBytes: 0 },
  ],
  [
    'filename=ours\nrw=write\nsize=1m\nverify=md5\nverify_only',
    { ios: 256, readBytes: MIB, writtenBytes: 0, layoutBytes: 0 },
  ],
  ['ioengine=null\nrw=write\nsize=1m', { ios: 256, readBytes: 0, writtenBytes: 0, layoutBytes: 0 }],
])('%s', (options, expected) => {
  expect(estimate(runOf(options))).toMatchObject(expected);
});

test('what one run has laid out, the next finds, unless it was unlinked', () => {
  const text = '[global]\nsweep_bs=4k 8k\nsize=1m\nfilename=new\n';
  const bytesOf = (job: string): number[] => {
    const before: LaidOutBefore = new Map();
    return plan(text + job, { lookUp }).runs.map((run) => estimate(run, before).layoutBytes);
  };
  expect(bytesOf('[r]\n')).toEqual([MIB, 0]);
  expect(bytesOf('[r]\nunlink=1\n')).toEqual([MIB, MIB]);
});

test('which files a plan writes: over all its runs, each once, those laid out too', () => {
  const text =
    '[global]\nsweep_bs=4k 8k\nsize=1m\n[r]\nfilename=new\n[s]\nfilename=ours\n' +
    '[w]\nfilename=$jobname\nrw=write\n[c]\nfilename=ours\ndest_filename=/d/x\nrw=copy\n';
  expect(writtenTargets(plan(text, { lookUp }))).toEqual(['new', 'w', '/d/x']);
  expect(writtenTargets(plan('[r]\nfilename=ours\n', { lookUp }))).toEqual([]);
});

test('the guess counts the bytes of real files as moved', () => {
  const run = runOf('filename=ours\nsize=1m');
  expect(guessNs(run, estimate(run))).toBe(256 * GUESSED_IO_NS + MIB);
});
