/**
 * Bars by path: throughput, and beneath it what each byte copied has cost in host CPU, PCIe and
 * fabric bytes: a path that is as fast and costs nothing is the point of offloading. Bars stand on
 * zero, always.
 */

import { bandAxis, formatAsked, measureAxis } from './axis.ts';
import { type Cell, summarise, type Summary } from './cell.ts';
import type { Axis, Chart, Panel, Point } from './chart.ts';
import type { Dimension } from './dimension.ts';
import type { Frame } from './frame.ts';
import { textOf } from './lines.ts';
import type { Measure } from './measure.ts';
import { noteClones, noteRepetitions } from './notes.ts';
import { formatPlain } from './scale-unit.ts';

/** With more in a row of panels their values would run into each other. */
const LABELLED_MAX = 18;

/** `measures`: each a panel of its own; those without a value are left out. */
export function barsChart(frame: Frame, measures: readonly Measure[]): Chart {
  const summaries: Summary[] = [];
  const panels = measures.flatMap((measure): Panel[] => {
    const bars = frame.cells.map((cell) => ({ cell, summary: summarise(cell, measure) }));
    const known = bars.flatMap(({ summary }) => (summary === null ? [] : [summary]));
    if (known.length === 0) return [];
    for (const summary of known) summaries.push(summary);
    const values = known.map(({ value, high }) => high ?? value);
    const { axis, scale } = measureAxis(measure.label, measure.unit, values, { zero: true });
    const labelled = bars.length <= LABELLED_MAX;
    const points = bars.map(({ cell, summary }): Point => {
      const scaled = (value: number | null | undefined): number | null =>
        value === null || value === undefined ? null : value / scale.divisor;
      const y = scaled(summary?.value);
      return {
        series: frame.seriesOf(cell),
        facet: frame.facetOf(cell),
        x: placeOf(frame, cell),
        y,
        low: scaled(summary?.low),
        high: scaled(summary?.high),
        xText: placeOf(frame, cell),
        yText: summary === null ? 'no figure' : textOf(measure, summary),
        label: labelled && y !== null ? shortly(y) : null,
        side: 'above',
        look: 'plain',
      };
    });
    const y = { ...axis, title: '' };
    return [{ title: headingOf(axis, measure), x: along(frame), y, points, rule: null }];
  });
  const stacked = panels.map((panel, place) =>
    place === panels.length - 1 ? panel : { ...panel, x: { ...panel.x, title: '' } },
  );
  const latency = measures.some(({ name }) => name.includes('lat_'));
  const labels = measures.map(({ label }) => label).join(', ');
  return {
    kind: 'bars',
    title: measures.length > 1 ? 'throughput, and what a byte costs' : labels,
    subtitle: frame.subtitle,
    notes: [
      ...noteRepetitions(frame.cells, summaries, 'line'),
      ...noteClones(frame.cells, latency),
      ...frame.notes,
    ],
    series: frame.series,
    facets: frame.facets,
    columns: frame.columns,
    panels: stacked,
  };
}

/** As wide as a bar, however small. */
function shortly(value: number): string {
  return value > 0 && value < 0.005 ? '<0.01' : formatPlain(value);
}

function headingOf({ title }: Axis, { better }: Measure): string {
  return better === null ? title : `${title}, ${better} is better`;
}

/** Where nothing but the series varies, the series stand along x themselves. */
function along({ roles, series }: Frame): Axis {
  const { x } = roles;
  if (x !== null) return { ...bandAxis(x), domain: x.values.map((text) => shown(x, text)) };
  return { title: series.title, scale: 'band', base: 10, domain: series.names, ticks: [] };
}

function placeOf({ roles, seriesOf }: Frame, cell: Cell): string {
  const { x } = roles;
  if (x === null) return seriesOf(cell);
  const text = cell.at.get(x) ?? null;
  return text === null ? `no ${x.name}` : shown(x, text);
}

function shown(x: Dimension, text: string): string {
  const number = x.quantity?.numbers.get(text);
  return number === undefined ? text : formatAsked(x, number);
}
