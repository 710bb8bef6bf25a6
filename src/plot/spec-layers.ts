/** What is drawn in a panel, from the back to the front, by the kind of the figure. */

import type { Axis, Chart, Panel } from './chart.ts';
import { looksOf } from './palette.ts';
import type { Layout } from './spec.ts';
import { FONT_SIZE, THEME_COLOURS } from './theme.ts';

/** With more points on a line large symbols would hide it. */
const CROWD = 16;

/** The value of a bar stands above its interval. */
const ABOVE = 'isValid(datum.high) ? datum.high : datum.y';

/** Where there is no value there is no line, and no band. */
const BROKEN = { invalid: 'break-paths-show-path-domains' };
const BANDED = { filter: 'isValid(datum.low)' };

/** Room for the labels of y, so that panels below each other begin at one place. */
const Y_LABELS = 40;

/** The series whose legend entries were clicked. */
export const MUTED = 'muted';

export function layersOf(chart: Chart, panel: Panel, layout: Layout): readonly object[] {
  return withSelection(drawnLayers(chart, panel, layout));
}

/** In the first layer with colours: legends are merged, and what the first is bound to stays. */
function withSelection(layers: readonly Layer[]): readonly object[] {
  const first = layers.findIndex(({ encoding }) => 'color' in encoding);
  const select = { type: 'point', fields: ['series'], toggle: 'true', clear: false };
  // A click on an entry of the legend mutes its series, another click brings it back.
  const params = [{ name: MUTED, select, bind: 'legend' }];
  return layers.map((layer, place) => (place === first ? { params, ...layer } : layer));
}

interface Layer {
  readonly mark: object;
  readonly transform?: readonly object[];
  readonly encoding: object;
}

function drawnLayers(chart: Chart, panel: Panel, layout: Layout): readonly Layer[] {
  switch (chart.kind) {
    case 'lines':
    case 'percentiles':
    case 'break-even':
      return [...ruleLayer(panel, layout), ...lineLayers(chart, panel)];
    case 'bars':
      return barLayers(chart, panel, layout);
    case 'pareto':
      return paretoLayers(chart, panel, layout);
  }
}

function lineLayers(chart: Chart, panel: Panel): readonly Layer[] {
  const { x, y } = positions(panel);
  const banded = panel.points.some(({ low }) => low !== null);
  const ends = { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, ...colour(chart) };
  const band = { mark: { type: 'area', fillOpacity: 0.18, ...BROKEN }, encoding: ends };
  // A band needs two points beside each other; its ends at a point stand by themselves.
  const whisker = {
    mark: { type: 'rule', strokeOpacity: 0.5 },
    transform: [BANDED],
    encoding: ends,
  };
  const line = {
    mark: { type: 'line', strokeWidth: 2, ...BROKEN },
    encoding: { x, y, ...colour(chart), ...dash(chart) },
  };
  const interval = banded ? [band, whisker] : [];
  const front = [pointLayer(chart, panel, x, y), ...labelLayers(panel, x, y)];
  return [...interval, line, ...front];
}

function pointLayer(chart: Chart, panel: Panel, x: object, y: object): Layer {
  const lines = Math.max(1, chart.series.names.length) * chart.facets.length;
  const crowded = panel.points.length / lines > CROWD;
  return {
    mark: { type: 'point', size: crowded ? 12 : 42, strokeWidth: 1.6 },
    transform: [{ filter: 'isValid(datum.y)' }],
    encoding: { x, y, ...colour(chart), ...shape(chart), ...fill(chart), ...tooltip(chart) },
  };
}

/** Where a point says more than its place: on the side where no line goes. */
function labelLayers(panel: Panel, x: object, y: object): readonly Layer[] {
  const sides = {
    above: { align: 'left', baseline: 'bottom', dx: 6, dy: -4 },
    below: { align: 'left', baseline: 'top', dx: 6, dy: 4 },
    left: { align: 'right', baseline: 'middle', dx: -8 },
  };
  return Object.entries(sides).flatMap(([side, place]) => {
    if (panel.points.every((point) => point.label === null || point.side !== side)) return [];
    const mark = { type: 'text', ...place };
    const transform = [{ filter: `isValid(datum.label) && datum.side === '${side}'` }];
    return [{ mark, transform, encoding: { x, y, text: { field: 'label', type: 'nominal' } } }];
  });
}

function ruleLayer({ rule }: Panel, { theme }: Layout): readonly Layer[] {
  if (rule === null) return [];
  const mark = { type: 'rule', color: THEME_COLOURS[theme].muted, strokeWidth: 1 };
  return [{ mark, encoding: { y: { datum: rule } } }];
}

function barLayers(chart: Chart, panel: Panel, { theme }: Layout): readonly Layer[] {
  const { x, y } = positions(panel);
  const beside = besideOf(chart, panel);
  const { foreground } = THEME_COLOURS[theme];
  const error = {
    mark: { type: 'rule', color: foreground },
    transform: [BANDED],
    encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, ...beside },
  };
  const label = {
    mark: { type: 'text', baseline: 'bottom', dy: -2, fontSize: FONT_SIZE.bar, color: foreground },
    transform: [{ filter: 'isValid(datum.label)' }, { calculate: ABOVE, as: 'above' }],
    encoding: {
      x,
      y: { ...y, field: 'above' },
      ...beside,
      text: { field: 'label', type: 'nominal' },
    },
  };
  return [
    {
      mark: { type: 'bar' },
      encoding: { x, y, ...beside, ...colour(chart), ...tooltip(chart) },
    },
    ...(panel.points.some(({ low }) => low !== null) ? [error] : []),
    ...(panel.points.some(({ label }) => label !== null) ? [label] : []),
  ];
}

/** Series stand beside each other, unless they are what stands along x. */
function besideOf({ series }: Chart, { points }: Panel): object {
  if (points.every((point) => point.series === point.x) || series.names.length < 2) return {};
  return { xOffset: { field: 'series', type: 'nominal', scale: { domain: series.names } } };
}

function paretoLayers(chart: Chart, panel: Panel, layout: Layout): readonly Layer[] {
  const { x, y } = positions(panel);
  const front = {
    mark: { type: 'line', color: THEME_COLOURS[layout.theme].muted, strokeDash: [4, 3] },
    transform: [{ filter: "datum.look === 'front'" }],
    encoding: { x, y, order: { field: 'x', type: 'quantitative' } },
  };
  return [front, pointLayer(chart, panel, x, y), ...labelLayers(panel, x, y)];
}

function positions({ x, y }: Panel): { readonly x: object; readonly y: object } {
  return { x: position('x', x), y: position('y', y) };
}

function position(field: 'x' | 'y', axis: Axis): object {
  const { title, scale, base, domain } = axis;
  if (scale === 'band') {
    const flat = { labelAngle: 0, labelOverlap: 'greedy' };
    return { field, type: 'nominal', sort: domain, scale: { domain }, axis: { title, ...flat } };
  }
  const labels = Object.fromEntries(axis.ticks.map(({ at, label }) => [String(at), label]));
  return {
    field,
    type: 'quantitative',
    scale: {
      type: scale,
      ...(scale === 'log' ? { base } : { zero: false }),
      domain,
      nice: false,
      // Pixels between the frame and the outermost points.
      ...(field === 'x' || scale === 'log' ? { padding: 10 } : {}),
    },
    axis: {
      title,
      values: axis.ticks.map(({ at }) => at),
      labelExpr: `${JSON.stringify(labels)}[datum.value]`,
      labelOverlap: 'greedy',
      labelFlush: false,
      ...(field === 'y' ? { minExtent: Y_LABELS } : {}),
    },
  };
}

function colour({ series }: Chart): object {
  if (series.names.length === 0) return {};
  const range = looksOf(series.names).map((look) => look.colour);
  const legend = series.names.length < 2 ? null : legendOf(series.title);
  return {
    color: { field: 'series', type: 'nominal', scale: { domain: series.names, range }, legend },
    opacity: { condition: { param: MUTED, empty: false, value: 0.08 }, value: 1 },
  };
}

function shape({ series }: Chart): object {
  if (series.names.length < 2) return {};
  const scale = { domain: series.names, range: looksOf(series.names).map((look) => look.shape) };
  const legend = legendOf(series.title);
  return { shape: { field: 'series', type: 'nominal', scale, legend } };
}

function dash({ series }: Chart): object {
  if (series.names.length < 2) return {};
  const scale = { domain: series.names, range: looksOf(series.names).map((look) => look.dash) };
  const legend = legendOf(series.title);
  return { strokeDash: { field: 'series', type: 'nominal', scale, legend } };
}

/** Hollow is what counts less. */
function fill({ series }: Chart): object {
  const range = looksOf(series.names).map((look) => look.colour);
  const scale = { domain: series.names, range };
  const legend = series.names.length < 2 ? null : legendOf(series.title);
  return {
    fill: { field: 'series', type: 'nominal', scale, legend },
    fillOpacity: { condition: { test: "datum.look === 'hollow'", value: 0 }, value: 1 },
  };
}

function legendOf(title: string): object {
  return { title, orient: 'top', direction: 'horizontal', titleOrient: 'left' };
}

function tooltip({ series }: Chart): object {
  const named = { field: 'series', type: 'nominal', title: series.title };
  return {
    tooltip: [
      ...(series.names.length < 2 ? [] : [named]),
      { field: 'xText', type: 'nominal', title: 'at' },
      { field: 'yText', type: 'nominal', title: 'value' },
    ],
  };
}
