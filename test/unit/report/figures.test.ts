/** No figure ends a report. */

import { describe, expect, test } from 'vitest';
import { chartOf } from '../../../src/plot/figure.ts';
import { contestsOf } from '../../../src/report/contest.ts';
import { figures } from '../../../src/report/figures.ts';
import { sweep } from '../../support/plot-rows.ts';

const cells = (path: string, bs: number) => ({
  bandwidth_bytes_per_s: bs + (path === 'offload' ? 5000 : 0),
  host_cpu_ns: 1000,
  lat_p50_ns: 100,
  lat_max_ns: 200,
});

describe('what cannot be drawn says so, and the rest is drawn', () => {
  test('a figure of too many places', async () => {
    const sizes = Array.from({ length: 300 }, (_, place) => 4096 * (place + 1));
    const rows = sweep({ sizes, cells });
    const drawn = await figures(rows, contestsOf(rows));
    expect(drawn.filter((each) => each.startsWith('<figure>'))).toHaveLength(3);
    const notes = drawn.filter((each) => !each.startsWith('<figure>'));
    expect(notes[0]).toContain('Not drawn: bars: 300 places along bs');
    expect(notes[1]).toContain('Not drawn: 300 panels (bs)');
    expect(notes).toHaveLength(2);
  });

  test('a figure that breaks', async () => {
    const rows = sweep({ cells });
    const drawn = await figures(rows, contestsOf(rows), (own, request) => {
      if (request.kind === 'bars') throw new RangeError('<stack>');
      return chartOf(own, request);
    });
    expect(drawn).toHaveLength(5);
    expect(drawn.filter((each) => each.startsWith('<figure>'))).toHaveLength(4);
    expect(drawn[1]).toBe(
      '<p class="note">Not drawn: bars: a mistake of coffer: &lt;stack&gt;.</p>',
    );
  });
});
