import { expect, test } from 'vitest';
import type { TargetFacts } from '../../../src/units/target-facts.ts';
import { DISK, OURS, refused, runOf } from './real-fixture.ts';

const FILE: TargetFacts = { ...OURS, identity: '1:2' };
const NODE: TargetFacts = { ...DISK, identity: '1792' };

/** Two names each of a file and of a device, and one of another file. */
const THERE: Readonly<Record<string, TargetFacts>> = {
  'a/one': FILE,
  'b/two': FILE,
  'many.0': FILE,
  'many.1': FILE,
  'c/other': { ...OURS, identity: '1:3' },
  '/dev/one': NODE,
  '/dev/two': NODE,
};
const lookUp = (path: string): TargetFacts => THERE[path] ?? OURS;
const COPY = 'rw=copy\nsize=16m\npath=read-write\noverwrite=1\ndest_offset=8m';

test.each([
  ['a/one', 'b/two'],
  ['/dev/one', '/dev/two'],
])('%s and %s are one, and a copy in it must not overlap', (from, to) => {
  const [sentence] = refused(`filename=${from}\ndest_filename=${to}\n${COPY}`, { lookUp });
  expect(sentence).toMatch(/overlap over 16m/);
});

test('one file is laid out once, under the name that came first', () => {
  const options = `filename=a/one\ndest_filename=b/two\n${COPY.replace('8m', '16m')}`;
  const { targets } = runOf(options, { lookUp });
  expect(targets.map(({ path }) => path)).toEqual(['a/one']);
  expect(targets[0]).toMatchObject({ read: true, written: true });
});

test('other files are others', () => {
  const options = `filename=a/one\ndest_filename=c/other\n${COPY}`;
  expect(runOf(options, { lookUp }).targets).toHaveLength(2);
});

test('clones that would get one file by several names are refused', () => {
  const options = 'filename=many.$jobnum\nnumjobs=2\nrw=write\nsize=1m';
  expect(refused(options, { lookUp })).toEqual([
    'jobs/a.fio:2: filename: two clones would work on many.0, under several names; give each its own',
  ]);
});
