/**
 * Rows of one point become one cell: the clones of a repetition are one measurement, the
 * repetitions a sample. A repetition counts only when all of its clones are done.
 */

import type { Dimension } from './dimension.ts';
import type { Measure } from './measure.ts';
import { medianInterval } from './median.ts';
import type { PlotRow } from './plot-row.ts';

export interface Cell {
  /** Its place in each dimension; null: that does not apply to it. */
  readonly at: ReadonlyMap<Dimension, string | null>;
  /** Its rows, by repetition; each has one per clone. */
  readonly repetitions: readonly (readonly PlotRow[])[];
}

/** What a measure came to in a cell. */
export interface Summary {
  readonly value: number;
  /** Interval of the median; null: exact, or one repetition. */
  readonly low: number | null;
  readonly high: number | null;
  readonly coverage: number | null;
  readonly repetitions: number;
}

export function cellsOf(
  rows: readonly PlotRow[],
  dimensions: readonly Dimension[],
): readonly Cell[] {
  const cells = new Map<string, { at: Cell['at']; repetitions: Map<string, PlotRow[]> }>();
  for (const plotted of rows) {
    const texts = dimensions.map((dimension) => dimension.text(plotted));
    const key = JSON.stringify(texts);
    let cell = cells.get(key);
    if (cell === undefined) {
      const at = new Map(dimensions.map((dimension, place) => [dimension, texts[place] ?? null]));
      cell = { at, repetitions: new Map() };
      cells.set(key, cell);
    }
    const repetition = `${plotted.row.repetition}`;
    const clones = cell.repetitions.get(repetition);
    if (clones === undefined) cell.repetitions.set(repetition, [plotted]);
    else clones.push(plotted);
  }
  return [...cells.values()].map(({ at, repetitions }) => ({
    at,
    repetitions: [...repetitions.values()],
  }));
}

/** Whether its figures may be drawn: the sum of some clones only would be none of them all. */
export function isWhole(clones: readonly PlotRow[]): boolean {
  return clones.every(({ row }) => row.state === 'done');
}

/** null: the cell has no such figure. */
export function summarise({ repetitions }: Cell, measure: Measure): Summary | null {
  const whole = repetitions.filter(isWhole);
  const values = whole
    .map((clones) => measure.of(clones.map(({ row }) => row)))
    .filter((value) => value !== null);
  if (values.length === 0) return null;
  const interval = medianInterval(values);
  const sampled = whole.some((clones) => clones.some(({ row }) => row.clock === 'wall'));
  const banded = sampled && values.length > 1;
  return {
    value: interval.median,
    low: banded ? interval.low : null,
    high: banded ? interval.high : null,
    coverage: banded ? interval.coverage : null,
    repetitions: values.length,
  };
}
