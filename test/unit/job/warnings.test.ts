import { expect, test } from 'vitest';
import { warnings, WORLD } from './fixture.ts';

test.each<[string, string]>([
  ['direct=0', '13: direct: simulated I/O is always direct: there is no page cache to go through'],
  ['thread', '13: thread: has no effect: simulated clones are neither threads nor processes'],
  ['directory=/tmp', '13: directory: has no effect: it is for real files and block devices'],
  [
    'ioengine=psync\niodepth=32',
    '14: iodepth: psync keeps one I/O in flight, so iodepth=32 has no effect; ioengine=sim keeps more',
  ],
  [
    'ioengine=libaio',
    '13: ioengine: libaio is taken as sim, the asynchronous engine of simulated devices',
  ],
  ['num_range=4', '13: num_range: has no effect with rw=read: it is for copies'],
  ['dest_offset=1m', '13: dest_offset: has no effect with rw=read: it is for copies'],
  ['path=emulation', '13: path: has no effect with rw=read: it is for copies'],
  ['verify=copy', '13: verify: has no effect: the job has no copies to be checked'],
])('%s', (options, sentence) => {
  const body = `[a]\nfilename=nvme0\n${options}\n`;
  expect(warnings(WORLD + body)).toEqual([`jobs/a.fio:${sentence}`]);
});

test('kib warns where it stands', () => {
  const body = '[a]\nfilename=nvme0\nsize=512kib\n';
  expect(warnings(WORLD + body)).toEqual([
    'jobs/a.fio:13: size: 512kib is 512000 bytes, as fio counts; write 512k for 524288',
  ]);
});

test('options of copies in [global] are no mistake of a job that reads', () => {
  expect(warnings(`${WORLD}[global]\nfilename=nvme0\npath=emulation\n[a]\n`)).toEqual([]);
});

test('a link that nothing uses', () => {
  expect(warnings(`${WORLD}[link lan]\n[a]\nfilename=nvme0\n`)).toEqual([
    'jobs/a.fio:11: [link lan]: no device uses the link: devices behind a link are not supported yet',
  ]);
});

test('a warning at many points of a sweep is one warning', () => {
  const body = '[global]\nfilename=nvme0\nthread\nsweep_bs=4k 8k 16k\n[a]\n[b]\n';
  expect(warnings(WORLD + body)).toHaveLength(1);
});
