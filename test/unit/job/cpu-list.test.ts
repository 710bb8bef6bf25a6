import { expect, test } from 'vitest';
import { parseCpuList } from '../../../src/job/cpu-list.ts';

test.each([
  ['0', [0]],
  ['0-3,5', [0, 1, 2, 3, 5]],
  ['5, 1-2,2', [1, 2, 5]],
])('%s', (text, value) => {
  expect(parseCpuList(text)).toEqual({ ok: true, value });
});

test.each(['a', '1-', '0,,1', '-1', '8192', '0-99999999999', '3-1'])('%s is refused', (text) => {
  expect(parseCpuList(text)).toMatchObject({ ok: false });
});
