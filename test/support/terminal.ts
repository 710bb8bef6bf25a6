/**
 * The built CLI on a terminal of its own, which script(1) of util-linux makes. Skipped where it is
 * not there, or is another (BSD's takes its command otherwise).
 */

import { spawn, spawnSync } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { MAIN } from './command-line.ts';
import { Screen } from './screen.ts';

/** null: it is there. */
export const NO_TERMINAL: string | null = /util-linux/.test(
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '',
)
  ? null
  : 'script of util-linux makes the terminal, and is not here';

export interface OnTerminal {
  /** What it shows by now. */
  shown(): string;
  /** As its keyboard would. */
  type(keys: string): void;
  readonly ended: Promise<{ readonly exitCode: number | null; readonly screen: Screen }>;
}

interface Setting {
  readonly cwd: string;
  readonly columns: number;
  readonly rows: number;
  readonly variables?: Readonly<Record<string, string>>;
}

export function onTerminal(words: readonly string[], setting: Setting): OnTerminal {
  const { cwd, columns, rows, variables = {} } = setting;
  const command = [process.execPath, MAIN, ...words].map((word) => `'${word}'`).join(' ');
  const line = `stty cols ${columns} rows ${rows}; exec ${command}`;
  const env = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, TERM: 'xterm' };
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    cwd,
    env: { ...env, ...variables },
    stdio: 'pipe',
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const decoder = new TextDecoder();
  let text = '';
  child.stdout.on('data', (data: Buffer) => {
    text += decoder.decode(data, { stream: true });
  });
  const screen = (): Screen => {
    const drawn = new Screen(columns, rows);
    drawn.write(text);
    return drawn;
  };
  return {
    // What has come may end inside a control sequence.
    // oxlint-disable-next-line no-control-regex
    shown: () => text.replaceAll(/\u001b\[[\d;?]*[A-Za-z]?/g, ''),
    type: (keys) => child.stdin.write(keys),
    ended: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exitCode) => resolve({ exitCode, screen: screen() }));
    }),
  };
}
