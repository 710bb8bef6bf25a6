import { expect, test } from 'vitest';
import { RW } from '../../../src/job/options/io.ts';
import { isRw, rwMeaning } from '../../../src/job/rw.ts';

test('every rw of the option table has a meaning, but for the other spelling of rw', () => {
  expect(RW.filter((name) => !isRw(name))).toEqual(['readwrite']);
});

test.each([
  ['randread', 'read', true, ['read']],
  ['write', 'write', false, ['write']],
  ['randrw', 'mixed', true, ['read', 'write']],
  ['copy', 'copy', false, ['copy']],
] as const)('rw=%s', (rw, access, random, directions) => {
  expect(rwMeaning(rw)).toEqual({ access, random, directions });
});
