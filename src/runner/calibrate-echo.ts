/**
 * The other thread of the context-switch measurement: answers every odd count with the next even
 * one.
 */

import { isMainThread, parentPort, workerData } from 'node:worker_threads';

/** Index of the count, and how many words are shared. */
export const COUNTER = 0;
export const WORDS = 1;

/** A wait without an end was once not woken by the end of its thread, and the process stayed. */
const LOOK_EVERY_MS = 1000;

/** Ends with its thread. */
function echo(shared: Int32Array): never {
  for (;;) {
    const count = Atomics.load(shared, COUNTER);
    if (count % 2 === 0) {
      Atomics.wait(shared, COUNTER, count, LOOK_EVERY_MS);
    } else {
      Atomics.store(shared, COUNTER, count + 1);
      Atomics.notify(shared, COUNTER);
    }
  }
}

if (!isMainThread && workerData instanceof Int32Array) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage('ready');
  echo(workerData);
}
