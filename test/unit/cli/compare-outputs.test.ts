import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type CompareFlags, tell } from '../../../src/cli/compare.ts';
import { aRow } from '../../support/a-row.ts';
import { compared } from '../../support/compared.ts';
import { scratchFolder } from '../../support/scratch.ts';

const WORSE = compared([aRow({ lat_p99_ns: 10 })], [aRow({ lat_p99_ns: 11 })]);
const SAME = compared([aRow({ lat_p99_ns: 10 })], [aRow({ lat_p99_ns: 10 })]);

/** What is written to either stream, and the exit code. */
function told(comparison: typeof WORSE, flags: CompareFlags) {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  try {
    return { exitCode: tell(comparison, { width: 80, ...flags }), ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

test('a report on a full disk costs nobody the verdict, nor the other reports', () => {
  const markdown = join(scratchFolder(), 'out.md');
  const worse = told(WORSE, { junit: '/dev/full', markdown });
  expect(worse.exitCode).toBe(3);
  expect(worse.stdout).toContain('1 row compared: 1 regression');
  expect(worse.stderr).toMatch(/^\/dev\/full: cannot be written: .+\n$/);
  expect(readFileSync(markdown, 'utf8')).toContain('lat_p99_ns');
  expect(told(SAME, { junit: '/dev/full' })).toMatchObject({
    exitCode: 2,
    stdout: expect.stringContaining('1 row compared: 1 pass'),
  });
});

test('a report is whole or not there: an earlier one stays until it is', () => {
  const at = scratchFolder();
  const [file, link] = [join(at, 'out.csv'), join(at, 'link.csv')];
  writeFileSync(file, 'earlier');
  symlinkSync('out.csv', link);
  mkdirSync(`${file}.new`);
  expect(told(WORSE, { csv: link })).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('cannot be written'),
  });
  expect(readFileSync(file, 'utf8')).toBe('earlier');
  const other = join(at, 'other.csv');
  writeFileSync(other, 'earlier');
  expect(told(WORSE, { csv: other }).stderr).toBe('');
  expect(readFileSync(other, 'utf8')).toContain('lat_p99_ns');
  expect(existsSync(`${other}.new`)).toBe(false);
});
