import { expect, test } from 'vitest';
import { functionFindings, lengthFindings, wordFindings } from './shape.ts';
import { sourceFiles } from './source-tree.ts';

const path = 'src/sim/a.ts';

test('a file of 301 lines is too long', () => {
  expect(lengthFindings({ path, text: 'a\n'.repeat(300) })).toEqual([]);
  expect(lengthFindings({ path, text: 'a\n'.repeat(301) })).toEqual([`${path}:1: 301 lines`]);
});

test.each(['// ', '/** ', ' * ', 'a(); // '])(
  'a comment of 101 columns is too wide: %s',
  (head) => {
    const line = head + 'é'.repeat(100 - head.length);
    expect(lengthFindings({ path, text: `a\n${line}\n` })).toEqual([]);
    expect(lengthFindings({ path, text: `a\n${line}x\n` })).toEqual([`${path}:2: 101 columns`]);
  },
);

test('a string that the formatter cannot break may be as wide as it is', () => {
  expect(lengthFindings({ path, text: `  help: '${'a '.repeat(60)}',` })).toEqual([]);
});

test.each([
  ['function f(a: number): string {', '}'],
  ['export async function f(): Promise<{ a: number }> {', '}'],
  ['  #method(', '  }', ['    a: number,', '  ): void {']],
  ['const f = (a: number): number => {', '};'],
  ['  get size(): number {', '  }'],
  ['  constructor() {', '  }'],
])('a body of 61 lines is too long: %s', (head, tail, more: string[] = []) => {
  const lines = (count: number): string =>
    [head, ...more, ...new Array<string>(count).fill('      a();'), tail].join('\n');
  expect(functionFindings({ path, text: lines(58) })).toEqual([]);
  expect(functionFindings({ path, text: lines(59) })).toEqual([
    `${path}:${1 + more.length}: 61 lines of body`,
  ]);
});

test.each(['class A {', 'interface A {', 'const a = {', 'const a = f({', 'export default {'])(
  'of any length: %s',
  (head) => {
    const text = [head, ...new Array<string>(100).fill('  a,'), '}'].join('\n');
    expect(functionFindings({ path, text })).toEqual([]);
  },
);

test.each([
  ['const a: any = 1;', 'any'],
  ['f<any>();', 'any'],
  ['a.b!.c;', 'non-null !'],
  ['f(a!);', 'non-null !'],
  ['a[0]! + 1;', 'non-null !'],
  ['const a = b as string;', 'cast'],
  ['  b as unknown,', 'cast'],
  ['enum A {}', 'enum'],
  ['export const enum A {}', 'enum'],
  ['namespace A {', 'namespace'],
  ['// FIXME: later', 'FIXME'],
  ['/* TODO */', 'TODO'],
])('found: %s', (text, name) => {
  expect(wordFindings({ path, text })).toEqual([`${path}:1: ${name}`]);
});

test.each([
  'const a = [1] as const;',
  "import { a as b } from 'c';",
  "import {\n  a as b,\n} from 'c';",
  "export { a as b } from 'c';",
  "import * as a from 'c';",
  'if (!a || a !== b) {}',
  "const a = 'any';",
  '// as any of them!',
  'const namespace = 1;',
  'AbortSignal.any(signals);',
])('fine: %s', (text) => {
  expect(wordFindings({ path, text })).toEqual([]);
});

test('units may cast: flavours are made there', () => {
  expect(wordFindings({ path: 'src/units/a.ts', text: 'a as Bytes;' })).toEqual([]);
});

/** The words that this test and its checks are about stand in them. */
const others = sourceFiles('test').filter((file) => !file.path.startsWith('test/tidy/'));

test('no file, line or function of src is too long', () => {
  const files = sourceFiles('src');
  expect([...files.flatMap(lengthFindings), ...files.flatMap(functionFindings)]).toEqual([]);
});

test('no function of the tests is too long', () => {
  expect(sourceFiles('test').flatMap(functionFindings)).toEqual([]);
});

test('no any, non-null assertion, cast, enum or unfinished work', () => {
  expect(sourceFiles('src').flatMap(wordFindings)).toEqual([]);
  expect(others.flatMap(wordFindings).filter((found) => !found.endsWith('cast'))).toEqual([]);
});
