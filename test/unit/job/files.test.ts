import { expect, test } from 'vitest';
import { job, plan, refusals, warnings, WORLD } from './fixture.ts';
import { jobOf, MIB, OURS, refused, runOf, warned } from './real-fixture.ts';

const KIB = 1024;
const TWO = 'filename=nvme0:nvme1';
const regions = (options: string) =>
  job(`[a]\n${options}\n`).files?.each.map(({ offsetBytes, sizeBytes }) => [
    offsetBytes / KIB,
    sizeBytes / KIB,
  ]);
const sizes = (options: string, request = {}) =>
  jobOf(options, request).files?.each.map(({ sizeBytes }) => sizeBytes);
const told = (options: string) => refusals(`${WORLD}[a]\n${options}\n`);

test('one file has no list of them', () => {
  expect(job('[a]\nfilename=nvme0\n')).toMatchObject({ device: 'nvme0', files: null });
  expect(job('[a]\nfilename=:nvme0:\n')).toMatchObject({ device: 'nvme0', files: null });
});

test('a list of devices: their names for the record, a region in each', () => {
  expect(job(`[a]\n${TWO}\nsize=64k\n`)).toMatchObject({
    device: 'nvme0:nvme1',
    destDevice: 'nvme0:nvme1',
    offsetBytes: 0,
    sizeBytes: 64 * KIB,
    ioSizeBytes: 64 * KIB,
    files: { service: { kind: 'roundrobin', ios: 1 }, open: 2 },
  });
});

test.each([
  // As fio 3.33: --filename=a:b --size=64k; --nrfiles=3 --size=64k gives three of 21845 bytes.
  ['size=64k', 0, 32],
  ['size=64k\noffset=8k', 8, 32],
  ['size=72k\nbs=8k', 0, 36],
  ['size=50%', 0, 512 * KIB],
  ['offset=25%', 256 * KIB, 768 * KIB],
  ['filesize=128k', 0, 128],
  ['filesize=128k\noffset=28k', 28, 100],
  ['filesize=128k\nsize=50%', 0, 64],
])('of each of two files: %s', (options, offset, size) => {
  expect(regions(`${TWO}\n${options}`)).toEqual([
    [offset, size],
    [offset, size],
  ]);
});

test.each([
  ['size=64k', 64],
  ['size=64k\nio_size=16k', 16],
  ['size=64k\nio_size=50%', 32],
  ['filesize=40k\nsize=64k', 64],
  ['filesize=40k\nsize=200k', 80],
  ['filesize=40k', 80],
])('of all of them in a loop: %s', (options, kib) => {
  expect(job(`[a]\n${TWO}\n${options}\n`).ioSizeBytes).toBe(kib * KIB);
});

test('shares of real files round down, whole blocks with direct=1', () => {
  expect(sizes('nrfiles=3\nsize=64k')).toEqual([21_845, 21_845, 21_845]);
  expect(sizes('nrfiles=3\nsize=64k\ndirect=1')).toEqual([21_504, 21_504, 21_504]);
});

test('files that are there are done whole, each as long as it is', () => {
  const lookUp = (path: string) => ({
    ...OURS,
    sizeBytes: path === 'x' ? MIB : 3 * MIB,
    contentBytes: 3 * MIB,
  });
  expect(sizes('filename=x:y', { lookUp })).toEqual([MIB, 3 * MIB]);
  expect(jobOf('filename=x:y', { lookUp }).sizeBytes).toBe(4 * MIB);
});

test('lengths are drawn from a range, in whole blocks, the same for each clone', () => {
  const drawn = sizes('nrfiles=20\nfilesize=10k-40k') ?? [];
  expect(drawn.every((bytes) => bytes >= 12 * KIB && bytes <= 40 * KIB)).toBe(true);
  expect(drawn.every((bytes) => bytes % 4096 === 0)).toBe(true);
  expect(new Set(drawn).size).toBeGreaterThan(3);
  expect(sizes('nrfiles=20\nfilesize=10k-40k\nnumjobs=2')).toEqual(drawn);
  expect(sizes('nrfiles=20\nfilesize=10k-40k\nrandseed=2')).not.toEqual(drawn);
});

test('names: nrfiles, lists, $filenum, and clones in folders by turns', () => {
  const files = (options: string) => jobOf(`size=1m\n${options}`).real?.files;
  expect(files('nrfiles=2\nnumjobs=2')).toEqual([
    ['a.0.0', 'a.0.1'],
    ['a.1.0', 'a.1.1'],
  ]);
  // As fio 3.33, with --directory=x:y --numjobs=3.
  expect(files('nrfiles=2\nnumjobs=3\ndirectory=x:y')).toEqual([
    ['x/a.0.0', 'x/a.0.1'],
    ['y/a.1.0', 'y/a.1.1'],
    ['x/a.2.0', 'x/a.2.1'],
  ]);
  expect(files('filename=b:c\\:d:/e\ndirectory=x')).toEqual([['x/b', 'x/c:d', '/e']]);
  expect(files('filename=f.$filenum:g\nnrfiles=2')).toEqual([['f.0', 'f.1', 'g']]);
  expect(jobOf('size=1m\nnrfiles=20').device).toBe('a.0.0:…:a.0.19 (20 files)');
});

test('copies go from each file to its own, or to one behind the other', () => {
  const copy = (options: string) => jobOf(`rw=copy\npath=offload\nsize=64k\n${options}`);
  const paired = copy('filename=a:b\ndest_filename=c:d');
  expect(paired.real?.destFiles).toEqual([['c', 'd']]);
  expect(paired.files?.each.map((file) => file.destOffsetBytes)).toEqual([0, 0]);
  const gathered = copy('filename=a:b\ndest_filename=c\ndest_offset=8k');
  expect(gathered.real?.destFiles).toEqual([['c', 'c']]);
  expect(gathered.files?.each.map((file) => file.destOffsetBytes)).toEqual([8192, 40_960]);
  expect(gathered.destDevice).toBe('c');
  const inside = copy('filename=a:b\ndest_offset=1m');
  expect(inside.real?.destFiles).toEqual([['a', 'b']]);
  expect(copy('filename=f.$filenum\nnrfiles=2\ndest_filename=g.$filenum').destDevice).toBe(
    'g.0:g.1',
  );
});

test('each file is a target, with its own size', () => {
  const { targets } = runOf('nrfiles=2\nsize=1m\nrw=write\nnumjobs=2');
  expect(targets.map(({ path, neededBytes }) => [path, neededBytes])).toEqual([
    ['a.0.0', MIB / 2],
    ['a.1.0', MIB / 2],
    ['a.0.1', MIB / 2],
    ['a.1.1', MIB / 2],
  ]);
});

test.each([
  [TWO, []],
  [`${TWO}\nnrfiles=2`, []],
  [`${TWO}\nnrfiles=4`, ['13: nrfiles: has no effect: filename names 2, as fio has it too']],
  [
    'filename=nvme0\nfile_service_type=random\nopenfiles=1',
    [
      '13: file_service_type: has no effect: the job has one file',
      '14: openfiles: has no effect: the job has one file',
    ],
  ],
  ['filename=nvme0\nfile_service_type=roundrobin\nopenfiles=0', []],
])('%s warns of what has no effect', (options, sentences) => {
  expect(warnings(`${WORLD}[a]\n${options}\n`)).toEqual(
    sentences.map((sentence) => `jobs/a.fio:${sentence}`),
  );
});

test('openfiles bounds who has turns, and no more than there are', () => {
  expect(job(`[a]\n${TWO}\nopenfiles=1\n`).files?.open).toBe(1);
  expect(job(`[a]\n${TWO}\nopenfiles=9\n`).files?.open).toBe(2);
});

test.each([
  ['filename=:', '12: filename: : names no device'],
  ['filename=nvme0:nvme0', '12: filename: nvme0 comes twice; name it once'],
  [
    'filename=nvme0:nvme8',
    '12: filename: no device is called nvme8 (did you mean nvme0?); declare [device nvme8]',
  ],
  [
    `${TWO}\nsize=4k`,
    '13: size: over 2 files it is 0 for each, which holds no I/O of 4k; make it larger, or give fewer files',
  ],
  [`${TWO}\nfilesize=1k`, '13: filesize: 1k holds no file of whole blocks of 4k; make it larger'],
  [
    `${TWO}\nfilesize=2g`,
    '13: filesize: the region ends at 2g, past the end of nvme0 at 1g; make it smaller or move it',
  ],
  [`${TWO}\nbs=1000`, '13: bs: 1000 is no multiple of the logical block of nvme0, 4k; round it'],
  [
    `${TWO}\nrw=copy\npath=read-write\ndest_filename=nvme0:nvme1:plain0`,
    '15: dest_filename: names 3 destinations, and the job has 2 files to copy from; give one for each, or one for all',
  ],
  [
    `${TWO}\nrw=copy\npath=read-write\nsize=64m\ndest_filename=nvme1:nvme0`,
    '16: dest_filename: copies of several files meet in nvme0: a source from 0 to 32m and a destination from 0 to 32m; move them apart, or give another dest_filename',
  ],
])('%s is refused', (options, sentence) => {
  expect(told(options)).toEqual([`jobs/a.fio:${sentence}`]);
});

test.each([
  [
    'filename=ours:ours',
    '2: filename: ours comes twice, under one name or several; name each file once',
  ],
  [
    'nrfiles=2\nsize=1m\nfilename_format=x',
    '4: filename_format: gives all 2 files one name; put $filenum into it',
  ],
  [
    'filename=new:foreign\nsize=1m\nrw=write',
    '2: filename: foreign exists and was not made by coffer; give overwrite=1 if what it holds may be lost, or another name',
  ],
  [
    'filename=ours\nopendir=/data',
    '3: opendir: would work on whatever lies in a folder that day; name the files, filename=a:b',
  ],
])('of real files %s is refused', (options, sentence) => {
  expect(refused(options)).toEqual([`jobs/a.fio:${sentence}`]);
});

test('given names lie in the first of several folders', () => {
  expect(warned('filename=ours\ndirectory=.:/b\nsize=1m')).toEqual([
    'jobs/a.fio:3: directory: has no effect but for the first, .: filename names the files',
  ]);
});

test('what is asked of several files is part of the question, of one it is as before', () => {
  const digest = (options: string) => plan(`${WORLD}[a]\n${options}\n`).runs[0]?.planSha256;
  expect(digest(`${TWO}\nfile_service_type=random`)).not.toBe(digest(TWO));
  expect(digest(`${TWO}\nfile_service_type=roundrobin:1\nopenfiles=0`)).toBe(digest(TWO));
  expect(digest('filename=nvme0\nnrfiles=1')).toBe(digest('filename=nvme0'));
});
