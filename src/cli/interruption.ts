/**
 * Ctrl-C and SIGTERM: the first ends what runs and keeps what is done, the second ends the process.
 */

/** As shells count: 128 and the number of the signal. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

export type Interruption = keyof typeof EXIT_CODES;

/** Its reason will be the name of the signal. */
export function watchSignals(onFirst: (signal: Interruption) => void): AbortSignal {
  const controller = new AbortController();
  const interrupt = (signal: Interruption): void => {
    if (controller.signal.aborted) process.exit(EXIT_CODES[signal]);
    onFirst(signal);
    controller.abort(signal);
  };
  process.on('SIGINT', () => interrupt('SIGINT'));
  process.on('SIGTERM', () => interrupt('SIGTERM'));
  return controller.signal;
}

/** Of a process that the signal behind an aborted `interrupt` has ended. */
export function exitCodeOfSignal(interrupt: AbortSignal): number {
  return interrupt.reason === 'SIGTERM' ? EXIT_CODES.SIGTERM : EXIT_CODES.SIGINT;
}
