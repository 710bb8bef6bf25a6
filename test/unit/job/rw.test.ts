import { expect, test } from 'vitest';
import { RW } from '../../../src/job/options/io.ts';
import { RW_NAMES, rwMeaning } from '../../../src/job/rw.ts';

test('every rw of the option table has a meaning, but for the other spelling of rw', () => {
  const names: readonly string[] = RW_NAMES;
  expect(RW.filter((name) => !names.includes(name))).toEqual(['readwrite']);
});

test.each([
  ['randread', 'read', true, ['read']],
  ['write', 'write', false, ['write']],
  ['randrw', 'mixed', true, ['read', 'write']],
  ['copy', 'copy', false, ['copy']],
] as const)('rw=%s', (rw, access, random, directions) => {
  expect(rwMeaning(rw)).toEqual({ access, random, directions });
});
