import { expect, test } from 'vitest';
import { loadPlan } from '../../../src/job/load.ts';

test.each([
  ['[globl]', 'this is a job, and looks like [global]; write [global], or call the job otherwise'],
  [
    '[devcie n]',
    'this is a job, and looks like [device n]; write device, or call the job otherwise',
  ],
  ['[hots h]', 'this is a job, and looks like [host h]; write host, or call the job otherwise'],
])('a slip in a section header is told: %s', (header, what) => {
  const loaded = loadPlan({ jobFile: 'slip.fio', text: `${header}\n` });
  const found = loaded.ok ? [] : loaded.diagnostics.map((each) => each.what);
  expect(found).toContain(what);
});

test('binary data is no job file, in one sentence', () => {
  const loaded = loadPlan({ jobFile: 'disk.img', text: 'abc\0\u0001=\n[x]\n' });
  const found = loaded.ok ? [] : loaded.diagnostics.map((each) => each.what);
  expect(found[0]).toBe('this is no job file: it holds binary data');
  expect(found).toHaveLength(2);
});
