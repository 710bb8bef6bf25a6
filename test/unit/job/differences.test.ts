import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Diagnostics, formatDiagnostic } from '../../../src/job/diagnostics.ts';
import { DIFFERENCES, type Difference } from '../../../src/job/differences.ts';
import { readJobFile } from '../../../src/job/job-file.ts';
import { jobsReadme } from '../../../src/job/reference.ts';
import { canonicalValue } from '../../../src/units/value.ts';

const scratch = mkdtempSync(join(tmpdir(), 'coffer-differences-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const hasFio = spawnSync('fio', ['--version']).status === 0;

function textOf({ lines }: Difference): string {
  return lines.startsWith('[') ? `${lines}\nsize=1m\n` : `[a]\n${lines}\n`;
}

const cases = DIFFERENCES.map((difference) => [difference.lines, difference] as const);

test.each(cases)('coffer and %s', (_, difference) => {
  const diagnostics = new Diagnostics();
  const { jobs } = readJobFile('a.fio', textOf(difference), [], [], {}, diagnostics);
  const mistakes = diagnostics.mistakes.map(formatDiagnostic).join('\n');
  const { coffer } = difference;
  if (coffer.kind === 'refused') {
    expect(mistakes).toContain(coffer.says);
    return;
  }
  expect(mistakes).toBe('');
  const source = jobs[0]?.sources.get(coffer.option);
  if (source?.kind !== 'assignment' || source.value === null) throw new Error('no value');
  expect(canonicalValue(source.option, source.value)).toBe(coffer.value);
});

test.runIf(hasFio).each(cases)('fio --parse-only and %s', (_, difference) => {
  const file = join(scratch, 'a.fio');
  writeFileSync(file, textOf(difference));
  const { status } = spawnSync('fio', ['--parse-only', file], { encoding: 'utf8', cwd: scratch });
  expect(status === 0).toBe(difference.fioTakes);
});

test.skipIf(hasFio)('fio is not installed: what it takes was not asked', () => {});

test('the page of the job language has each of them', () => {
  const readme = jobsReadme();
  for (const { lines, fio } of DIFFERENCES) {
    expect(readme).toContain(`\`${lines.split('\n')[0]}\``);
    expect(readme).toContain(fio);
  }
});
