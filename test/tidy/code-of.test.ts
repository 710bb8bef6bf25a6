import { expect, test } from 'vitest';
import { codeOf } from './code-of.ts';

test.each([
  ['a; // b', 'a;     '],
  ['a /* b\nc */ d', 'a     \n     d'],
  ["x = 'a // b';", "x = '      ';"],
  ['x = "it\'s \\" // b"; y', 'x = "            "; y'],
  ["x = 'a\\'b'; c", "x = '    '; c"],
  ['x = `a ${b + `c ${d}`} e`; f', 'x = `  ${b + `  ${d}`}  `; f'],
  ['x = `\\`${a}`; b', 'x = `  ${a}`; b'],
  ['x = /[/"]\\/a/g; y', 'x = /       /g; y'],
  ["f(/'/); 'a'", "f(/ /); ' '"],
  ['x = a / b / c; // d', 'x = a / b / c;     '],
  ['x = f(a) / 2; y = arr[1] / 2', 'x = f(a) / 2; y = arr[1] / 2'],
  ['/** open', '        '],
])('%j is %j', (text, code) => {
  expect(codeOf(text)).toBe(code);
});

test('keeps every line and column', () => {
  const text = 'a = `x\n${b}\ny`; // c\n/*\n*/ d';
  expect(
    codeOf(text)
      .split('\n')
      .map(({ length }) => length),
  ).toEqual(text.split('\n').map(({ length }) => length));
});
