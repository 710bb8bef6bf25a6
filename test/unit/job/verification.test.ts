import { expect, test } from 'vitest';
import { accessOfPlan, measuredDirections, sizedAs } from '../../../src/job/measured.ts';
import { job as simulated, refusals, warnings, WORLD } from './fixture.ts';
import { jobOf, refused, runOf, warned } from './real-fixture.ts';

const W = 'filename=ours\nrw=write\nbs=4k\nsize=64k\n';

test('what a job that verifies is when it says nothing else', () => {
  expect(jobOf(`${W}verify=crc32c`).verification).toEqual({
    method: 'crc32c',
    pattern: null,
    intervalBytes: 4096,
    headerOffsetBytes: 0,
    unitBytes: 4096,
    phase: true,
    sorts: false,
    backlog: 0,
    batch: 0,
    only: false,
    fatal: false,
    dump: false,
    seed: true,
    number: true,
  });
  expect(jobOf(W).verification).toBe(null);
  expect(jobOf(`${W}verify=none`).verification).toBe(null);
});

test.each<[string, object]>([
  ['verify=crc32c-intel', { method: 'crc32c' }],
  ['verify=md5\ndo_verify=0\nverify_backlog=8', { phase: false, backlog: 0 }],
  ['verify=md5\nverify_backlog=8', { backlog: 8, batch: 8 }],
  ['verify=md5\nverify_backlog=8\nverify_backlog_batch=3', { backlog: 8, batch: 3 }],
  ['verify=md5\nverify_only', { only: true, phase: false }],
  [
    'verify=md5\nverify_interval=1k\nverify_offset=100',
    { intervalBytes: 1024, headerOffsetBytes: 100 },
  ],
  ['verify=md5\nverify_header_seed=0\nverify_write_sequence=0', { seed: false, number: false }],
  ['verify=md5\nverify_fatal=1\nverify_dump=1', { fatal: true, dump: true }],
  [
    'verify=pattern\nverify_pattern=0xff%o',
    { pattern: { bytes: `\xff${'\0'.repeat(8)}`, offsetsAt: [1] } },
  ],
  ['verify=md5\nbssplit=4k/50:12k/50', { intervalBytes: 4096, unitBytes: 4096 }],
  ['verify=md5\nbsrange=8k-20k', { intervalBytes: 4096, unitBytes: 4096 }],
  ['verify=md5\noffset=2k', { intervalBytes: 4096, unitBytes: 2048 }],
  ['verify=md5\nrw=write:1k', { unitBytes: 1024 }],
  ['verify=md5\nrw=randwrite\nnorandommap', { sorts: true }],
  ['verify=md5\nrw=randwrite', { sorts: false }],
  ['verify=md5\nrw=read', { phase: false, only: false }],
  ['verify=md5\ntime_based\nruntime=1', { phase: false, backlog: 0 }],
  ['verify=md5\ntime_based\nruntime=1\nnumber_ios=5', { phase: true }],
  ['verify=md5\ntime_based\nruntime=1\nverify_backlog=8', { phase: false, backlog: 8 }],
])('%s', (options, expected) => {
  expect(jobOf(`${W}${options}`).verification).toMatchObject(expected);
});

test.each([
  ['verify=md5\nioengine=null', '6: verify: md5: the null engine moves no data'],
  [
    'verify=md5\nrw=copy\ndest_offset=1m',
    '6: verify: md5: copies are held against their sources; give verify=copy, or none',
  ],
  ['verify=md5\nrw=trim', '6: verify: md5: what is trimmed has no content; give verify=none'],
  [
    'verify=md5\nrw=trimwrite',
    '6: verify: md5: writes behind trims are not verified; give rw=write, or verify=none',
  ],
  ['verify=pattern', '6: verify: pattern is held against verify_pattern; give one'],
  [
    'verify=pattern\nverify_pattern=qq',
    '7: verify_pattern: "qq" is no pattern; write "text", 0x and hex digits, or a number',
  ],
  [
    'verify=md5\nverify_interval=1000',
    '7: verify_interval: 1000 is no divisor of 4k, the I/Os of the job; give one',
  ],
  [
    'verify=sha512\nverify_interval=64',
    '7: verify_interval: blocks of 64 have no room for a header of 104 bytes',
  ],
  [
    'verify=md5\nverify_offset=40',
    '7: verify_offset: the header of verify=md5 is 56 bytes long: it may begin from byte 56 to ' +
      '4040 of a block of 4k',
  ],
  [
    'verify=md5\nverify_only\nrw=rw',
    '7: verify_only: reads in the place of writes, and a mix has reads of its own; give rw=write',
  ],
  [
    'verify=md5\nlatency_target=1ms\nlatency_window=1s',
    '7: latency_target: the record shows the last window of the search, and the reads that ' +
      'verify come after it; give do_verify=0, or verify without a search',
  ],
  [
    'verify=md5\nbsrange=4k-64k\nbs_unaligned',
    '8: bs_unaligned: I/Os of any length are no blocks that can be verified; leave it out',
  ],
])('%s is refused', (options, sentence) => {
  expect(refused(`${W}${options}`)).toContain(`jobs/a.fio:${sentence}`);
});

test.each([
  ['verify_backlog=4', '6: verify_backlog: has no effect without verify='],
  ['verify_pattern=1', '6: verify_pattern: has no effect without verify='],
  [
    'verify=md5\ntime_based\nruntime=1',
    '7: time_based: nothing is read back: the writes take all of runtime; give verify_backlog',
  ],
  [
    'verify=md5\nss_dur=2',
    '7: steadystate_duration: nothing is read back once the figure is steady; give verify_backlog',
  ],
  ['verify=md5\nverify_only\nfsync=1', '8: fsync: has no effect: the job writes nothing'],
  [
    'verify=md5\nnumjobs=2',
    '6: verify: clones write over what others verify; give offset_increment, or files of their own',
  ],
  [
    'verify=pattern\nverify_pattern=1\nverify_offset=512',
    '8: verify_offset: has no effect with verify=pattern, which has no headers',
  ],
])('%s is warned of', (options, sentence) => {
  expect(warned(`${W}${options}`)).toContain(`jobs/a.fio:${sentence}`);
});

test('--readonly dumps nothing', () => {
  const dump = 'filename=ours\nrw=read\nsize=64k\nverify=md5\nverify_dump=1';
  expect(jobOf(dump).verification).toMatchObject({ dump: true });
  expect(jobOf(dump, { readonly: true }).verification).toMatchObject({ dump: false });
  expect(warned(dump, { readonly: true })).toEqual([
    'jobs/a.fio:6: verify_dump: has no effect with --readonly: no file is written',
  ]);
});

test('clones that are apart are not warned of', () => {
  expect(warned(`${W}verify=md5\nnumjobs=2\noffset_increment=64k`)).toEqual([]);
});

test('a simulated device takes any method, and says what it does not take', () => {
  const body = '[a]\nfilename=nvme0\nrw=write\nsize=64k\nverify=sha512\n';
  expect(simulated(body).verification).toMatchObject({ method: 'sha512', intervalBytes: 4096 });
  expect(simulated(`${body}verify=pattern\n`).verification).toMatchObject({ method: 'pattern' });
  expect(warnings(`${WORLD}${body}verify_offset=64\n`)).toEqual([
    'jobs/a.fio:16: verify_offset: has no effect: it is for real files and block devices',
  ]);
  const none =
    '[device d]\ndriver=nvme\ndata=none\n[a]\nfilename=d\nrw=write\nsize=64k\nverify=md5\n';
  expect(refusals(none)).toEqual(['jobs/a.fio:8: verify: md5: d keeps no data (data=none)']);
});

test('a job by time that reads nothing back has no reads to measure', () => {
  const timed = `${W}verify=md5\ntime_based\nruntime=1`;
  expect(measuredDirections(jobOf(timed))).toEqual(['write']);
  expect(measuredDirections(jobOf(`${timed}\nverify_backlog=8`))).toEqual(['read', 'write']);
});

test('what verify_only reads is not written: a file of somebody else stays', () => {
  const only = 'filename=foreign\nrw=write\nbs=4k\nsize=64k\nverify=md5\n';
  expect(refused(only)).toHaveLength(1);
  expect(jobOf(`${only}verify_only`).verification).toMatchObject({ only: true });
});

test('verify_only writes nothing: it runs with --readonly, syncs nothing and finds read-only files', () => {
  const only = 'rw=write\nbs=4k\nsize=64k\nverify=md5\nverify_only\nend_fsync=1\nfilename=';
  const readonly = jobOf(`${only}ours`, { readonly: true });
  expect(accessOfPlan(readonly)).toBe('read');
  expect(readonly.real).toMatchObject({ endFsync: false });
  expect(runOf(`${only}fixed`).targets).toMatchObject([{ read: true, written: false }]);
  expect(runOf(`${only}/dev/mounted`).targets).toMatchObject([{ read: true, written: false }]);
  expect(refused(`${only}ours`.replace('\nverify_only', ''), { readonly: true })).toEqual([
    'jobs/a.fio:2: rw: --readonly lets jobs read alone, and rw=write writes; run without it',
  ]);
});

test('a search for a depth may verify what it finds, or write what others verify', () => {
  const search = 'verify=md5\nlatency_target=1ms\nlatency_window=1s\n';
  for (const how of ['do_verify=0', 'verify_only', 'rw=read']) {
    expect(jobOf(`${W}${search}${how}`).ends.latencyTarget).not.toBe(null);
  }
});

test('with a backlog a job reads back before it is steady', () => {
  expect(warned(`${W}verify=md5\nverify_backlog=4\nss_dur=2`)).toEqual([]);
});

test('rows: reads that verify have one, with the sizes of the writes', () => {
  const writes = jobOf(`${W}verify=md5`);
  expect(measuredDirections(writes)).toEqual(['read', 'write']);
  expect(sizedAs(writes, 'read')).toBe('write');
  expect(measuredDirections(jobOf(`${W}verify=md5\ndo_verify=0`))).toEqual(['write']);
  expect(measuredDirections(jobOf(`${W}verify=md5\nverify_only`))).toEqual(['read']);
  const mix = jobOf(`${W}rw=rw\nverify=md5`);
  expect(measuredDirections(mix)).toEqual(['read', 'write']);
  expect(sizedAs(mix, 'read')).toBe('read');
});
