import { afterEach, expect, test, vi } from 'vitest';
import { exitCodeOfSignal, watchSignals } from '../../../src/cli/interruption.ts';

afterEach(() => {
  vi.restoreAllMocks();
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('the first %s aborts, the second exits with %i', (signal, exitCode) => {
  const exits: unknown[] = [];
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    exits.push(code);
    throw new Error('the process would have ended');
  });
  const told: string[] = [];
  const interrupt = watchSignals((name) => told.push(name));
  expect(interrupt.aborted).toBe(false);
  process.emit(signal);
  expect([interrupt.aborted, interrupt.reason, exits, told]).toEqual([true, signal, [], [signal]]);
  expect(() => process.emit(signal)).toThrow('the process would have ended');
  expect([exits, told]).toEqual([[exitCode], [signal]]);
  expect(exitCodeOfSignal(interrupt)).toBe(exitCode);
});
