/**
 * `npm run fuzz [-- --files N] [--seed N]`: mutated job files, by default a million. Each gives a
 * plan or located mistakes; the first that does not is made as small as it can be and printed.
 */

import fc from 'fast-check';
import { readCorpus } from './corpus.ts';
import { cpuMsSince, hold } from './hold.ts';
import { mutated, mutation } from './mutation.ts';

const FILES = 1_000_000;
/** So that something is seen of a long run. */
const STEP = 20_000;

const files = numberAfter('--files') ?? FILES;
const firstSeed = numberAfter('--seed') ?? 1;
const corpus = readCorpus(new URL('../..', import.meta.url).pathname);
const begin = Date.now();
let slowestMs = 0;

for (let done = 0; done < files; done += STEP) {
  const numRuns = Math.min(STEP, files - done);
  const seed = firstSeed + done / STEP;
  const { failed, counterexample, errorInstance } = fc.check(
    fc.property(mutation, (each) => timed(() => hold(mutated(corpus, each)))),
    { numRuns, seed },
  );
  if (failed) {
    const text = counterexample === null ? '' : mutated(corpus, counterexample[0]);
    const why = errorInstance instanceof Error ? (errorInstance.stack ?? '') : '';
    process.stderr.write(`seed ${seed}: ${why}\n--- the file:\n${text}\n---\n`);
    process.exit(1);
  }
  const seconds = (Date.now() - begin) / 1000;
  process.stdout.write(
    `${done + numRuns} files in ${seconds.toFixed(0)} s, the slowest ${slowestMs.toFixed(0)} ms of CPU\n`,
  );
}

function timed(work: () => void): void {
  const before = process.cpuUsage();
  work();
  slowestMs = Math.max(slowestMs, cpuMsSince(before));
}

function numberAfter(flag: string): number | null {
  const place = process.argv.indexOf(flag);
  if (place === -1) return null;
  const number = Number(process.argv[place + 1]);
  if (Number.isSafeInteger(number) && number > 0) return number;
  process.stderr.write(`${flag}: give a whole number from 1 up\n`);
  process.exit(2);
}
