import { expect, test } from 'vitest';
import { progressMode } from '../../../src/cli/progress-mode.ts';

const TERMINAL = { isTTY: true };

test.each([
  [{}, TERMINAL, {}, 'tty'],
  [{ progress: 'auto' }, TERMINAL, {}, 'tty'],
  [{}, TERMINAL, { TERM: 'dumb' }, 'plain'],
  [{}, {}, {}, 'plain'],
  [{ progress: 'tty' }, {}, { TERM: 'dumb' }, 'tty'],
  [{ progress: 'plain' }, TERMINAL, {}, 'plain'],
  [{ progress: 'none' }, TERMINAL, {}, 'none'],
  [{ quiet: true }, TERMINAL, {}, 'none'],
  [{ quiet: true, progress: 'none' }, TERMINAL, {}, 'none'],
  [{ live: true }, {}, {}, 'plain'],
] as const)('%j on %j with %j: %s', (flags, stream, variables, mode) => {
  expect(progressMode(flags, stream, variables)).toBe(mode);
});

test.each([
  [{ quiet: true, progress: 'tty' }, '--progress=tty: --quiet shows none; leave one of them out'],
  [{ quiet: true, live: true }, '--live: --quiet shows nothing as it goes; leave one of them out'],
  [
    { progress: 'none', live: true },
    '--live: --progress=none shows nothing as it goes; leave one of them out',
  ],
] as const)('%j contradicts itself', (flags, what) => {
  expect(() => progressMode(flags, TERMINAL, {})).toThrow(what);
});
