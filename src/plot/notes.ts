/**
 * The lines under a figure: which rows are not in it and why, and what its marks stand for. What a
 * reader could take for something else is said here.
 */

import type { Row } from '../record/columns.ts';
import { takenPath, tookAnother } from '../record/table-measures.ts';
import { extentOf } from '../units/extent.ts';
import type { Cell, Summary } from './cell.ts';
import type { PlotRow } from './plot-row.ts';

/** `failed` and the like by state, with the first reason as an example. */
export function noteLeftOut(rows: readonly PlotRow[]): readonly string[] {
  const byState = new Map<string, Row[]>();
  for (const { row } of rows) {
    if (row.state === 'done') continue;
    const state = String(row.state);
    byState.set(state, [...(byState.get(state) ?? []), row]);
  }
  return [...byState].map(([state, left]) => {
    const first = left.find(({ error }) => error !== null);
    const where = String(first?.point ?? '') === '' ? '' : `${first?.point}: `;
    const why = first === undefined ? '' : ` (${where}${first.error})`;
    return `Left out, ${state}: ${left.length} of ${rows.length} rows${why}.`;
  });
}

/** Done, but by another path than the one that names the series. */
export function noteOtherPaths(rows: readonly PlotRow[]): readonly string[] {
  const copies = rows.filter(({ row }) => row.direction === 'copy' && row.state === 'done');
  const others = copies.filter(({ row }) => tookAnother(row));
  if (others.length === 0) return [];
  const kinds = new Set(others.map(({ row }) => `${row.path} → ${takenPath(row)}`));
  const told = [...kinds].join('; ');
  return [`Path asked → path taken differ in ${others.length} of ${copies.length} rows: ${told}.`];
}

export function noteUnsteady(rows: readonly PlotRow[]): readonly string[] {
  const done = rows.filter(({ row }) => row.state === 'done' && row.steady !== null);
  const unsteady = done.filter(({ row }) => row.steady === false).length;
  if (unsteady === 0) return [];
  return [`Throughput was still drifting in ${unsteady} of ${done.length} rows (steady = false).`];
}

/** `clone` tells them apart in the key of a row; how many rows there are does not. */
export function noteClones(cells: readonly Cell[], latency: boolean): readonly string[] {
  const most = cells.reduce(
    (max, { repetitions }) =>
      repetitions.reduce(
        (within, rows) => Math.max(within, new Set(rows.map(({ row }) => row.clone)).size),
        max,
      ),
    1,
  );
  if (most < 2) return [];
  const what = latency ? 'latency is that of the median clone' : 'their figures are summed';
  return [`${most} clones: ${what}.`];
}

/** What points and their bands are, by the repetitions that went into each of them. */
export function noteRepetitions(
  cells: readonly Cell[],
  summaries: readonly Summary[],
  shape: 'band' | 'line' = 'band',
): readonly string[] {
  const { low: fewest, high: most } = extentOf(summaries.map(({ repetitions }) => repetitions));
  const sampled = cells.some(({ repetitions }) =>
    repetitions.some((clones) => clones.some(({ row }) => row.clock === 'wall')),
  );
  if (most <= 1) {
    return sampled ? ['Wall clock, one repetition: a sample of one, without an interval.'] : [];
  }
  const of = fewest === most ? `${most}` : `${fewest} to ${most}`;
  const attained = summaries.map(({ coverage }) => coverage).filter((each) => each !== null);
  if (attained.length === 0) return [`Median of ${of} repetitions.`];
  const least = Math.floor(100 * extentOf(attained).low);
  return [`Median of ${of} repetitions; ${shape}: interval of the median, at least ${least} %.`];
}
