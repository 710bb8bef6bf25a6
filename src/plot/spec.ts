/**
 * A chart in the words of Vega-Lite (v6): one specification for the picture, the page and the
 * Vega editor. It reckons nothing: data, scales and labels are those of the chart, so no random
 * bootstrap of Vega's own and no formatting of d3's comes in.
 */

import type { Chart, Panel } from './chart.ts';
import { withRoomForLabels } from './label-room.ts';
import type { ThemeName } from './request.ts';
import { layersOf } from './spec-layers.ts';
import { BOLD, wrapText } from './text-width.ts';
import { configOf, FONT_SIZE, THEME_COLOURS } from './theme.ts';

export interface Layout {
  /** Of the whole figure, to wrap text in. */
  readonly width: number;
  /** Of one panel, without its axes. */
  readonly panelWidth: number;
  readonly panelHeight: number;
  readonly theme: ThemeName;
}

export const PADDING = 12;

export function specOf(chart: Chart, layout: Layout): object {
  const { background, muted } = THEME_COLOURS[layout.theme];
  const width = layout.width - 2 * PADDING;
  const notes = chart.notes.flatMap((note) => wrapText(note, FONT_SIZE.note, width));
  const panels = chart.panels.map((panel) =>
    panelSpec(chart, withRoomForLabels(chart, panel, layout), layout),
  );
  const heading = {
    text: wrapText(chart.title, FONT_SIZE.title, width / BOLD),
    subtitle: wrapText(unbroken(chart.subtitle), FONT_SIZE.subtitle, width),
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: `${chart.title}. ${chart.subtitle}`,
    background,
    padding: PADDING,
    config: configOf(layout.theme),
    title: heading,
    vconcat: [
      {
        ...(notes.length === 0 ? {} : { title: underneath(notes, muted) }),
        vconcat: panels,
        spacing: 14,
      },
    ],
  };
}

/** Names of panels, broken where they are wider than the panel. */
function headerOf({ facets }: Chart, { panelWidth }: Layout): object {
  const width = panelWidth / BOLD;
  const lines = facets.map((name) => [name, wrapText(name, FONT_SIZE.axis, width)] as const);
  return { title: null, labelExpr: `${JSON.stringify(Object.fromEntries(lines))}[datum.label]` };
}

function underneath(text: readonly string[], color: string): object {
  const font = { fontSize: FONT_SIZE.note, fontWeight: 'normal', lineHeight: FONT_SIZE.note + 4 };
  return { text, orient: 'bottom', anchor: 'start', color, offset: 14, ...font };
}

/** A number stays with its unit. */
function unbroken(text: string): string {
  return text.replaceAll(/(\d) (?=[KMGTP]?i?B\b)/g, '$1\u00a0');
}

function panelSpec(chart: Chart, panel: Panel, layout: Layout): object {
  const values = panel.points.map((point) => ({ ...point }));
  const spec = {
    width: layout.panelWidth,
    height: layout.panelHeight,
    layer: layersOf(chart, panel, layout),
  };
  const title =
    panel.title === null
      ? {}
      : { title: { text: panel.title, fontSize: FONT_SIZE.axis, anchor: 'start', offset: 6 } };
  if (chart.facets.length < 2) return { ...title, data: { values }, ...spec };
  return {
    ...title,
    data: { values },
    facet: { field: 'facet', type: 'nominal', sort: chart.facets, header: headerOf(chart, layout) },
    columns: chart.columns,
    // Else the axis of a short column would stand below the longest one.
    ...(chart.facets.length > chart.columns ? { resolve: { axis: { x: 'independent' } } } : {}),
    spacing: { column: 28, row: 14 },
    spec,
  };
}
