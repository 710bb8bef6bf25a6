/**
 * Instructions of one simulated 4k read through the whole stack, counted by valgrind: good to one or
 * two percent where times vary by fifty. The slope between two lengths, so that start-up and most of
 * V8's compiling fall out; V8's own choice of what to inline makes the rest of the difference.
 */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** `main.js READS DEPTH IOS`: simulates the reads and ends. */
export const READS = '--reads';
const DEPTHS = [1, 32, 256];
const SHORT = 600_000;
const LONG = 800_000;

const VALGRIND = [
  '--tool=cachegrind',
  '--cachegrind-out-file=/dev/null',
  '--cache-sim=no',
  // V8 writes the code that it runs.
  '--smc-check=all-non-file',
];

export async function benchInstructions(): Promise<void> {
  for (const depth of DEPTHS) {
    const [short, long] = await Promise.all([counted(depth, SHORT), counted(depth, LONG)]);
    const each = (long - short) / (LONG - SHORT);
    process.stdout.write(`stack depth ${depth}: ${each.toFixed(0)} instructions an I/O\n`);
  }
}

async function counted(depth: number, ios: number): Promise<number> {
  const node = [process.execPath, '--single-threaded', process.argv[1] ?? ''];
  const args = [...VALGRIND, ...node, READS, String(depth), String(ios)];
  const { stderr } = await promisify(execFile)('valgrind', args).catch((error: unknown) => {
    throw new Error('valgrind did not run: apt-get install valgrind', { cause: error });
  });
  const found = /I +refs: +([\d,]+)/.exec(stderr)?.[1];
  if (found === undefined) throw new Error(`valgrind counted nothing: ${stderr}`);
  return Number(found.replaceAll(',', ''));
}
