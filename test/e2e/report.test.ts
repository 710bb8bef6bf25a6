/** `coffer report`: one page, of a run just made and of records that lack something. */

import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPage, untilTrue, whyNoChromium } from '../support/chromium.ts';
import { coffer } from '../support/command-line.ts';
import { scratchFolder } from '../support/scratch.ts';
import { ROOT } from '../tidy/source-tree.ts';

const JOB = join(ROOT, 'jobs/three-paths.fio');
const BASELINE = join(ROOT, 'results/baseline/three-paths.csv');

async function reportOf(...files: readonly string[]) {
  const cwd = scratchFolder();
  const ended = await coffer(['report', ...files, '--output', 'report.html'], { cwd });
  expect(ended.stderr).toBe('');
  expect(ended).toMatchObject({ exitCode: 0, stdout: 'report.html\n' });
  const path = join(cwd, 'report.html');
  const html = readFileSync(path, 'utf8');
  const text = html.replace(/<svg.*?<\/svg>|<style>.*?<\/style>/gs, '').replaceAll(/<[^>]*>/g, ' ');
  return { path, html, text };
}

test('a run, its figures, its machine and its job file on one page without scripts', async () => {
  const cwd = scratchFolder();
  const flags = ['--set', 'size=4m', '--set', 'iodepth=4', '--output', 'a.csv', '--quiet'];
  expect((await coffer(['run', JOB, ...flags], { cwd })).exitCode).toBe(0);
  const { html, text } = await reportOf(join(cwd, 'a.csv'));
  expect(text).toMatch(/Of 5 points, (?:the fastest path was|no path won)/);
  expect(text).toContain(
    'Copies on nvme0 (simulated nvme), as three-paths.fio asks for them: 15 runs',
  );
  expect(text).toContain('no measurement of a drive');
  expect(text).toContain('Per byte copied, offload took');
  expect(text).toContain('All 15 rows are done');
  expect(text).toContain('coffer run');
  expect(text).toContain('mssrl=256');
  expect(html.match(/<svg/g)?.length).toBe(2 * 5);
  expect(html).not.toMatch(/<script|(?:src|href)="/);
  expect(html).not.toMatch(/>(?:NaN|undefined|null|Infinity)/);
});

test('without the JSON beside it, and with failed rows, it says so', async () => {
  const { text } = await reportOf(join(ROOT, 'test/golden/fallbacks.csv'));
  expect(text).toContain('All copies were asked for on one path (offload)');
  expect(text).toContain('4 fallbacks to another path (offload: EOPNOTSUPP ×4)');
  expect(text).toContain('There is no figure, failed: EIO');
  expect(text).toContain('Beside fallbacks.csv lies no JSON file');
});

test('of a record with nothing done there is no report', async () => {
  const cwd = scratchFolder();
  const text = readFileSync(BASELINE, 'utf8').replaceAll(',done,', ',failed,');
  writeFileSync(join(cwd, 'a.csv'), text);
  const words = ['report', 'a.csv', '--output', 'a.html'];
  const { exitCode, stdout, stderr } = await coffer(words, { cwd });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^nothing to report: none of \d+ rows is done \(state failed\)/);
  expect(existsSync(join(cwd, 'a.html'))).toBe(false);
});

test('reads have no paths to compare, and still a page', async () => {
  const { text, html } = await reportOf(join(ROOT, 'results/baseline/null-blk-overhead.csv'));
  expect(text).toContain('The record holds no copies');
  expect(html).toContain('<svg');
});

test('what is no JSON is told, and the page goes without it', async () => {
  const cwd = scratchFolder();
  copyFileSync(BASELINE, join(cwd, 'a.csv'));
  writeFileSync(join(cwd, 'a.json'), 'oops');
  const { exitCode, stderr } = await coffer(['report', 'a.csv', '--output', 'r.html'], { cwd });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: 'a.json: is no JSON of coffer; the report goes without it\n',
  });
});

test.each<[string, readonly string[], string]>([
  ['no output', [BASELINE], "required option '--output <file.html>' not specified"],
  ['another suffix', [BASELINE, '--output', 'a.pdf'], 'write one of .html'],
  ['no folder', [BASELINE, '--output', 'no/a.html'], 'there is no folder no; make it first'],
  ['a file twice', [BASELINE, BASELINE, '--output', 'a.html'], 'is named twice; name it once'],
  ['no such file', ['b.csv', '--output', 'a.html'], 'b.csv: cannot be read: no such file'],
])('refuses with exit 2: %s', async (_, words, sentence) => {
  const { exitCode, stderr } = await coffer(['report', ...words], { cwd: scratchFolder() });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(sentence);
});

describe.skipIf(whyNoChromium !== null)(`in Chromium (${whyNoChromium ?? 'here'})`, () => {
  test('nothing is wider than the page, and nothing is asked of the network', async () => {
    const { path } = await reportOf(BASELINE);
    const page = await openPage(path);
    await untilTrue(page, "document.readyState === 'complete' && document.title !== ''");
    expect(await page.evaluate('document.body.scrollWidth <= window.innerWidth')).toBe(true);
    const hidden = "[...document.querySelectorAll('figure > .dark')].every((e) => !e.offsetWidth)";
    expect(await page.evaluate(hidden)).toBe(true);
    expect(page.requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
    expect(page.exceptions).toEqual([]);
  });
});
