/**
 * The figures of a report, each in both themes. One that cannot be drawn says so in its place and
 * ends neither the others nor the page, whatever went wrong with it.
 */

import { type Drawn, chartOf } from '../plot/figure.ts';
import { layOut } from '../plot/layout.ts';
import type { PlotRow } from '../plot/plot-row.ts';
import type { FigureRequest } from '../plot/request.ts';
import { escapeHtml } from '../units/html.ts';
import type { Contest } from './contest.ts';
import * as html from './html.ts';

const FIGURES: readonly FigureRequest[] = [{}, { kind: 'bars' }, { kind: 'percentiles' }];
/** What only paths that stand against each other have. */
const OF_CONTESTS: readonly FigureRequest[] = [{ kind: 'break-even' }, { kind: 'pareto' }];
const WIDTH = 800;

/** `draw`: rows to a chart; a test has one that throws. */
export async function figures(
  rows: readonly PlotRow[],
  contests: readonly Contest[],
  draw: (rows: readonly PlotRow[], request: FigureRequest) => Drawn = chartOf,
): Promise<readonly string[]> {
  const drawn: string[] = [];
  const kinds = new Set<string>();
  const held = contests.some(({ entrants }) => entrants.length > 1);
  for (const request of held ? [...FIGURES, ...OF_CONTESTS] : FIGURES) {
    try {
      const outcome = draw(rows, request);
      if (!outcome.ok) {
        // A sweep without numbers has no break-even, and nobody misses it.
        if (request.kind !== 'break-even') drawn.push(notDrawn(outcome.problems.join('; ')));
        continue;
      }
      const { chart } = outcome;
      if (kinds.has(chart.kind)) continue;
      kinds.add(chart.kind);
      const light = await layOut(chart, { width: WIDTH }, 'light');
      const dark = await layOut(chart, { width: WIDTH }, 'dark');
      drawn.push(html.figure(light.svg, dark.svg));
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      drawn.push(notDrawn(`${request.kind ?? 'the first figure'}: a mistake of coffer: ${what}`));
    }
  }
  return drawn;
}

function notDrawn(why: string): string {
  return `<p class="note">Not drawn: ${escapeHtml(why)}.</p>`;
}
