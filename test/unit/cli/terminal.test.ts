import { expect, test } from 'vitest';
import { wantsColour, widthOf } from '../../../src/cli/terminal.ts';

const TERMINAL = { isTTY: true, columns: 100 };

test.each<[string, object, Record<string, string>, boolean]>([
  ['a terminal', TERMINAL, {}, true],
  ['a pipe', {}, {}, false],
  ['a dumb terminal', TERMINAL, { TERM: 'dumb' }, false],
  ['NO_COLOR', TERMINAL, { NO_COLOR: '1' }, false],
  ['an empty NO_COLOR', TERMINAL, { NO_COLOR: '' }, true],
  ['FORCE_COLOR', {}, { FORCE_COLOR: '1' }, true],
  ['an empty FORCE_COLOR', {}, { FORCE_COLOR: '' }, true],
  ['FORCE_COLOR=0', TERMINAL, { FORCE_COLOR: '0' }, false],
  ['both', {}, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
])('colour on %s: %j %j: %s', (_, stream, variables, wanted) => {
  expect(wantsColour(stream, variables)).toBe(wanted);
});

test('what the command line says goes before the environment', () => {
  expect(wantsColour({}, { NO_COLOR: '1', TERM: 'dumb' }, 'always')).toBe(true);
  expect(wantsColour(TERMINAL, { FORCE_COLOR: '1' }, 'never')).toBe(false);
  expect(wantsColour(TERMINAL, { NO_COLOR: '1' }, 'auto')).toBe(false);
});

test('what is no terminal has room for every column', () => {
  expect(widthOf(TERMINAL)).toBe(100);
  expect(widthOf({})).toBe(200);
  expect(widthOf({ isTTY: true, columns: 0 })).toBe(80);
});
