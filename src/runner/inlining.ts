/**
 * How much V8 may inline: called once, before the models run. An I/O passes some sixty small
 * functions in a dozen rooms, and V8's budget for one compiled function ends in the middle of them.
 * Counted on Node 20 (`npm run bench -- instructions`): a simulated 4k NVMe read takes 5642, 6630
 * and 6642 instructions at depths 1, 32 and 256; with 3000 bytes 6059, 7125 and 6884, with 5000 at
 * depth 1 6660. What is left out of the budget moves with the code: count again when it has grown.
 *
 * The flags belong to the process, not the thread, and change the speed of code, not its results.
 */

import { setFlagsFromString } from 'node:v8';

/** Bytes of bytecode inlined into one function; V8's default is 920. */
const CUMULATIVE_BYTES = 3600;
/** Functions up to here are inlined whatever the budget; V8's default is 27. */
const SMALL_BYTES = 60;

export function widenInlining(): void {
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${CUMULATIVE_BYTES}`);
  setFlagsFromString(`--max-inlined-bytecode-size-small=${SMALL_BYTES}`);
}
