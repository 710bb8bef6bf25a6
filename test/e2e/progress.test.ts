/** What is shown while it runs: on a terminal, in a pipe, and not at all. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { coffer, shell, start, until } from '../support/command-line.ts';
import { readsPlan } from '../support/plan-of.ts';
import { titled } from '../support/real-cli.ts';
import { scratchFolder } from '../support/scratch.ts';
import { NO_TERMINAL, onTerminal } from '../support/terminal.ts';

/** A run that is over at once, and two that make the machine work a little. */
const SHORT = readsPlan('sweep_loops=1 100000 100001').text;
/** A run that takes its time on any machine. */
const REAL = `[global]
rw=randrw
size=1m
numjobs=2
time_based
runtime=2500ms
unlink=1
[mix]
`;
const ENDLESS = readsPlan('sweep_loops=1 1000000000').text;
const RUN = ['run', 'job.fio', '--output', 'a.csv', '--workers', '1'];

function folderWith(text: string): string {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, 'job.fio'), text);
  return cwd;
}

describe.skipIf(NO_TERMINAL !== null)(titled('on a terminal', NO_TERMINAL), () => {
  test('a block, and at the end nothing of it', async () => {
    const setting = { cwd: folderWith(REAL), columns: 72, rows: 20 };
    const { ended, shown } = onTerminal([...RUN, '--live', '--color=never'], setting);
    await until(() => / {4}mix +\d+ % .*iB\/s +p99 [\d.]+ .s/.test(shown()));
    expect(shown()).toMatch(/^0\/1 runs, \d+ %, 0:0\d gone/m);
    expect(shown()).toMatch(/^ {2}mix +\d+ %/m);
    const { exitCode, screen } = await ended;
    expect(exitCode).toBe(0);
    const [, , , , summary, caption] = screen.text.split('\n');
    expect(summary).toMatch(/^1 run in [23]\.\d+ s; a\.csv$/);
    expect(caption).toMatch(/^job\.fio: /);
    expect(screen.text).not.toMatch(/gone|left$/m);
    expect(screen.cursor).toBe(`0,${screen.text.split('\n').length}`);
  });

  test('Ctrl-C leaves the lines that were said, and nothing of the block', async () => {
    const cwd = folderWith(ENDLESS);
    const size = { columns: 100, rows: 24 };
    const { ended, shown, type } = onTerminal([...RUN, '--color=never'], { cwd, ...size });
    await until(() => shown().includes('  loops=1000000000'));
    type('\u0003');
    const { exitCode, screen } = await ended;
    expect(exitCode).toBe(130);
    const lines = screen.text.split('\n');
    expect(lines.slice(1, 3)).toEqual([
      'SIGINT: stopping; what is done is kept (once more: stop at once)',
      expect.stringMatching(/^2 runs in .*s, 1 row interrupted; a\.csv$/),
    ]);
    expect(screen.text).not.toMatch(/gone|left$|\^C/m);
  });

  test.each([
    [{}, [], true],
    [{ NO_COLOR: '1' }, [], false],
    [{ TERM: 'dumb' }, [], false],
    [{ NO_COLOR: '1' }, ['--color=always'], true],
    [{}, ['--color=never'], false],
  ])('a table of its width, with colour unless it is not wanted: %j %j', async (...given) => {
    const [variables, words, dressed] = given;
    const setting = { cwd: folderWith(readsPlan('').text), columns: 60, rows: 24, variables };
    const { screen } = await onTerminal([...RUN, ...words], setting).ended;
    expect(screen.text).toContain('to fit 60 columns, left out: ');
    expect(screen.dressed).toBe(dressed);
  });
});

describe('in a pipe', () => {
  test('a short run has no line of progress', async () => {
    const { stderr, stdout } = await coffer(RUN, { cwd: folderWith(SHORT) });
    expect(stderr.split('\n')).toEqual([
      '3 runs, writing 0 B to simulated devices; a.csv',
      expect.stringMatching(/^3 runs in .*s; a\.csv$/),
      '',
    ]);
    expect(stdout).toMatch(/^job\.fio: /);
  });

  test('--live: a line per job each second, without control characters', async () => {
    const cwd = folderWith(ENDLESS);
    const { child, ended } = start([...RUN, '--live', '--color=always'], { cwd });
    let seen = '';
    child.stderr?.on('data', (data: Buffer) => {
      seen += data.toString();
    });
    await until(() => seen.includes('0:03 '));
    child.kill('SIGINT');
    const lines = (await ended).stderr.split('\n').slice(1, -3);
    for (const line of lines) {
      expect(line).toMatch(/^0:0\d {2}loops=1000000000, reads: 0 %(, .* IOPS, .*\/s)?, p99 .*s$/);
    }
    expect(lines.at(-1)).toMatch(/, [\d.]+[kM] IOPS, [\d.]+ [MG]iB\/s, p99 \d/);
  });

  test('--live of real clones, from their histograms', async () => {
    const { stderr, exitCode } = await coffer([...RUN, '--live'], { cwd: folderWith(REAL) });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^0:0[23] {2}mix: \d+ %, [\d.]+[kM] IOPS, .*iB\/s, p99 [\d.]+ .s$/m);
  });

  test('a virtual record has the same bytes, watched or not', async () => {
    const cwd = folderWith(SHORT);
    await coffer([...RUN, '--live', '--progress=tty'], { cwd });
    const watched = readFileSync(join(cwd, 'a.csv'), 'utf8');
    await coffer([...RUN, '--progress=none'], { cwd });
    expect(readFileSync(join(cwd, 'a.csv'), 'utf8')).toBe(watched);
  });

  test('a reader of stderr that goes away ends nothing', async () => {
    const cwd = folderWith(SHORT);
    const line = '$COFFER run job.fio --output a.csv --live 2> >(head -1 > seen) && tail -1 a.csv';
    const { exitCode, stdout } = await shell(line, { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('background:nb0');
    expect(readFileSync(join(cwd, 'seen'), 'utf8')).toMatch(/^3 runs, writing/);
  });

  test.each([
    [['--progress=bar'], 'Allowed choices are auto, tty, plain, none.'],
    [['--color=blue'], 'Allowed choices are auto, always, never.'],
    [['--quiet', '--live'], '--live: --quiet shows nothing as it goes'],
    [['--quiet', '--progress=plain'], '--progress=plain: --quiet shows none'],
  ])('%j is a mistake', async (words, what) => {
    const { exitCode, stderr } = await coffer([...RUN, ...words], { cwd: folderWith(SHORT) });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(what);
  });

  test('show --color=always dresses, and without nothing does', async () => {
    const cwd = folderWith(readsPlan('').text);
    await coffer(RUN, { cwd });
    const plain = await coffer(['show', 'a.csv'], { cwd });
    const dressed = await coffer(['show', 'a.csv', '--color', 'always'], { cwd });
    expect(plain.stdout).not.toContain('\u001b');
    expect(dressed.stdout).toContain('\u001b[1m');
    const obeyed = await coffer(['show', 'a.csv'], { cwd, variables: { FORCE_COLOR: '1' } });
    expect(obeyed.stdout).toBe(dressed.stdout);
  });
});
