/**
 * `npm run soak -- linux [--seconds N] [--directory FOLDER]`: real engines again and again, and
 * whether what they hold grows. Exit code 1: it does, or something was left or went wrong.
 */

import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { abandon } from './coffer-process.ts';
import { killMidRing, soakProcesses, soakRuns } from './linux.ts';

const USAGE = 'npm run soak -- linux [--seconds N] [--directory FOLDER]';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '600' },
    directory: { type: 'string', default: tmpdir() },
  },
});
const seconds = Number(values.seconds);
if (positionals.join() !== 'linux' || !(seconds > 0)) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    abandon();
    process.exit(130);
  });
}
process.exitCode = await soak(seconds, values.directory);

async function soak(seconds: number, folder: string): Promise<number> {
  const say = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const found = [
    ...(await killMidRing(folder)),
    ...(await soakRuns(seconds / 2, folder, say)),
    ...(await soakProcesses(seconds / 2, folder, say)),
  ];
  for (const problem of found) say(problem);
  say(found.length === 0 ? 'flat' : 'FAILED');
  return found.length === 0 ? 0 : 1;
}
