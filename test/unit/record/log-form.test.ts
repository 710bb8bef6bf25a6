import { expect, test } from 'vitest';
import { isLogLine } from '../../../src/record/log-form.ts';

test.each([
  // As fio 3.33 writes them.
  '0, 10115, 0, 4096, 0',
  '1795221541043, 522382, 0, 4096, 0',
  '0, 520987, 0, 4096, 0, 0x0000',
  '0, 667209, 1, 4096, 0x0000',
  '250, 134191, 0, 0, 0, 0',
  // Both values of a window, and a time of issue, also one before measured time.
  '1, 63510, 63510, 3, 0, 0',
  '7, 12000, 3, 8192, 65536, 0x0000, 7002000',
  '0, 12000, 3, 8192, 0, -200',
  `100, 0, 4096${', 0'.repeat(29)}`,
  `100, 3, 65536${', 12'.repeat(1856)}`,
])('a line of a log: %s', (line) => {
  expect(isLogLine(line)).toBe(true);
});

test.each(['', 'time,value', '1,2,3,4,5', '1, 2', 'a, 1, 0, 4096, 0', '0, 1, 7, 4096, 0 and more'])(
  'no line of a log: %s',
  (line) => {
    expect(isLogLine(line)).toBe(false);
  },
);
