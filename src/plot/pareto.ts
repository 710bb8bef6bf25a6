/**
 * Throughput against the CPU that each byte takes: what is up and to the left is better in both.
 * The front are the points that no other beats in both; a rational choice is one of them.
 */

import { formatAsked, measureAxis } from './axis.ts';
import { type Cell, summarise } from './cell.ts';
import type { Chart, Point } from './chart.ts';
import type { Frame } from './frame.ts';
import type { Measure } from './measure.ts';
import { noteClones } from './notes.ts';
import { formatValue } from './scale-unit.ts';

/** To the left of the points, for their names. */
const ROOM = 2;

interface Place {
  readonly cell: Cell;
  readonly facet: string;
  readonly cost: number;
  readonly gain: number;
}

export function paretoChart(frame: Frame, cost: Measure, gain: Measure): Chart {
  const places = frame.cells.flatMap((cell): Place[] => {
    const [spent, gained] = [summarise(cell, cost), summarise(cell, gain)];
    if (spent === null || gained === null) return [];
    return [{ cell, facet: frame.facetOf(cell), cost: spent.value, gain: gained.value }];
  });
  const front = new Set(frame.facets.flatMap((facet) => frontOf(places, facet)));
  const x = measureAxis(
    cost.label,
    cost.unit,
    places.map((place) => place.cost),
    { zero: false, margin: ROOM },
  );
  const y = measureAxis(
    gain.label,
    gain.unit,
    places.map((place) => place.gain),
    { zero: false },
  );
  const points = places.map(
    (place): Point => ({
      series: frame.seriesOf(place.cell),
      facet: place.facet,
      x: place.cost / x.scale.divisor,
      y: place.gain / y.scale.divisor,
      low: null,
      high: null,
      xText: `${nameOf(frame, place.cell)}, ${formatValue(cost.unit, place.cost)}`,
      yText: formatValue(gain.unit, place.gain),
      label: front.has(place) ? nameOf(frame, place.cell) : null,
      // Nothing is better than the front, so nothing stands there.
      side: 'left',
      look: front.has(place) ? 'front' : 'hollow',
    }),
  );
  return {
    kind: 'pareto',
    title: `${gain.label} against ${cost.label}`,
    subtitle: frame.subtitle,
    notes: [
      'Filled and joined: the Pareto front; no other point is better in both.',
      ...noteClones(frame.cells, false),
      ...frame.notes,
    ],
    series: frame.series,
    facets: frame.facets,
    columns: frame.columns,
    panels: [{ title: null, x: x.axis, y: y.axis, points, rule: null }],
  };
}

function frontOf(places: readonly Place[], facet: string): readonly Place[] {
  const own = places.filter((place) => place.facet === facet);
  const byCost = own.toSorted((a, b) => a.cost - b.cost || b.gain - a.gain);
  let best = Number.NEGATIVE_INFINITY;
  return byCost.filter(({ gain }) => {
    const beats = gain > best;
    best = Math.max(best, gain);
    return beats;
  });
}

/** What tells the points of a series apart: `64 KiB`. */
function nameOf({ roles: { x } }: Frame, cell: Cell): string {
  if (x === null) return '';
  const text = cell.at.get(x) ?? null;
  if (text === null) return `no ${x.name}`;
  const number = x.quantity?.numbers.get(text);
  return number === undefined ? text : formatAsked(x, number);
}
