import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { stripVTControlCharacters } from 'node:util';
import type { Comparison } from '../../../../src/compare/judgement.ts';
import { renderCsv } from '../../../../src/compare/report/csv.ts';
import { renderGithub } from '../../../../src/compare/report/github.ts';
import { renderJson } from '../../../../src/compare/report/json.ts';
import { renderJunit } from '../../../../src/compare/report/junit.ts';
import { renderMarkdown } from '../../../../src/compare/report/markdown.ts';
import { renderText } from '../../../../src/compare/report/text.ts';
import type { Row } from '../../../../src/record/columns.ts';
import { aRow } from '../../../support/a-row.ts';
import { compared } from '../../../support/compared.ts';
import { wallRows } from '../../../support/wall-rows.ts';

const PLAIN = { widthColumns: 80, colour: false, all: false };

function sweep(points: number, latencyNs: (point: number) => number): readonly Row[] {
  return Array.from({ length: points }, (_, point) =>
    aRow({ point: `bs=${point}k`, lat_p99_ns: latencyNs(point) }),
  );
}

const NASTY = 'EIO: "a" <b> & ]]> 100 %\n::error::x | *y*\u0000';

const MIXED: Comparison = compared(
  [
    aRow({ point: 'bs=4k', lat_p99_ns: 1000 }),
    aRow({ point: 'bs=8k', lat_p99_ns: 1000 }),
    aRow({ point: 'bs=16k' }),
    aRow({ point: 'bs=32k' }),
    ...wallRows([10, 11, 12], { point: 'clock=wall' }),
  ],
  [
    aRow({ point: 'bs=4k', lat_p99_ns: 1001 }),
    aRow({ point: 'bs=8k', lat_p99_ns: 999 }),
    aRow({ point: 'bs=16k', state: 'failed', error: NASTY }),
    aRow({ point: 'bs=64k' }),
    ...wallRows([10, 11, 12], { point: 'clock=wall' }),
  ],
);

test('the table tells the worst first, and how many rows there were', () => {
  expect(renderText(MIXED, PLAIN)).toBe(`regression
    column      baseline  candidate   change
  bs=16k
    state           done     failed
      EIO: "a" <b> & ]]> 100 % ::error::x | *y*?
  bs=4k
    lat_p99_ns   1000 ns    1001 ns  +0.10 %

inconclusive
    column                  baseline  candidate  change
  clock=wall
    bandwidth_bytes_per_s  347 GiB/s  347 GiB/s     0 %
      too few repetitions, p can reach 0.3; about 78 repetitions on each side
      would do
    lat_p50_ns                 11 ns      11 ns     0 %
      too few repetitions, p can reach 0.3; about 78 repetitions on each side
      would do
    lat_p99_ns                 17 ns      17 ns     0 %
      too few repetitions, p can reach 0.3; about 82 repetitions on each side
      would do
  to fit 80 columns, left out: corrected p, repetitions

better
    column      baseline  candidate   change
  bs=8k
    lat_p99_ns   1000 ns     999 ns  −0.10 %

only in the baseline (inconclusive)
  bs=32k

only in the candidate
  bs=64k

Intervals hold 95 % (Hodges–Lehmann), the margin is 5 % where none is set for
the column, and p is corrected over 3 figures (Benjamini–Hochberg).

4 rows compared: 2 regression, 1 inconclusive, 1 better; 1 only in the baseline
(inconclusive); 1 only in the candidate
`);
});

test('no line is wider than the terminal, and colour changes no text', () => {
  for (const widthColumns of [80, 100, 140]) {
    const text = renderText(MIXED, { ...PLAIN, widthColumns });
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(widthColumns);
    const coloured = renderText(MIXED, { ...PLAIN, widthColumns, colour: true });
    expect(coloured).not.toBe(text);
    expect(stripVTControlCharacters(coloured)).toBe(text);
  }
});

test('of thousands the worst are told, and how many more there are', () => {
  const many = compared(
    sweep(3000, () => 1000),
    sweep(3000, (point) => 1001 + point),
  );
  const text = renderText(many, PLAIN);
  expect(text).toMatch(/^regression\n.*\n {2}bs=2999k\n/);
  expect(text).toContain('and 2960 more figures; --all shows them');
  expect(text.split('\n').length).toBeLessThan(100);
  const all = renderText(many, { ...PLAIN, all: true });
  expect(all).not.toContain('more figures');
  expect(all.match(/lat_p99_ns/g)).toHaveLength(3000);
});

test('Markdown escapes what would be markup, and stays below its limit', () => {
  const text = renderMarkdown(MIXED);
  expect(text).toContain('\\| \\*y\\*');
  expect(text).toContain('&lt;b\\>');
  expect(text).toContain('**regression**: 4 rows compared');
  const many = compared(
    sweep(9000, () => 1000),
    sweep(9000, () => 1001),
  );
  const cut = renderMarkdown(many, 100_000);
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(100_000);
  expect(cut).toMatch(
    /\*\d+ more lines, to stay below 100000 bytes: --csv FILE has them all\.\*\n$/,
  );
});

test('JUnit: a case per row, a failure per regression, and only XML', () => {
  const xml = renderJunit(MIXED, 'error');
  expect(xml).toContain('tests="6" failures="2" errors="2" skipped="0"');
  expect(xml).toContain('<testcase classname="three-paths.fio" name="bs=8k"/>');
  expect(xml).toContain('&quot;a&quot; &lt;b&gt; &amp; ]]&gt;');
  expect(xml).not.toContain('\u0000');
  expect(renderJunit(MIXED, 'skipped')).toContain('errors="0" skipped="2"');
});

test('GitHub: ten errors, escaped, and how many more', () => {
  const text = renderGithub(MIXED);
  expect(text).toContain(
    '::error title=regression%3A bs=16k::state: done → failed: EIO: "a" <b> & ]]> 100 %25%0A',
  );
  for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^::(error|warning|notice) /);
  const many = renderGithub(
    compared(
      sweep(30, () => 1000),
      sweep(30, () => 1001),
    ),
  );
  expect(many.match(/^::error/gm)).toHaveLength(10);
  expect(many).toContain('and 20 more figures than are annotated');
});

test('GitHub: rows that are lost and jobs that changed are a warning each, within the ten', () => {
  const before = [
    ...sweep(12, () => 1000),
    aRow({ point: 'bs=99k', lat_p99_ns: 1 }),
    ...sweep(15, () => 1000).map((row) => aRow({ ...row, job: 'open', state: 'interrupted' })),
  ];
  const after = [
    aRow({ point: 'bs=99k', lat_p99_ns: 1, plan_sha256: 'another' }),
    ...before.slice(13),
  ];
  const text = renderGithub(compared(before, after));
  expect(text).toContain(
    '::warning title=12 rows only in the baseline (inconclusive)::copies bs=0k; copies bs=1k; ',
  );
  expect(text).toContain('copies bs=9k; and 2 more\n');
  expect(text).toContain(
    '::warning title=1 row of a changed job%2C not judged (inconclusive)::copies bs=99k\n',
  );
  expect(text.match(/^::warning/gm)).toHaveLength(10);
  expect(text).toContain('and 7 more figures than are annotated');
});

test('JSON and CSV have every figure that was judged, and every row of one side', () => {
  const json: unknown = JSON.parse([...renderJson(MIXED)].join(''));
  expect(json).toMatchObject({
    verdict: 'regression',
    tests: 3,
    rows_by_match: { both: 4, lost: 1, new: 1 },
    rows: [
      { point: 'bs=4k', figures: [{ column: 'lat_p99_ns', baseline: 1000, candidate: 1001 }] },
      { point: 'bs=8k', verdict: 'better' },
      { point: 'bs=16k', figures: [{ column: 'state', reason: NASTY }] },
      { point: 'bs=32k', match: 'lost' },
      {
        point: 'clock=wall',
        repetition: null,
        figures: [
          // No interval: no bound, and no number that would stand for one.
          { column: 'bandwidth_bytes_per_s', ratio: 1, ratio_low: null, ratio_high: null },
          { column: 'lat_p50_ns', baseline_repetitions: 3 },
          { column: 'lat_p99_ns' },
        ],
      },
      { point: 'bs=64k', match: 'new' },
    ],
  });
  const records: unknown[] = parse([...renderCsv(MIXED)].join(''), { columns: true });
  expect(records).toHaveLength(8);
  expect(records[0]).toMatchObject({ verdict: 'regression', baseline: '1000', per_byte: 'false' });
  expect(records[2]).toMatchObject({ column: 'state', reason: NASTY });
  expect(records[3]).toMatchObject({ match: 'lost', column: '', baseline: '' });
  expect(records[4]).toMatchObject({ ratio: '1', ratio_low: '', ratio_high: '' });
});
