/**
 * Labels only where there is room for them, by the reckoned width of their texts. Values over bars
 * go all together: a few of them would look like all there are. Crossings, which all stand along
 * one level, go to its other side first. What loses its label keeps its mark and its tooltip.
 */

import { assert } from '../units/assert.ts';
import type { Axis, Chart, Panel, Point } from './chart.ts';
import type { Layout } from './spec.ts';
import { textWidth } from './text-width.ts';
import { FONT_SIZE } from './theme.ts';

/** Between two texts, in pixels. */
const GAP = 3;
/** What Vega-Lite leaves of a place along x to bars that stand beside each other. */
const NESTED_SHARE = 0.8;

export function withRoomForLabels(chart: Chart, panel: Panel, layout: Layout): Panel {
  switch (chart.kind) {
    case 'bars':
      return barsFit(chart, panel, layout) ? panel : { ...panel, points: panel.points.map(bare) };
    case 'break-even': {
      const points = chart.facets.flatMap((facet) =>
        settled(
          panel.points.filter((point) => point.facet === facet),
          panel.x,
          layout,
        ),
      );
      return { ...panel, points };
    }
    case 'lines':
    case 'percentiles':
    case 'pareto':
      return panel;
  }
}

/** Whether no two values of a panel overlap; those of unlike bars stand at unlike heights. */
function barsFit(chart: Chart, panel: Panel, layout: Layout): boolean {
  const { points } = panel;
  const centreOf = barCentres(chart, panel, layout);
  const top = panel.y.domain.reduce<number>((most, at) => Math.max(most, Number(at)), 0);
  const texts = points.flatMap(({ label, ...point }) => {
    if (label === null || point.y === null) return [];
    const height = ((point.high ?? point.y) / top) * layout.panelHeight;
    const width = textWidth(label, FONT_SIZE.bar) + GAP;
    return [{ facet: point.facet, centre: centreOf(point), height, width }];
  });
  return texts.every((a, place) =>
    texts
      .slice(place + 1)
      .every(
        (b) =>
          a.facet !== b.facet ||
          Math.abs(a.height - b.height) >= FONT_SIZE.bar ||
          Math.abs(a.centre - b.centre) >= (a.width + b.width) / 2,
      ),
  );
}

function barCentres(
  { series: { names } }: Chart,
  { x, points }: Panel,
  { panelWidth }: Layout,
): (point: Pick<Point, 'x' | 'series'>) => number {
  const words = x.domain.map(String);
  const place = panelWidth / Math.max(1, words.length);
  const beside = points.some((point) => point.series !== point.x) && names.length > 1;
  const bar = beside ? (place * NESTED_SHARE) / names.length : 0;
  const middle = (names.length - 1) / 2;
  return (point) =>
    words.indexOf(String(point.x)) * place + (names.indexOf(point.series) - middle) * bar;
}

interface Span {
  readonly side: Point['side'];
  readonly from: number;
  readonly to: number;
}

/** From left to right, each on its own side first, and then what is left on the other. */
function settled(points: readonly Point[], x: Axis, layout: Layout): readonly Point[] {
  const taken: Span[] = [];
  const place = (point: Point, side: Point['side']): Point | null => {
    const from = pixelOf(point, x, layout);
    const to = from + textWidth(point.label ?? '', FONT_SIZE.label) + GAP;
    if (taken.some((span) => span.side === side && from < span.to && span.from < to)) return null;
    taken.push({ side, from, to });
    return { ...point, side };
  };
  const labelled = points.filter(({ label }) => label !== null);
  const ordered = labelled.toSorted((a, b) => pixelOf(a, x, layout) - pixelOf(b, x, layout));
  const own = ordered.map((point) => ({ point, placed: place(point, point.side) }));
  const all = own.map(({ point, placed }) => {
    return placed ?? place(point, point.side === 'above' ? 'below' : 'above') ?? bare(point);
  });
  return [...points.filter(({ label }) => label === null), ...all];
}

function bare(point: Point): Point {
  return { ...point, label: null };
}

/** Along x, which is one of numbers here. */
function pixelOf(point: Point, { domain, scale }: Axis, { panelWidth }: Layout): number {
  const onScale = (value: number | string | undefined): number => {
    assert(typeof value === 'number', 'a break-even has an x of numbers');
    return scale === 'log' ? Math.log(value) : value;
  };
  const [low, high] = [onScale(domain[0]), onScale(domain[1])];
  return ((onScale(point.x) - low) / (high - low)) * panelWidth;
}
