/**
 * From where on one path pays: the ratio of each to a reference over what was asked, and where it
 * crosses 1. Between two points the crossing is interpolated along the line that is drawn, with
 * both axes logarithmic (or x linear, where it is drawn so): a power law between neighbours.
 */

import { present } from '../units/assert.ts';
import { extentOf } from '../units/extent.ts';
import { dimensionAxis, formatAsked } from './axis.ts';
import { type Cell, summarise } from './cell.ts';
import type { Axis, Chart, Point } from './chart.ts';
import { type Dimension, isPath } from './dimension.ts';
import type { Frame } from './frame.ts';
import type { Measure } from './measure.ts';
import { noteClones } from './notes.ts';

export interface Ratio {
  readonly series: string;
  readonly facet: string;
  readonly x: number;
  /** null: one of the two has no figure; neither a line nor a crossing goes over that. */
  readonly ratio: number | null;
}

export interface Crossing {
  readonly series: string;
  readonly facet: string;
  readonly x: number;
  /** From below 1 to above. */
  readonly rising: boolean;
}

/** What all are held against: the way without any help of the device, else the last. */
const REFERENCE = 'read-write';

export function referenceOf(names: readonly string[]): string {
  return names.find((name) => name === REFERENCE) ?? present(names.at(-1), 'a series');
}

export function breakEvenChart(frame: Frame, x: Dimension, measure: Measure): Chart {
  const reference = referenceOf(frame.series.names);
  const ratios = ratiosOf(frame, x, measure, reference);
  const worded = (name: string): string => wordedIn(frame, name);
  const against = worded(reference);
  const axis = dimensionAxis(x);
  const crossings = crossingsOf(ratios, axis.scale === 'log');
  const named = (series: string): string => `${series} ÷ ${reference}`;
  const point = (at: Ratio, crossing: Crossing | null): Point => ({
    series: named(at.series),
    facet: at.facet,
    x: at.x,
    y: at.ratio,
    low: null,
    high: null,
    xText: `${crossing === null ? '' : 'break-even, '}${x.name} ${crossing === null ? '' : '≈ '}${formatAsked(x, at.x)}`,
    yText: at.ratio === null ? 'no figure' : `${at.ratio.toFixed(2)} times ${against}`,
    label: crossing === null ? null : `≈ ${formatAsked(x, at.x)}`,
    // Where the line does not go.
    side: crossing?.rising === true ? 'below' : 'above',
    look: crossing === null ? 'plain' : 'hollow',
  });
  const points = [
    ...ratios.map((ratio) => point(ratio, null)),
    ...crossings.map((crossing) => point({ ...crossing, ratio: 1 }, crossing)),
  ];
  const others = frame.series.names.filter((name) => name !== reference);
  const ahead = measure.better === 'lower' ? 'Below' : 'Above';
  return {
    kind: 'break-even',
    title: `${measure.label} of ${others.map(worded).join(', ')} against ${against}`,
    subtitle: frame.subtitle,
    notes: [
      `${ahead} 1 ${against} is beaten. Ratios are of medians; crossings (≈) are interpolated.`,
      ...noteClones(frame.cells, measure.name.includes('lat_')),
      ...frame.notes,
    ],
    series: { title: frame.series.title, names: others.map(named) },
    facets: frame.facets,
    columns: frame.columns,
    panels: [{ title: null, x: axis, y: ratioAxis(ratios, against), points, rule: 1 }],
  };
}

/** Paths are words; of anything else the value alone says nothing: `nullb0.irqmode=2`. */
function wordedIn({ roles: { series }, cells, seriesOf }: Frame, name: string): string {
  if (series === null || isPath(series)) return name;
  const cell = cells.find((each) => seriesOf(each) === name);
  // Where the option does not apply the name says so.
  return (cell?.at.get(series) ?? null) === null ? name : `${series.name}=${name}`;
}

export function ratiosOf(
  frame: Frame,
  x: Dimension,
  measure: Measure,
  reference: string,
): readonly Ratio[] {
  const at = (cell: Cell): number | null => x.quantity?.numbers.get(cell.at.get(x) ?? '') ?? null;
  const keyOf = (cell: Cell): string => JSON.stringify([frame.facetOf(cell), at(cell)]);
  const values = frame.cells.map((cell) => ({ cell, value: summarise(cell, measure)?.value ?? 0 }));
  const references = new Map(
    values
      .filter(({ cell }) => frame.seriesOf(cell) === reference)
      .map(({ cell, value }) => [keyOf(cell), value]),
  );
  const ratios = values.flatMap(({ cell, value }): Ratio[] => {
    const [series, place] = [frame.seriesOf(cell), at(cell)];
    const divisor = references.get(keyOf(cell)) ?? 0;
    if (series === reference || place === null) return [];
    // No ratio is drawn of what is not there, nor of nothing.
    const ratio = value <= 0 || divisor <= 0 ? null : value / divisor;
    return [{ series, facet: frame.facetOf(cell), x: place, ratio }];
  });
  return ratios.toSorted((a, b) => a.x - b.x);
}

/** Where neighbours lie on either side of 1, and a point that is 1 exactly between two that do. */
export function crossingsOf(ratios: readonly Ratio[], logarithmic: boolean): readonly Crossing[] {
  const lines = new Map<string, Ratio[]>();
  for (const ratio of ratios) {
    const key = JSON.stringify([ratio.facet, ratio.series]);
    lines.set(key, [...(lines.get(key) ?? []), ratio]);
  }
  return [...lines.values()].flatMap((line) =>
    line.flatMap((left, place): Crossing[] => {
      const right = line[place + 1];
      if (left.ratio === null || right === undefined || right.ratio === null) return [];
      const [a, b] = [Math.log(left.ratio), Math.log(right.ratio)];
      const { series, facet } = left;
      if (a === 0) {
        const before = Math.log(line[place - 1]?.ratio ?? 1);
        return before * b < 0 ? [{ series, facet, x: left.x, rising: b > 0 }] : [];
      }
      if (a * b >= 0) return [];
      const share = a / (a - b);
      const x = logarithmic
        ? left.x * (right.x / left.x) ** share
        : left.x + (right.x - left.x) * share;
      return [{ series, facet, x: Number(x.toPrecision(6)), rising: a < 0 }];
    }),
  );
}

const COARSE = [
  0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 5, 10, 20, 50,
];
/** Hundredths from a half to two. */
const FINE = Array.from({ length: 151 }, (_, place) => (50 + place) / 100);
const TICKS_MIN = 3;

/** Logarithmic, so that twice and half are as far from 1. */
function ratioAxis(ratios: readonly Ratio[], against: string): Axis {
  const known = ratios.map(({ ratio }) => ratio).filter((ratio) => ratio !== null);
  const extent = extentOf([...known, 1]);
  const [low, high] = [extent.low / 1.02, extent.high * 1.02];
  const inside = (steps: readonly number[]): readonly number[] =>
    steps.filter((step) => step >= low && step <= high);
  const grids = [COARSE, FINE.filter((_, place) => place % 5 === 0), FINE].map(inside);
  const steps = grids.find((grid) => grid.length >= TICKS_MIN) ?? inside(FINE);
  const ticks = steps.map((at) => ({ at, label: `${at}×` }));
  const title = `times ${against}`;
  return { title, scale: 'log', base: 10, domain: [low, high], ticks };
}
