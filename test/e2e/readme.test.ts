/** Every command that a README shows is run, as it stands, in a folder that looks like the checkout. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const checkout = new URL('../../', import.meta.url).pathname;
const main = join(checkout, 'dist/cli/main.js');
const scratch = mkdtempSync(join(tmpdir(), 'coffer-readme-'));
const folder = join(scratch, 'main');

/** What `npm` would do is done already, or is what runs this very test. */
const DONE = new Set(['npm ci', 'npm test']);

/** The commands of all `sh` blocks, `&&` taken apart. */
function commandsOf(readme: string): string[] {
  const text = readFileSync(join(checkout, readme), 'utf8');
  const blocks = [...text.matchAll(/```sh\n(.*?)```/gs)].map((match) => match[1] ?? '');
  return blocks
    .flatMap((block) => block.split('\n'))
    .flatMap((line) => line.split('&&'))
    .map((command) => command.trim())
    .filter((command) => command !== '' && !DONE.has(command));
}

function argumentsOf(command: string): string[] {
  const [first, second, third, ...rest] = command.split(/\s+/);
  if (first === 'npx' && second === 'coffer') return third === undefined ? [] : [third, ...rest];
  if (first === 'npm' && second === 'run' && third === 'replay')
    return ['replay', ...rest.slice(1)];
  throw new Error(`README shows '${command}', and no test knows how to run it`);
}

beforeAll(() => {
  mkdirSync(join(folder, 'results'), { recursive: true });
  symlinkSync(join(checkout, 'jobs'), join(folder, 'jobs'));
  symlinkSync(join(checkout, '../shared'), join(scratch, 'shared'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

const commands = ['README.md', 'jobs/README.md', 'results/README.md'].flatMap(commandsOf);

test('the README shows commands', () => {
  expect(commands.length).toBeGreaterThan(5);
});

test.sequential.each(commands)('%s', (command) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...argumentsOf(command)], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stderr).not.toContain('error');
  expect(status).toBe(0);
  expect(stdout).not.toBe('');
});
