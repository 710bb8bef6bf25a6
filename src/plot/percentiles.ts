/**
 * The tail of the latency's distribution: x is one in how many I/Os, 1 / (1 − p), on a logarithmic
 * axis, so that each nine takes the same room. A percentile that too few I/Os stand behind is the
 * maximum under another name, and left out; the maximum itself stands where it belongs, at one in
 * as many as there were.
 */

import { median } from '../measure/median.ts';
import { COLUMNS, type Row } from '../record/columns.ts';
import { measureAxis } from './axis.ts';
import { type Cell, isWhole, summarise, type Summary } from './cell.ts';
import type { Axis, Chart, Point } from './chart.ts';
import type { Frame } from './frame.ts';
import { type Measure, measureOf } from './measure.ts';
import { noteClones, noteRepetitions } from './notes.ts';
import { textOf } from './lines.ts';
import { formatCount } from '../units/number.ts';
import { present } from '../units/assert.ts';

interface Percentile {
  readonly measure: Measure;
  /** `99.9` */
  readonly percent: string;
  /** 1000: one I/O in a thousand is slower. */
  readonly oneIn: number;
}

/** The percentiles that the record has. */
const PERCENTILES: readonly Percentile[] = COLUMNS.flatMap(({ name }) => {
  const match = /^lat_p(\d+)(?:_(\d+))?_ns$/.exec(name);
  if (match === null) return [];
  const percent = match[2] === undefined ? `${match[1]}` : `${match[1]}.${match[2]}`;
  const measure = present(measureOf(name), 'a percentile is a measure');
  return [{ measure, percent, oneIn: Number((100 / (100 - Number(percent))).toPrecision(6)) }];
});

interface Place {
  readonly cell: Cell;
  readonly oneIn: number;
  readonly at: string;
  readonly summary: Summary;
  readonly measure: Measure;
  readonly look: Point['look'];
}

export function percentilesChart(frame: Frame): Chart {
  const places = frame.cells.flatMap((cell) => placesOf(cell));
  const values = places.flatMap(({ summary: { value, low, high } }) => [
    value,
    low ?? value,
    high ?? value,
  ]);
  const { axis: y, scale } = measureAxis('latency', 'ns', values, { zero: false });
  const scaled = (value: number | null): number | null =>
    value === null ? null : value / scale.divisor;
  const points = places.map(
    ({ cell, oneIn, at, summary, measure, look }): Point => ({
      series: frame.seriesOf(cell),
      facet: frame.facetOf(cell),
      x: oneIn,
      y: scaled(summary.value),
      low: scaled(summary.low),
      high: scaled(summary.high),
      xText: at,
      yText: textOf(measure, summary),
      label: null,
      side: 'above',
      look,
    }),
  );
  return {
    kind: 'percentiles',
    title: 'latency by percentile',
    subtitle: frame.subtitle,
    notes: [
      'Hollow: the maximum, at one in as many I/Os as there were. Percentiles that fewer stand ' +
        'behind are left out.',
      ...noteRepetitions(
        frame.cells,
        places.map(({ summary }) => summary),
      ),
      ...noteClones(frame.cells, true),
      ...frame.notes,
    ],
    series: frame.series,
    facets: frame.facets,
    columns: frame.columns,
    panels: [{ title: null, x: percentAxis(places), y, points, rule: null }],
  };
}

function placesOf(cell: Cell): readonly Place[] {
  const ios = iosOf(cell);
  if (ios === null) return [];
  const known = PERCENTILES.filter(({ oneIn }) => oneIn <= ios);
  const places = known.flatMap(({ measure, percent, oneIn }): Place[] => {
    const summary = summarise(cell, measure);
    if (summary === null) return [];
    return [{ cell, oneIn, at: `p${percent}`, summary, measure, look: 'plain' }];
  });
  const longest = present(measureOf('lat_max_ns'), 'the record has a maximum');
  const summary = summarise(cell, longest);
  if (summary === null) return places;
  const at = `maximum of ${formatCount(ios)} I/Os`;
  return [...places, { cell, oneIn: ios, at, summary, measure: longest, look: 'hollow' }];
}

/** Of a clone in a repetition; null: nothing was measured. */
function iosOf({ repetitions }: Cell): number | null {
  const rows: readonly Row[] = repetitions
    .filter(isWhole)
    .flat()
    .map(({ row }) => row);
  const ios = rows.map((row) => row.ios).filter((count) => typeof count === 'number');
  const some = ios.filter((count) => count > 0);
  const middle = median(some);
  return middle === null ? null : Math.round(middle);
}

/** A tick for each that is drawn somewhere, and for no other. */
function percentAxis(places: readonly Place[]): Axis {
  const latest = places.reduce((most, { oneIn }) => Math.max(most, oneIn), 10);
  const drawn = new Set(places.filter(({ look }) => look === 'plain').map(({ oneIn }) => oneIn));
  const ticks = PERCENTILES.filter(({ oneIn }) => drawn.has(oneIn)).map(({ oneIn, percent }) => ({
    at: oneIn,
    label: `${percent} %`,
  }));
  return { title: 'percentile', scale: 'log', base: 10, domain: [2, latest], ticks };
}
