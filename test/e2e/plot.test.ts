/** `coffer plot` as a user calls it: every kind, theme and format, and what it refuses. */

import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { KINDS, THEMES } from '../../src/plot/request.ts';
import { openPage, untilTrue, whyNoChromium } from '../support/chromium.ts';
import { coffer } from '../support/command-line.ts';
import { scratchFolder } from '../support/scratch.ts';
import { ROOT } from '../tidy/source-tree.ts';

const BASELINE = join(ROOT, 'results/baseline/three-paths.csv');
const PNG_MAGIC = '89504e470d0a1a0a';

async function plot(...words: readonly string[]) {
  const cwd = scratchFolder();
  const ended = await coffer(['plot', ...words], { cwd });
  const read = (name: string): string => readFileSync(join(cwd, name), 'utf8');
  return { ...ended, cwd, read };
}

describe.each(KINDS)('%s', (kind) => {
  test.each(THEMES)('%s, as SVG of the width that was asked for', async (theme) => {
    const flags = ['--kind', kind, '--theme', theme, '--output', 'fig.svg'];
    const { exitCode, stdout, stderr, read } = await plot(BASELINE, ...flags);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'fig.svg\n' });
    expect(stderr).not.toContain('defect');
    const svg = read('fig.svg');
    const width = Number(/<svg[^>]* width="([\d.]+)"/.exec(svg)?.[1]);
    expect(width).toBeGreaterThan(770);
    expect(width).toBeLessThanOrEqual(800);
    expect(svg).toContain(theme === 'dark' ? '#16191d' : '#ffffff');
    expect(svg).not.toMatch(/NaN|undefined|null|Infinity/);
  });
});

test('PNG is one, twice as dense as the figure', async () => {
  const { exitCode, cwd } = await plot(BASELINE, '--output', 'fig.png', '--width', '400');
  expect(exitCode).toBe(0);
  const png = readFileSync(join(cwd, 'fig.png'));
  expect(png.subarray(0, 8).toString('hex')).toBe(PNG_MAGIC);
  expect(png.readUInt32BE(16)).toBeGreaterThan(760);
  expect(png.readUInt32BE(16)).toBeLessThanOrEqual(800);
});

test('--width, --height and --title are those of the figure', async () => {
  const size = ['--width', '640', '--height', '500', '--title', 'Ours < theirs'];
  const { exitCode, read } = await plot(BASELINE, ...size, '--output', 'fig.svg');
  expect(exitCode).toBe(0);
  const svg = read('fig.svg');
  const [, width, height] = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  expect(Number(width)).toBeGreaterThan(630);
  expect(Number(width)).toBeLessThanOrEqual(640);
  expect(Number(height)).toBeGreaterThan(495);
  expect(Number(height)).toBeLessThanOrEqual(500);
  expect(svg).toContain('Ours &lt; theirs');
});

test('--spec prints the specification, and draws only where --output says', async () => {
  const { exitCode, stdout, cwd } = await plot(BASELINE, '--spec');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  });
  expect(existsSync(join(cwd, 'fig.svg'))).toBe(false);
});

test('a figure that is there is written over', async () => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, 'fig.svg'), 'old');
  const { exitCode } = await coffer(['plot', BASELINE, '--output', 'fig.svg'], { cwd });
  expect(exitCode).toBe(0);
  expect(readFileSync(join(cwd, 'fig.svg'), 'utf8')).toMatch(/^<svg/);
  expect(existsSync(join(cwd, 'fig.svg.new'))).toBe(false);
});

test('two records of the same rows are told apart by their files', async () => {
  const cwd = scratchFolder();
  copyFileSync(BASELINE, join(cwd, 'before.csv'));
  copyFileSync(BASELINE, join(cwd, 'after.csv'));
  const words = ['plot', 'before.csv', 'after.csv', '--output', 'fig.svg'];
  const { exitCode } = await coffer(words, { cwd });
  expect(exitCode).toBe(0);
  const svg = readFileSync(join(cwd, 'fig.svg'), 'utf8');
  expect(svg).toContain('file=before');
  expect(svg).toContain('file=after');
});

test.each(['plot', 'report'])('%s refuses a row that is there twice', async (verb) => {
  const cwd = scratchFolder();
  const lines = readFileSync(BASELINE, 'utf8').trimEnd().split('\n');
  const doubled = [...lines, lines[2], lines[3]].join('\n');
  writeFileSync(join(cwd, 'a.csv'), `${doubled}\n`);
  const output = verb === 'plot' ? 'a.svg' : 'a.html';
  const { exitCode, stderr } = await coffer([verb, 'a.csv', '--output', output], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    `a.csv: row 2 and a.csv: row ${lines.length} have the same key (and 1 more rows likewise)`,
  );
  expect(existsSync(join(cwd, output))).toBe(false);
});

describe('refuses with exit 2', () => {
  test.each<[string, readonly string[], string]>([
    ['no output', [], 'plot: give --output FIG.svg, .html or .png, or --spec'],
    ['another suffix', ['--output', 'a.pdf'], '.pdf is no suffix of a figure; write one of .svg'],
    ['no suffix', ['--output', 'figure'], 'has no suffix; write one of .svg, .html, .png'],
    ['no folder', ['--output', 'no/a.svg'], 'there is no folder no; make it first'],
    ['a folder', ['--output', 'folder.svg'], 'is a folder; name a file'],
    ['a column for x', ['--x', 'speed', '--spec'], '--x speed: no such column or swept option'],
    ['a column for y', ['--y', 'speed', '--spec'], '--y speed: no such column; there are ios'],
    ['a word for y', ['--y', 'state', '--spec'], '--y state: is a string, no figure; there are'],
    [
      'several units',
      ['--y', 'iops', '--y', 'lat_p99_ns', '--spec'],
      '--y: several units on one axis (iops in 1/s, lat_p99_ns in ns)',
    ],
    ['a value', ['--where', 'bs=5k', '--spec'], '--where bs=5k: no row has that value; bs is 4k'],
    [
      'nothing left',
      ['--where', 'state=done', '--where', 'path=offload', '--where', 'job=x', '--spec'],
      '--where job=x: no row has that value; job is copies',
    ],
    ['no condition', ['--where', 'bs', '--spec'], '--where bs: write COLUMN=VALUE, as bs=64k'],
    ['one role twice', ['--x', 'bs', '--facet', 'bs', '--spec'], 'name a column once'],
    ['y of percentiles', ['--kind', 'percentiles', '--y', 'iops', '--spec'], 'leave it out'],
    ['no numbers', ['--kind', 'break-even', '--x', 'path', '--spec'], 'needs an x of numbers'],
  ])('%s', async (_, flags, sentence) => {
    const cwd = scratchFolder();
    mkdirSync(join(cwd, 'folder.svg'));
    const { exitCode, stdout, stderr } = await coffer(['plot', BASELINE, ...flags], { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test.each<[string, string, string]>([
    ['a truncated CSV', '', 'the row may be cut'],
    ["another tool's CSV", 'name,value\na,1\n', 'no record of coffer'],
    ['an empty file', ' ', 'the file is empty'],
  ])('%s', async (_, text, sentence) => {
    const cwd = scratchFolder();
    const cut = readFileSync(BASELINE, 'utf8').slice(0, -40);
    writeFileSync(join(cwd, 'a.csv'), text === '' ? cut : text.trimStart());
    const { exitCode, stderr } = await coffer(['plot', 'a.csv', '--spec'], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('a.csv:');
    expect(stderr).toContain(sentence);
  });

  test('a record without a row, and a file that is not there, both at once', async () => {
    const cwd = scratchFolder();
    const [header = ''] = readFileSync(BASELINE, 'utf8').split('\n');
    writeFileSync(join(cwd, 'a.csv'), `${header}\n`);
    const words = ['plot', 'a.csv', 'b.csv', '--spec'];
    const { exitCode, stderr } = await coffer(words, { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('a.csv: the record has no row yet');
    expect(stderr).toContain('b.csv: cannot be read: no such file');
  });
});

test('a .partial is drawn as far as it goes', async () => {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, 'a.csv.partial'), readFileSync(BASELINE, 'utf8').slice(0, -40));
  const { exitCode } = await coffer(['plot', 'a.csv.partial', '--spec'], { cwd });
  expect(exitCode).toBe(0);
});

describe.skipIf(whyNoChromium !== null)(`in Chromium (${whyNoChromium ?? 'here'})`, () => {
  const OFFLOAD = '#0b7fc4';
  const marks = `[...document.querySelectorAll('.mark-symbol.role-mark path[fill="${OFFLOAD}"]')]`;
  const middle = (element: string): string =>
    `(() => { const box = ${element}.getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2]; })()`;
  const coordinates = (value: unknown): readonly [number, number] => {
    const [x, y]: unknown[] = Array.isArray(value) ? value : [];
    return [Number(x), Number(y)];
  };

  test('the page works without a network, tells values, and mutes a series', async () => {
    const { exitCode, cwd, read } = await plot(BASELINE, '--output', 'fig.html');
    expect(exitCode).toBe(0);
    expect(read('fig.html')).not.toMatch(/(?:src|href)="?http/);
    const page = await openPage(join(cwd, 'fig.html'));
    await untilTrue(page, "document.body?.dataset.ready === 'true'");

    await page.mouse('move', ...coordinates(await page.evaluate(middle(`${marks}[0]`))));
    await untilTrue(page, "!document.getElementById('tooltip').hidden");
    const told = await page.evaluate("document.getElementById('tooltip').textContent");
    expect(told).toMatch(/path: offload.*at: bs 4 KiB.*value: [\d.]+ MiB\/s/);

    const label =
      "[...document.querySelectorAll('.role-legend-label text')]" +
      ".find((text) => text.textContent === 'offload')";
    const opacities = `${marks}.map((mark) => mark.getAttribute('opacity') ?? '1').join()`;
    const [x, y] = coordinates(await page.evaluate(middle(label)));
    expect(await page.evaluate(opacities)).toMatch(/^1(?:,1)*$/);
    await page.mouse('click', x, y);
    await untilTrue(page, `/^0.08(?:,0.08)*$/.test(${opacities})`);
    await page.mouse('click', x, y);
    await untilTrue(page, `/^1(?:,1)*$/.test(${opacities})`);

    expect(page.exceptions).toEqual([]);
    expect(page.requests.filter((url) => !/^(?:file|data|blob):/.test(url))).toEqual([]);
  });
});
