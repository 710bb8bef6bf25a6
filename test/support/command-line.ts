/** The built CLI, as a user's shell runs it. */

import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Ended {
  /** null: killed. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

interface Surroundings {
  /** Current folder. */
  readonly cwd: string;
  readonly variables?: Readonly<Record<string, string>>;
}

export function start(words: readonly string[], { cwd, variables = {} }: Surroundings): Started {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is not there: npm run build makes it`);
  const env = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...variables };
  const child = spawn(process.execPath, [MAIN, ...words], { cwd, env, stdio: 'pipe' });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, ended: collected(child) };
}

export function coffer(words: readonly string[], surroundings: Surroundings): Promise<Ended> {
  return start(words, surroundings).ended;
}

/** A line of a shell, in which `$COFFER` is the CLI. */
export function shell(line: string, { cwd }: Surroundings): Promise<Ended> {
  const env = { ...process.env, COFFER: `${process.execPath} ${MAIN}` };
  const child = spawn('bash', ['-c', line], { cwd, env, stdio: 'pipe' });
  return collected(child);
}

function collected(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** Asks again until it is so; the test's own time limit ends it otherwise. */
export async function until(so: () => boolean): Promise<void> {
  while (!so()) await sleep(5);
}
