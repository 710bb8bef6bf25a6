import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { coffer } from '../support/command-line.ts';

const cwd = mkdtempSync(join(tmpdir(), 'coffer-syntax-'));
afterAll(() => rmSync(cwd, { recursive: true }));

function write(name: string, text: string): void {
  writeFileSync(join(cwd, name), text);
}

test('check --syntax looks at the lines alone, and tells what a run would refuse', async () => {
  write('a.fio', '[a]\nfilename=/nowhere/at/all\nthinkcycles=9\nwait_for=b\nsize=1m\nbs=2m\n');
  const { exitCode, stdout, stderr } = await coffer(['check', '--syntax', 'a.fio'], { cwd });
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 0,
    stdout: 'a.fio: no mistakes of grammar\n',
    stderr:
      'a.fio:3: thinkcycles: warning: a run refuses it: would slow the job down by cycles of a CPU; ' +
      'write thinktime\n',
  });
  const whole = await coffer(['check', 'a.fio'], { cwd });
  expect(whole.exitCode).toBe(2);
  expect(whole.stderr).toContain('a.fio:3: thinkcycles: would slow the job down');
  expect(whole.stderr).toContain('a.fio:4: wait_for: no job is called b');
});

test('mistakes of grammar end with 2, and a file without a job is none, as in fio', async () => {
  write('b.fio', '[a]\nbs=4q\niodept=1\n');
  write('empty.fio', '');
  const { exitCode, stdout, stderr } = await coffer(
    ['check', '--syntax', 'b.fio', 'empty.fio', 'gone.fio'],
    { cwd },
  );
  expect(exitCode).toBe(2);
  expect(stdout).toBe('empty.fio: no mistakes of grammar\n');
  expect(stderr.split('\n').map((line) => line.slice(0, 14))).toEqual([
    'b.fio:2: bs: "',
    'b.fio:3: iodep',
    'gone.fio: cann',
    '',
  ]);
});

test('includes, variables and the machine come from outside', async () => {
  mkdirSync(join(cwd, 'sub'), { recursive: true });
  write('sub/c.fio', '[a]\nioengine=null\nsize=1m\ninclude c.inc\niodepth=$ncpus\n');
  write(
    'sub/c.inc',
    'bs=${COFFER_TEST_BS}\nloops=${COFFER_TEST_LOOPS:-2}\nio_size=(16*$pagesize)\n',
  );
  const variables = { COFFER_TEST_BS: '64k' };
  const good = await coffer(['check', '--plan', 'sub/c.fio'], { cwd, variables });
  expect(good.stderr).toBe('');
  expect(good.stdout).toContain('sub/c.fio: no mistakes, 1 run');
  const bad = await coffer(['check', '--syntax', 'sub/c.fio'], { cwd });
  expect(bad.exitCode).toBe(2);
  expect(bad.stderr).toBe(
    'sub/c.inc:1: bs: COFFER_TEST_BS is not set in the environment; set it, or write ' +
      '${COFFER_TEST_BS:-default}\n',
  );
});
