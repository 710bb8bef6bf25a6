import { expect, test } from 'vitest';
import { parseIolog } from '../../../src/job/iolog-text.ts';
import { isLogLine } from '../../../src/record/log-form.ts';
import { IOLOG_HEADER, iologText } from '../../../src/record/iolog-text.ts';

const FILES = [
  { source: 'a', destination: 'a' },
  { source: 'b', destination: 'c' },
];

/** Start in ns, direction, file, offset, length, destination. */
const ROWS = [
  [1999, 0, 0, 0, 4096, 0],
  [1_500_000, 1, 1, 4096, 512, 0],
  [1_499_000, 3, 0, 8192, 512, 0],
  [2_000_000, 2, 0, 0, 4096, 8192],
  [2_000_000, 2, 1, 0, 4096, 8192],
];

const TEXT = `fio version 3 iolog
0 a add
0 b add
0 c add
0 a open
0 b open
0 c open
1 a read 0 4096
1500 b write 4096 512
1500 a trim 8192 512
2000 a copy 0 4096 8192
2000 b copy 0 4096 8192 c
2000 a close
2000 b close
2000 c close
`;

test('a line for each I/O, in the form of fio, and never back in time', () => {
  const chunks = [
    Float64Array.from(ROWS.slice(0, 2).flat()),
    Float64Array.from(ROWS.slice(2).flat()),
  ];
  expect([...iologText(FILES, chunks)].join('')).toBe(TEXT);
});

test('it is read back as it was written, and known for a log', () => {
  const { entries, mistakes } = parseIolog(TEXT);
  expect(mistakes).toEqual([]);
  expect(entries.map(({ action, destFile }) => [action, destFile])).toEqual([
    ['read', 'a'],
    ['write', 'b'],
    ['trim', 'a'],
    ['copy', 'a'],
    ['copy', 'c'],
  ]);
  expect(isLogLine(IOLOG_HEADER)).toBe(true);
});
