import { expect, test } from 'vitest';
import { importsOf } from './imports.ts';

/** Target and kind of each import of a file in src/sim/. */
function imports(...lines: readonly string[]): string[] {
  return importsOf({ path: 'src/sim/a.ts', text: lines.join('\n') }).map(
    ({ target, typeOnly, line }) => `${line} ${target}${typeOnly ? ' (type)' : ''}`,
  );
}

test.each<[string, string]>([
  ["import { a } from './b.ts';", '1 src/sim/b.ts'],
  ["import type { A } from '../units/c.ts';", '1 src/units/c.ts (type)'],
  ["import { type A, type B } from './b.ts';", '1 src/sim/b.ts (type)'],
  ["import { type A, b } from './b.ts';", '1 src/sim/b.ts'],
  ["import a, { type B } from './b.ts';", '1 src/sim/b.ts'],
  ["import * as fs from 'node:fs';", '1 node:fs'],
  ["import './b.ts';", '1 src/sim/b.ts'],
  ["export { a } from './b.ts';", '1 src/sim/b.ts'],
  ["export type { A } from './b.ts';", '1 src/sim/b.ts (type)'],
  ["export * from './b.ts';", '1 src/sim/b.ts'],
  ["const a = await import('./b.ts');", '1 src/sim/b.ts'],
  ["const a = new Worker(new URL('./b.js', import.meta.url));", '1 src/sim/b.js'],
])('%s', (line, expected) => {
  expect(imports(line)).toEqual([expected]);
});

test.each([
  "export const a = 'b';",
  "// import { a } from './b.ts';",
  "const text = `import { a } from './b.ts'`;",
  "export function from(a = './b.ts') {}",
])('%s is none', (line) => {
  expect(imports(line)).toEqual([]);
});

test('finds those that go over lines, and where', () => {
  expect(
    imports('import {', '  a,', '  type B,', "} from './b.ts';", "import c from 'c';"),
  ).toEqual(['4 src/sim/b.ts', '5 c']);
});
