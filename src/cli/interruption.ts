/**
 * Ctrl-C, SIGTERM, and SIGHUP of a terminal that closes: the first ends what runs and keeps what is
 * done, the second ends the process.
 */

/** As shells count: 128 and the number of the signal. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

export type Interruption = keyof typeof EXIT_CODES;

/** Its reason will be the name of the signal. */
export function watchSignals(onFirst: (signal: Interruption) => void): AbortSignal {
  const controller = new AbortController();
  const interrupt = (signal: Interruption): void => {
    if (controller.signal.aborted) process.exit(EXIT_CODES[signal]);
    onFirst(signal);
    controller.abort(signal);
  };
  for (const signal of SIGNALS) process.on(signal, () => interrupt(signal));
  return controller.signal;
}

/** Of a process that the signal behind an aborted `interrupt` has ended. */
export function exitCodeOfSignal(interrupt: AbortSignal): number {
  const signal = SIGNALS.find((name) => name === interrupt.reason) ?? 'SIGINT';
  return EXIT_CODES[signal];
}
