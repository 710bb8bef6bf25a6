import { expect, test } from 'vitest';
import { Block } from '../../../src/cli/block.ts';
import { Screen } from '../../support/screen.ts';

function drawnOn(columns: number, rows = 24): { screen: Screen; block: Block } {
  const screen = new Screen(columns, rows);
  screen.write('$ coffer\n');
  return { screen, block: new Block(screen) };
}

test('lines are written anew in place, however many there were before', () => {
  const { screen, block } = drawnOn(20);
  for (const lines of [
    ['a', 'b', 'c'],
    ['long before', 'd'],
    ['x', 'y', 'z'],
  ]) {
    block.draw(lines);
    expect(screen.text).toBe(`$ coffer\n${lines.join('\n')}`);
    expect(screen.cursor).toBe(`0,${1 + lines.length}`);
  }
});

test('each drawing is one write, and no line is blank in between', () => {
  const written: string[] = [];
  const block = new Block({ columns: 20, rows: 9, write: (text) => written.push(text) });
  block.draw(['a', 'b']);
  block.draw(['c', 'd']);
  expect(written).toEqual([
    '\ra\u001b[K\nb\u001b[K\n\u001b[J',
    '\r\u001b[2Ac\u001b[K\nd\u001b[K\n\u001b[J',
  ]);
});

test('what is said takes the place of the block; an end leaves nothing', () => {
  const { screen, block } = drawnOn(20);
  block.draw(['a', 'b']);
  // As a terminal echoes Ctrl-C.
  screen.write('^C');
  block.replace('a note\n');
  expect(screen.text).toBe('$ coffer\na note');
  block.draw(['c', 'd']);
  block.replace('');
  expect(screen.text).toBe('$ coffer\na note');
  expect(screen.cursor).toBe('0,2');
});

test('where nothing stands nothing is erased', () => {
  const written: string[] = [];
  const block = new Block({ write: (text) => written.push(text) });
  block.replace('');
  block.replace('a log has no control characters\n');
  expect(written).toEqual(['a log has no control characters\n']);
});

test('more lines than the terminal has are counted, not drawn', () => {
  const { screen, block } = drawnOn(20, 4);
  block.draw(['a', 'b', 'c', 'd', 'e']);
  expect(screen.text).toBe('$ coffer\na\nb\n  … and 3 more');
  block.draw(['a', 'b', 'c']);
  expect(screen.text).toBe('$ coffer\na\nb\nc');
});

test('a terminal that became narrower has wrapped the block, and it is erased all the same', () => {
  const written: string[] = [];
  const terminal = { columns: 20, rows: 24, write: (text: string) => written.push(text) };
  const block = new Block(terminal);
  block.draw(['x'.repeat(19), 'y']);
  terminal.columns = 10;
  block.replace('');
  expect(written.at(-1)).toBe('\r\u001b[3A\u001b[J');
});

test('after a forgotten block the next stands below', () => {
  const { screen, block } = drawnOn(20);
  block.draw(['a']);
  screen.write('[1]+ Stopped\n$ fg\n');
  block.forget();
  block.draw(['b']);
  expect(screen.text).toBe('$ coffer\na\n[1]+ Stopped\n$ fg\nb');
});

test('a terminal of unknown size is as most are', () => {
  expect(new Block({ write: () => {} }).columns).toBe(79);
  expect(new Block({ columns: 0, write: () => {} }).columns).toBe(79);
});
