import { expect, test } from 'vitest';
import { mayTouch, othersWrite } from '../../../src/runner/real-touch.ts';
import { realRun } from '../../support/real-run.ts';

const COPIER = '[copier]\nrw=copy\nsize=512k\ndest_offset=512k\n';

test.each([
  ['rw=read', false],
  ['rw=write', true],
  ['rw=write\nverify=md5', true],
  ['rw=write\nverify=md5\nverify_only', false],
])('beside a copy a job of %s may touch its files: %s', (options, touches) => {
  const run = realRun(`${COPIER}[other]\n${options}\n`);
  expect([mayTouch(run, 1, 0), othersWrite(run, 0)]).toEqual([touches, touches]);
});
