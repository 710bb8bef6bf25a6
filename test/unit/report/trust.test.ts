/** How far figures go. */

import { expect, test } from 'vitest';
import { trust } from '../../../src/report/trust.ts';
import { sweep } from '../../support/plot-rows.ts';

/** Repetitions done of five, at the first block size and at the other. */
test.each([
  [5, 5, 'Wall clock, 5 repetitions: figures are medians.'],
  [3, 5, 'Wall clock, 3 to 5 repetitions: figures are medians.'],
  [0, 5, 'Wall clock, 5 repetitions: figures are medians.'],
  [0, 1, 'Wall clock, one repetition: nothing tells how far another run would be from this one.'],
  [0, 0, 'Wall clock: no repetition has a throughput.'],
])('of %i and %i repetitions that are done', (first, other, sentence) => {
  const rows = sweep({
    sizes: [4096, 65_536],
    repetitions: 5,
    cells: (_, bs, repetition) => ({
      clock: 'wall',
      bandwidth_bytes_per_s: 100 + repetition,
      state: repetition <= (bs === 4096 ? first : other) ? 'done' : 'failed',
    }),
  });
  expect(trust(rows)).toContain(sentence);
});
