import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errorCode } from '../../../src/units/error-code.ts';

function thrownBy(work: () => void): unknown {
  try {
    work();
    return null;
  } catch (error) {
    return error;
  }
}

test('a system call that failed has a code', () => {
  expect(errorCode(thrownBy(() => readFileSync('/there/is/none')))).toBe('ENOENT');
});

test.each([[new Error('no')], [Object.assign(new Error('no'), { code: 7 })], ['ENOENT'], [null]])(
  '%j has none',
  (error) => {
    expect(errorCode(error)).toBe(null);
  },
);
