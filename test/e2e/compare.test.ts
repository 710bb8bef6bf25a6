/** `coffer compare` as a release manager's CI runs it. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COLUMN_NAMES, type Row } from '../../src/record/columns.ts';
import { formatHeader, formatRows } from '../../src/record/write.ts';
import { aRow } from '../support/a-row.ts';
import { anEnvironment } from '../support/an-environment.ts';
import { coffer, type Ended } from '../support/command-line.ts';
import { scratchFolder } from '../support/scratch.ts';
import { wallRows } from '../support/wall-rows.ts';

const JOB = `[device nvme0]
driver=nvme
profile=nvme-gen4
size=16m
data=tags
[global]
filename=nvme0
rw=copy
size=256k
dest_offset=8m
bs=64k
sweep_path=offload read-write
[copies]
`;

const CALM = [10_000, 10_050, 9950, 10_020, 9980, 10_010, 9990, 10_030];

/** Files by name; rows become a CSV, a wall-clock one with its environment beside it. */
function folderWith(files: Readonly<Record<string, readonly Row[] | string>>): string {
  const folder = scratchFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    const text = typeof content === 'string' ? content : formatHeader() + formatRows(content);
    writeFileSync(join(folder, name), text);
    if (typeof content === 'string' || content[0]?.clock !== 'wall') continue;
    writeFileSync(join(folder, name.replace(/csv$/, 'json')), anEnvironment());
  }
  return folder;
}

function compare(folder: string, line: string): Promise<Ended> {
  return coffer(['compare', ...line.split(' ')], { cwd: folder });
}

const BESIDE = aRow({ job: 'background:nvme0', group: null, clone: null });
const WHOLE = formatHeader() + formatRows([aRow(), aRow({ point: 'bs=8k' }), BESIDE]);

describe('virtual time', () => {
  test('a changed device parameter is caught to the ns', async () => {
    const cwd = folderWith({ 'job.fio': JOB });
    const run = (output: string, ...more: readonly string[]): Promise<Ended> =>
      coffer(['run', 'job.fio', '--quiet', '--output', output, ...more], { cwd });
    await run('before.csv');
    await run('again.csv');
    await run('after.csv', '--set', 'nvme0.copy_setup=10001ns');
    await run('reference.csv', '--set', 'nvme0.copy_setup=10us');

    const same = await compare(cwd, 'before.csv again.csv');
    expect(same).toEqual({ exitCode: 0, stderr: '', stdout: '2 rows compared: 2 pass\n' });

    const refused = await compare(cwd, 'reference.csv after.csv');
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toContain('the job has changed (plan_sha256 differs in every row)');

    const judged = await compare(cwd, 'reference.csv after.csv --allow-different-plan');
    expect(judged).toMatchObject({ exitCode: 3, stderr: '' });
    expect(judged.stdout).toMatch(/path=offload\n(.*\n)*.* lat_p50_ns +\d+ ns +\d+ ns +\+0\.0/);
    expect(judged.stdout).not.toContain('path=read-write');
    const back = await compare(cwd, 'after.csv reference.csv --allow-different-plan');
    expect(back.exitCode).toBe(0);
    expect(back.stdout).toContain('better');
    const strict = await compare(
      cwd,
      'after.csv reference.csv --allow-different-plan --fail-on-change',
    );
    expect(strict.exitCode).toBe(3);
  });

  test('a gate on the path is one line, and a tolerance bends it', async () => {
    const full = { bytes: 1000, offload_bytes: 1000, emulation_bytes: 0, lat_p99_ns: 10 };
    const cwd = folderWith({
      'a.csv': [aRow(full)],
      'b.csv': [aRow({ ...full, offload_bytes: 990, emulation_bytes: 10, lat_p99_ns: 11 })],
    });
    expect((await compare(cwd, 'a.csv b.csv --gate offload_bytes')).exitCode).toBe(3);
    expect((await compare(cwd, 'b.csv a.csv --gate offload_bytes')).exitCode).toBe(0);
    const bent = 'a.csv b.csv --gate offload_bytes --tolerance offload_bytes=2%';
    expect((await compare(cwd, bent)).exitCode).toBe(0);
    expect((await compare(cwd, 'a.csv b.csv --gate iops --gate lat_p50_ns')).exitCode).toBe(2);
  });

  test('rows that are lost are inconclusive, rows that are new are listed', async () => {
    const [kept, lostRow] = [aRow({ ios: 1 }), aRow({ point: 'bs=8k', ios: 1 })];
    const cwd = folderWith({ 'a.csv': [kept, lostRow], 'b.csv': [kept] });
    const lost = await compare(cwd, 'a.csv b.csv');
    expect(lost).toMatchObject({ exitCode: 4 });
    expect(lost.stdout).toContain('only in the baseline (inconclusive)\n  bs=8k\n');
    expect((await compare(cwd, 'a.csv b.csv --inconclusive=pass')).exitCode).toBe(0);
    expect((await compare(cwd, 'a.csv b.csv --inconclusive=fail')).exitCode).toBe(3);
    expect((await compare(cwd, 'b.csv a.csv')).exitCode).toBe(0);
  });
});

describe('wall time', () => {
  test('repetitions from several files, of a folder or named one by one, are one sample', async () => {
    const cwd = folderWith({
      'old/a.csv': wallRows(CALM.slice(0, 4)),
      'old/b.csv': wallRows(CALM.slice(4)),
      'new1.csv': wallRows(CALM.slice(0, 4).map((latency) => latency * 1.2)),
      'new2.csv': wallRows(CALM.slice(4).map((latency) => latency * 1.2)),
    });
    const ended = await compare(cwd, 'old --candidate new1.csv new2.csv');
    expect(ended).toMatchObject({ exitCode: 3, stderr: '' });
    expect(ended.stdout).toContain('n 8+8');
    expect(ended.stdout).toContain('coffer ab runs both in turns');
    expect((await compare(cwd, '--baseline old --candidate old')).exitCode).toBe(0);
  });

  test('one repetition is inconclusive, and the count that would do is told', async () => {
    const cwd = folderWith({ 'a.csv': wallRows([10_000]), 'b.csv': wallRows([10_001]) });
    const ended = await compare(cwd, 'a.csv b.csv');
    expect(ended.exitCode).toBe(4);
    expect(ended.stdout).toContain('at least 5 repetitions on each side would do');
  });

  test('environments that differ, or are not known, are refused by name', async () => {
    const cwd = folderWith({
      'a.csv': wallRows(CALM),
      'b.csv': wallRows(CALM),
      'c.csv': wallRows(CALM),
    });
    writeFileSync(join(cwd, 'b.json'), anEnvironment({ kernelRelease: '6.2.0' }));
    writeFileSync(join(cwd, 'c.json'), '');
    const refused = await compare(cwd, 'a.csv b.csv');
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toContain('b.json: kernel_release is 6.2.0, in a.json 6.1.0\n');
    const allowed = await compare(cwd, 'a.csv b.csv --allow-different-environment');
    expect(allowed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(allowed.stdout).toContain('different environments: b.json: kernel_release is 6.2.0');
    expect((await compare(cwd, 'a.csv c.csv')).stderr).toContain('c.json: is no environment');
  });
});

test('the reports go where they are told, and stdout holds one', async () => {
  const cwd = folderWith({
    'a.csv': [aRow({ lat_p99_ns: 10 })],
    'b.csv': [aRow({ lat_p99_ns: 11 })],
  });
  const files = '--markdown out.md --junit out.xml --csv out.csv --github';
  const ended = await compare(cwd, `a.csv b.csv ${files}`);
  expect(ended).toMatchObject({ exitCode: 3, stderr: '' });
  expect(ended.stdout).toContain('::error title=regression%3A copies::lat_p99_ns: 10 ns → 11 ns');
  const written = (name: string): string => readFileSync(join(cwd, name), 'utf8');
  expect(written('out.md')).toContain('| copies | `lat_p99_ns` | 10 ns | 11 ns | +10.0 % |');
  expect(written('out.xml')).toContain('failures="1"');
  expect(written('out.csv').split('\n')).toHaveLength(3);

  const json = await compare(cwd, 'a.csv b.csv --json');
  expect(JSON.parse(json.stdout)).toMatchObject({ verdict: 'regression' });
  expect(json.stderr).toBe('regression: 1 row compared: 1 regression\n');
  expect((await compare(cwd, 'a.csv b.csv --csv')).stdout).toBe(written('out.csv'));
  expect((await compare(cwd, 'a.csv b.csv --markdown')).stdout).toBe(written('out.md'));

  const both = await compare(cwd, 'a.csv b.csv --csv --json');
  expect(both).toMatchObject({ exitCode: 2, stdout: '' });
  expect(both.stderr).toBe(
    '--csv and --json: stdout can hold one; give --markdown or --csv a FILE\n',
  );
  const over = await compare(cwd, 'a.csv b.csv --junit a.csv');
  expect(over.stderr).toBe(
    'a.csv: is a record, and the report would replace it; name another file\n',
  );
});

test('a line that nobody reads to its end is no failure, and a pipe gets no colour', async () => {
  const cwd = folderWith({ 'a.csv': [aRow({ ios: 1 })], 'b.csv': [aRow({ ios: 2 })] });
  expect((await compare(cwd, 'a.csv b.csv')).stdout).not.toContain('\u001b');
  expect((await compare(cwd, 'a.csv b.csv --color always')).stdout).toContain('\u001b[32m');
});

describe('what cannot be compared is told in a sentence, exit 2', () => {
  const NAMES = COLUMN_NAMES.length;
  const BAD: readonly (readonly [what: string, text: string, sentence: RegExp])[] = [
    ['a truncated CSV', WHOLE.slice(0, -30), /^bad\.csv:4: the row has \d+ fields, the header/],
    ["another tool's CSV", 'a,b\n1,2\n', /^bad\.csv:1: no record of coffer/],
    [
      'mixed schema versions',
      WHOLE + formatRows([aRow({ point: 'bs=16k' })]).replace(/^\d+/, '1'),
      /^bad\.csv:5: schema_version: is '1'/,
    ],
    ['NaN', WHOLE.replace(',4096,', ',NaN,'), /^bad\.csv:2: bs_bytes: is 'NaN'/],
    [
      'an empty cell where one must be',
      WHOLE.replace(',done,', ',,'),
      /^bad\.csv:2: state: is empty/,
    ],
    ['an empty file', '', /^bad\.csv:1: the file is empty/],
    ['a header alone', formatHeader(), /^bad\.csv: has a header and no row/],
    [
      'no matching row but of the background',
      formatHeader() + formatRows([BESIDE, aRow({ job_file: 'other.fio' })]),
      /^nothing to compare: no row of the baseline/,
    ],
    [
      'no matching row',
      formatHeader() + formatRows([aRow({ job_file: 'other.fio' })]),
      /^nothing to compare: no row of the baseline .*first: three-paths.fio.*first: other.fio/,
    ],
  ];

  test.each(BAD)('%s', async (_, text, sentence) => {
    const cwd = folderWith({ 'good.csv': WHOLE, 'bad.csv': text });
    const ended = await compare(cwd, 'good.csv bad.csv');
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toMatch(sentence);
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  const LINES: readonly (readonly [line: string, sentence: RegExp])[] = [
    ['good.csv', /^the candidate is missing; give coffer compare BASELINE CANDIDATE\n$/],
    ['good.csv none.csv', /^none\.csv: cannot be read: no such file/],
    ['good.csv bad.csv.partial', /^bad\.csv\.partial: the run is unfinished; finish it/],
    ['good.csv empty', /^empty: no CSV lies in this folder/],
    [
      'good.csv good.csv --gate bw',
      /^--gate bw: "bw" is no column of a record; give one of .*iops/,
    ],
    ['good.csv good.csv --gate merges', /^--gate merges: merges has no better or worse/],
    ['good.csv good.csv --gate iops', /^--gate iops: is empty in every row/],
    ['good.csv good.csv --margin 5', /^--margin 5: write a percentage, as 5%/],
    ['good.csv good.csv --alpha 2', /^--alpha 2: give a probability/],
    ['good.csv good.csv --tolerance bw=1%', /^--tolerance bw=1%: "bw" is no column/],
    ['good.csv good.csv --tolerance iops', /^--tolerance iops: write iops=1%/],
    [
      'good.csv good.csv --baseline other.csv',
      /^other\.csv: row 1: has the key of good\.csv: row 1/,
    ],
  ];

  test.each(LINES)('%s', async (line, sentence) => {
    const cwd = folderWith({
      'good.csv': WHOLE,
      'bad.csv.partial': WHOLE,
      'empty/README': '',
      'other.csv': [aRow({ ios: 7 })],
    });
    const ended = await compare(cwd, line);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toMatch(sentence);
  });

  test('several at once', async () => {
    const cwd = folderWith({ 'a.csv': 'x\n', 'b.csv': WHOLE.replaceAll(',done,', ',fine,') });
    const { stderr } = await compare(cwd, 'a.csv b.csv');
    expect(stderr).toContain(`of the ${NAMES} columns`);
    expect(stderr).toContain("b.csv:2: state: is 'fine'");
    expect(stderr).toContain("b.csv:3: state: is 'fine'");
  });
});
