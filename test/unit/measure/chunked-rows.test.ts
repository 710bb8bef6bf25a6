import { expect, test } from 'vitest';
import { CHUNK_WORDS, ChunkedRows } from '../../../src/measure/chunked-rows.ts';

/** `rows` rows of three words, each the number of its row. */
function fill(chunks: ChunkedRows, rows: number): void {
  for (let row = 0; row < rows; row += 1) {
    const at = chunks.room(3);
    chunks.words.fill(row, at, at + 3);
  }
}

test('a few rows are the rest, and nothing is handed on', () => {
  const spilled: Float64Array[] = [];
  const chunks = new ChunkedRows((words) => spilled.push(words.slice()));
  fill(chunks, 2);
  expect([...chunks.rest()]).toEqual([0, 0, 0, 1, 1, 1]);
  expect([chunks.spilled, spilled]).toEqual([0, []]);
});

test('many rows come out whole and in order, and take the memory of one chunk', () => {
  const spilled: Float64Array[] = [];
  const chunks = new ChunkedRows((words) => spilled.push(words.slice()));
  const rows = CHUNK_WORDS;
  fill(chunks, rows);
  expect(chunks.words.length).toBe(CHUNK_WORDS);
  expect(chunks.spilled).toBe(spilled.length);
  expect(spilled.map(({ length }) => length % 3)).toEqual(spilled.map(() => 0));
  const all = [...spilled, chunks.rest()].flatMap((words) => [...words]);
  expect(all).toEqual(Array.from({ length: 3 * rows }, (_, word) => Math.floor(word / 3)));
});
