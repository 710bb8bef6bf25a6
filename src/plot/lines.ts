/** Lines of one measure over what was asked, with the interval of the median where there is one. */

import { type ScaledAxis, dimensionAxis, formatAsked, measureAxis } from './axis.ts';
import { type Cell, type Summary, summarise } from './cell.ts';
import type { Chart, Point } from './chart.ts';
import type { Dimension } from './dimension.ts';
import type { Frame } from './frame.ts';
import type { Measure } from './measure.ts';
import { noteClones, noteRepetitions } from './notes.ts';
import { formatValue } from './scale-unit.ts';

/** `measures`: of one unit; several are drawn as panels of their own. */
export function linesChart(frame: Frame, x: Dimension, measures: readonly Measure[]): Chart {
  const summaries = measures.map((measure) =>
    frame.cells.map((cell) => [cell, summarise(cell, measure)] as const),
  );
  const all = summaries.flat().flatMap(([, summary]) => (summary === null ? [] : [summary]));
  const values = all.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const panels = measures.map((measure, place) => {
    const scaled = measureAxis(measure.label, measure.unit, values, { zero: false });
    return {
      title: measures.length > 1 ? measure.label : null,
      x: dimensionAxis(x),
      y: scaled.axis,
      points: inOrder(x, summaries[place] ?? []).map(([cell, summary]) =>
        linePoint(frame, x, scaled, measure, cell, summary),
      ),
      rule: null,
    };
  });
  const latency = measures.some(({ name }) => /lat_/.test(name));
  return {
    kind: 'lines',
    title: `${measures.map(({ label }) => label).join(', ')} by ${x.name}`,
    subtitle: frame.subtitle,
    notes: [
      ...noteRepetitions(frame.cells, all),
      ...noteClones(frame.cells, latency),
      ...frame.notes,
    ],
    series: frame.series,
    facets: frame.facets,
    columns: frame.columns,
    panels,
  };
}

type Summarised = readonly [cell: Cell, summary: Summary | null];

/** Along x, since a line goes from point to point; where x does not apply there is none. */
function inOrder(x: Dimension, cells: readonly Summarised[]): readonly Summarised[] {
  const rank = new Map(x.values.map((text, place) => [text, place]));
  const rankOf = (cell: Cell): number => rank.get(cell.at.get(x) ?? '') ?? -1;
  return cells.filter(([cell]) => rankOf(cell) >= 0).toSorted(([a], [b]) => rankOf(a) - rankOf(b));
}

function linePoint(
  frame: Frame,
  x: Dimension,
  { scale }: ScaledAxis,
  measure: Measure,
  cell: Cell,
  summary: Summary | null,
): Point {
  const text = cell.at.get(x) ?? '';
  const number = x.quantity?.numbers.get(text);
  const scaled = (value: number | null | undefined): number | null =>
    value === null || value === undefined ? null : value / scale.divisor;
  return {
    series: frame.seriesOf(cell),
    facet: frame.facetOf(cell),
    x: number ?? text,
    y: scaled(summary?.value),
    low: scaled(summary?.low),
    high: scaled(summary?.high),
    xText: `${x.name} ${number === undefined ? text : formatAsked(x, number)}`,
    yText: summary === null ? 'no figure' : textOf(measure, summary),
    label: null,
    side: 'above',
    look: 'plain',
  };
}

/** `1.23 GiB/s (1.20 GiB/s to 1.25 GiB/s)` */
export function textOf({ unit }: Measure, { value, low, high }: Summary): string {
  const shown = formatValue(unit, value);
  if (low === null || high === null) return shown;
  return `${shown} (${formatValue(unit, low)} to ${formatValue(unit, high)})`;
}
