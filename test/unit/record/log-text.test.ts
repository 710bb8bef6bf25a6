import { expect, test } from 'vitest';
import { LogLines } from '../../../src/record/log-lines.ts';
import { logText } from '../../../src/record/log-text.ts';

/** I/Os that ended in these milliseconds; the clone's number is the bytes of each. */
function clone(bytes: number, milliseconds: readonly number[]): LogLines {
  const log = { kind: 'iops', name: 'a', windowNs: 0 } as const;
  const words = milliseconds.flatMap((ms) => [0, 0, ms * 1e6, 0, bytes, 0]);
  const plan = {
    logs: [log],
    perJob: false,
    value: 'avg',
    coarseness: 0,
    offset: false,
    prio: false,
    issueTime: false,
    epoch: 'start',
  } as const;
  const style = { log, plan, submission: true, epochMs: 0, directions: [0] };
  return new LogLines(style, [Float64Array.from(words)]);
}

const textOf = (...clones: readonly LogLines[]) => [...logText(clones)].join('');

test('one clone: its lines, in their order', () => {
  expect(textOf(clone(1, [0, 0, 5]))).toBe('0, 1, 0, 1, 0\n0, 1, 0, 1, 0\n5, 1, 0, 1, 0\n');
});

test('several: in the order of time, the same millisecond clone by clone', () => {
  const text = textOf(clone(1, [0, 2, 4]), clone(2, []), clone(3, [1, 2, 9]));
  const order = text.split('\n').map((line) => line.split(', ').filter((_, at) => at % 3 === 0));
  expect(order.slice(0, -1)).toEqual([
    ['0', '1'],
    ['1', '3'],
    ['2', '1'],
    ['2', '3'],
    ['4', '1'],
    ['9', '3'],
  ]);
});

test('no lines, no text', () => {
  expect(textOf()).toBe('');
  expect(textOf(clone(1, []))).toBe('');
});

test('a long text comes in pieces, and none of it is lost', () => {
  const pieces = [
    ...logText([
      clone(
        4096,
        Array.from({ length: 100_000 }, (_, ms) => ms),
      ),
    ]),
  ];
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.join('').split('\n')).toHaveLength(100_001);
});
