import { expect, test } from 'vitest';
import { backgroundJob, isBackground } from '../../../src/record/background.ts';
import { aRow } from '../../support/a-row.ts';

test('what a device did by itself is told from a job of nearly that name', () => {
  expect(backgroundJob('nvme0n1')).toBe('background:nvme0n1');
  expect(isBackground(aRow({ job: backgroundJob('nvme0n1') }))).toBe(true);
  expect(isBackground(aRow({ job: 'background' }))).toBe(false);
  expect(isBackground(aRow({ job: null }))).toBe(false);
});
