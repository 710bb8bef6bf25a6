/**
 * How much V8 may inline: called once, before the models run. An I/O passes some sixty small
 * functions in a dozen rooms, and V8's budget for one compiled function ends in the middle of them.
 * Counted on Node 20 (`npm run bench -- instructions`): a simulated 4k NVMe read takes 6842, 7255
 * and 7636 instructions at depths 1, 32 and 256 without this, 5353, 6516 and 6406 with it. A budget
 * twice as large gained nothing more.
 *
 * The flags belong to the process, not the thread, and change the speed of code, not its results.
 */

import { setFlagsFromString } from 'node:v8';

/** Bytes of bytecode inlined into one function; V8's default is 920. */
const CUMULATIVE_BYTES = 3000;
/** Functions up to here are inlined whatever the budget; V8's default is 27. */
const SMALL_BYTES = 60;

export function widenInlining(): void {
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${CUMULATIVE_BYTES}`);
  setFlagsFromString(`--max-inlined-bytecode-size-small=${SMALL_BYTES}`);
}
