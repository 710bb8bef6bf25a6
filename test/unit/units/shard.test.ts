import { expect, test } from 'vitest';
import { formatShard, holdsPlace, parseShard } from '../../../src/units/shard.ts';

test.each([
  ['1/1', { index: 1, count: 1 }],
  ['2/4', { index: 2, count: 4 }],
  ['40/100', { index: 40, count: 100 }],
])('%s', (text, shard) => {
  expect(parseShard(text)).toEqual({ ok: true, shard });
  expect(formatShard(shard)).toBe(text);
});

test.each([
  ['0/4', 'there is no such shard; they are 1/4 to 4/4'],
  ['5/4', 'there is no such shard; they are 1/4 to 4/4'],
  ['2/1', 'there is no such shard; the only one is 1/1'],
  ['1/0', 'of no shard there is none; 1/1 is all'],
  ['a', 'write i/n, as 2/4 for the second of four'],
  ['', 'write i/n, as 2/4 for the second of four'],
  ['1/2/3', 'write i/n, as 2/4 for the second of four'],
  ['-1/4', 'write i/n, as 2/4 for the second of four'],
  ['1.5/4', 'write i/n, as 2/4 for the second of four'],
  ['1/99999999999999999999', 'nobody has so many shards'],
])('%s is no shard: %s', (text, what) => {
  expect(parseShard(text)).toEqual({ ok: false, what });
});

test('each round of dealing begins one shard further', () => {
  const dealt = Array.from({ length: 8 }, (_, place) =>
    [1, 2, 3].filter((index) => holdsPlace({ index, count: 3 }, place)),
  );
  expect(dealt.flat()).toEqual([1, 2, 3, 2, 3, 1, 3, 1]);
});
