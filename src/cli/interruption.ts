/**
 * Ctrl-C and SIGTERM: the first ends what runs and keeps what is done, the second ends the process.
 */

import { EXIT_BY_SIGNAL, type Interruption } from './exit-code.ts';

/** Its reason will be the name of the signal. */
export function watchSignals(onFirst: (signal: Interruption) => void): AbortSignal {
  const controller = new AbortController();
  const interrupt = (signal: Interruption): void => {
    if (controller.signal.aborted) process.exit(EXIT_BY_SIGNAL[signal]);
    onFirst(signal);
    controller.abort(signal);
  };
  process.on('SIGINT', () => interrupt('SIGINT'));
  process.on('SIGTERM', () => interrupt('SIGTERM'));
  return controller.signal;
}
