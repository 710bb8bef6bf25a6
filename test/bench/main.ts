/**
 * `npm run bench [-- stack|copy|memory|startup|parse|points|compare|linux|instructions]`: our own
 * speed, as ratios inside one run, medians of five interleaved repeats, per CPU second where a
 * neighbour could be in the way. Never part of the tests.
 */

import { benchCompare } from './compare.ts';
import { benchCopies } from './copy.ts';
import { benchInstructions, READS } from './instructions.ts';
import { benchLinux } from './linux.ts';
import { benchMemory } from './memory.ts';
import { benchParse } from './parse.ts';
import { benchPoints } from './points.ts';
import { readsJob, simulate } from './simulate.ts';
import { benchStack } from './stack.ts';
import { benchStartup } from './startup.ts';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  stack: benchStack,
  instructions: benchInstructions,
  copy: benchCopies,
  memory: benchMemory,
  startup: benchStartup,
  parse: benchParse,
  points: benchPoints,
  compare: benchCompare,
  linux: benchLinux,
};

const [first, depth, ios] = process.argv.slice(2);
if (first === READS) await simulate(readsJob(Number(depth), Number(ios)));
else await benches(process.argv.slice(2));

async function benches(asked: readonly string[]): Promise<void> {
  const unknown = asked.filter((name) => !(name in BENCHES));
  if (unknown.length > 0) {
    process.stderr.write(
      `no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}\n`,
    );
    process.exit(2);
  }
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (asked.length === 0 || asked.includes(name)) await bench();
  }
}
