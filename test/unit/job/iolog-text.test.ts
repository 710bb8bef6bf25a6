import { expect, test } from 'vitest';
import { parseIolog } from '../../../src/job/iolog-text.ts';

const V3 = 'fio version 3 iolog\n0 a add\n0 a open\n';
const V2 = 'fio version 2 iolog\na add\na open\n';

/** What the I/Os of a log come to: action, file, offset, length, time in µs. */
function read(text: string) {
  const { entries, mistakes } = parseIolog(text);
  expect(mistakes).toEqual([]);
  return entries.map(({ action, file, offsetBytes, lengthBytes, dueNs }) => [
    action,
    file,
    offsetBytes,
    lengthBytes,
    dueNs / 1000,
  ]);
}

test('version 3: timestamps are µs from the start', () => {
  const text = `${V3}30 a read 0 4096\n100000 a write 4096 8192\n100001 a sync 4096 0\n100002 a close\n`;
  expect(read(text)).toEqual([
    ['read', 'a', 0, 4096, 30],
    ['write', 'a', 4096, 8192, 100_000],
    ['sync', 'a', 4096, 0, 100_001],
  ]);
});

test('version 2: wait is until so many ms after the start, as in fio 3.33', () => {
  const waits =
    'a read 0 512\na wait 500 0\na read 512 512\na wait 200 0\na trim 0 512\na wait 700 0\n';
  const text = `${V2}${waits}a datasync 0 0\na close\n`;
  expect(read(text)).toEqual([
    ['read', 'a', 0, 512, 0],
    ['read', 'a', 512, 512, 500_000],
    ['trim', 'a', 0, 512, 500_000],
    ['datasync', 'a', 0, 0, 700_000],
  ]);
  expect(parseIolog(text).waits).toBe(3);
});

test('CRLF, blank lines and more blanks between words are no mistake', () => {
  expect(read('fio version 3 iolog\r\n0 a add\r\n\r\n5  a\tread 0 512\r\n')).toEqual([
    ['read', 'a', 0, 512, 5],
  ]);
});

test('copies say where to, and to which file', () => {
  const { entries } = parseIolog(`${V3}0 b add\n1 a copy 0 512 1024\n1 a copy 512 512 0 b\n`);
  expect(entries.map(({ destFile, destOffsetBytes }) => [destFile, destOffsetBytes])).toEqual([
    ['a', 1024],
    ['b', 0],
  ]);
});

test.each([
  ['', 1, 'is no log of I/Os, which begins with "fio version 3 iolog"'],
  ['fio version 1 iolog\n', 1, 'is no log of I/Os'],
  ['\x07binary', 1, 'is no log of I/Os'],
  [V3, 3, 'the log has no I/O'],
  [`${V3}5 a read 0\n`, 4, 'read needs whole numbers of bytes; write FILE read OFFSET LENGTH'],
  [`${V3}5 a read 0 4k\n`, 4, 'read needs whole numbers of bytes'],
  [`${V3}5 a read 0 -1\n`, 4, 'read needs whole numbers of bytes'],
  [`${V3}5 a read 0 512 7\n`, 4, 'read needs whole numbers of bytes'],
  [`${V3}5 a copy 0 512\n`, 4, 'write FILE copy OFFSET LENGTH DEST_OFFSET [DEST_FILE]'],
  [`${V3}5 a read 0 0\n`, 4, 'a read of 0 bytes does nothing; remove the line'],
  [`${V3}5 a erase 0 512\n`, 4, '"erase" is no action'],
  [`${V3}5 b read 0 512\n`, 4, '"b" has not been added; write "b add" before'],
  [`${V3}5 a copy 0 512 0 b\n`, 4, '"b" has not been added'],
  [`${V3}5 b open\n`, 4, '"b" has not been added'],
  [`${V3}5 a open 7\n`, 4, 'there is more behind open'],
  [`${V3}x a read 0 512\n`, 4, '"x" is no timestamp, which is a whole number of µs'],
  [`${V3}9 a read 0 512\n8 a read 0 512\n`, 5, '8 µs is before the line above'],
  [`${V3}5 a wait 7 0\n`, 4, '"wait" is no action'],
  [`${V2}a wait\n`, 4, 'wait needs a number of ms'],
  [`${V3}5 a read 99999999999999999999 512\n`, 4, 'read needs whole numbers of bytes'],
])('%j: line %i', (text, line, what) => {
  const { mistakes } = parseIolog(text);
  expect(mistakes[0]?.line).toBe(line);
  expect(mistakes[0]?.what).toContain(what);
});

test('all mistakes at once, and of what is no log at all not one a line', () => {
  expect(parseIolog(`${V3}5 a read 0\n6 a write 0\n`).mistakes).toHaveLength(2);
  expect(parseIolog('x\n'.repeat(1000)).mistakes.length).toBeLessThanOrEqual(20);
});
