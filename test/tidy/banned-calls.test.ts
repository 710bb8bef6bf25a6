import { expect, test } from 'vitest';
import { printFindings, virtualWorldFindings } from './banned-calls.ts';
import { sourceFiles } from './source-tree.ts';

test.each([
  ['Math.pow(2, 3)', 'Math.pow: is not exact everywhere'],
  ['Math.exp(a)', 'Math.exp: is not exact everywhere'],
  ['Math.random()', 'Math.random: is not exact everywhere'],
  ['2 ** 3', '**: is Math.pow'],
  ['a **= 2', '**: is Math.pow'],
  ['Date.now()', "Date: reads the machine's clock"],
  ['new Date()', "Date: reads the machine's clock"],
  ['performance.now()', "performance: reads the machine's clock"],
  ['process.hrtime()', "process.hrtime: reads the machine's clock"],
  ['setTimeout(f, 1)', 'setTimeout: waits in wall time'],
  ['setImmediate(f)', 'setImmediate: waits in wall time'],
  ['a.localeCompare(b)', "localeCompare: depends on Node's tables"],
])('no virtual world has %s', (line, what) => {
  const text = `const a = 1;\n${line};`;
  expect(virtualWorldFindings([{ path: 'src/sim/a.ts', text }])).toEqual([
    `src/sim/a.ts:2: ${what}`,
  ]);
  expect(virtualWorldFindings([{ path: 'src/cli/a.ts', text }])).toEqual([]);
});

test.each(["import { a } from 'node:perf_hooks';", "import { setTimeout as a } from 'timers';"])(
  'nor %s',
  (text) => {
    const found = virtualWorldFindings([{ path: 'src/host/a.ts', text }]);
    expect(found.at(-1)).toContain('from outside');
  },
);

test.each([
  '// Date',
  "x = 'Math.pow'",
  'Math.sqrt(2)',
  'Math.round(a)',
  'Math.imul(a, b)',
  '/** a ** b */',
])('it may have %s', (text) => {
  expect(virtualWorldFindings([{ path: 'src/sim/a.ts', text }])).toEqual([]);
});

test.each(['console.log(1)', 'process.stdout.write(a)', 'process.exit(1)', 'process.exitCode = 1'])(
  'only cli has %s',
  (text) => {
    expect(printFindings([{ path: 'src/runner/a.ts', text }])).toHaveLength(1);
    expect(printFindings([{ path: 'src/cli/a.ts', text }])).toEqual([]);
  },
);

test('no room of a virtual world reaches the machine', () => {
  expect(virtualWorldFindings(sourceFiles('src'))).toEqual([]);
});

test('only cli prints or exits', () => {
  expect(printFindings(sourceFiles('src'))).toEqual([]);
});
