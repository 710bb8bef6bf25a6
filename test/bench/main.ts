/**
 * `npm run bench [-- stack|copy|memory|startup]`: our own speed, as ratios inside one run, medians of
 * five interleaved repeats, per CPU second where a neighbour could be in the way. Never part of the tests.
 */

import { benchCopies } from './copy.ts';
import { benchMemory } from './memory.ts';
import { benchStack } from './stack.ts';
import { benchStartup } from './startup.ts';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  stack: benchStack,
  copy: benchCopies,
  memory: benchMemory,
  startup: benchStartup,
};

const asked = process.argv.slice(2);
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
