/** How large the panels are, so that the whole is as wide as was asked. */

import type { Chart } from './chart.ts';
import type { FigureSize, ThemeName } from './request.ts';
import { type Layout, specOf } from './spec.ts';
import { renderSvg } from './vega-view.ts';

export interface Figure {
  readonly spec: object;
  readonly svg: string;
  /** Of the whole, in CSS pixels. */
  readonly width: number;
  readonly height: number;
}

const PANEL_MIN = 60;

/** Axes and legends have the width of their texts: a first attempt, without the rest, tells it. */
export async function layOut(chart: Chart, size: FigureSize, theme: ThemeName): Promise<Figure> {
  const { columns } = chart;
  const rows = Math.ceil(chart.facets.length / columns) * chart.panels.length;
  const guess: Layout = {
    width: size.width,
    panelWidth: Math.max(PANEL_MIN, Math.floor((size.width - 60) / columns) - 60),
    panelHeight: panelHeight(columns, rows),
    theme,
  };
  const bare = await drawn({ ...chart, title: '', subtitle: '', notes: [] }, guess);
  const wider = Math.floor((size.width - bare.width) / columns);
  const layout = { ...guess, panelWidth: Math.max(PANEL_MIN, guess.panelWidth + wider) };
  const figure = await drawn(chart, layout);
  // Labels come and go with the room they have.
  const over = Math.ceil(Math.max(0, figure.width - size.width) / columns);
  const higher = Math.floor(((size.height ?? figure.height) - figure.height) / rows);
  if (over === 0 && higher === 0) return figure;
  return await drawn(chart, {
    ...layout,
    panelWidth: Math.max(PANEL_MIN, layout.panelWidth - over),
    panelHeight: Math.max(PANEL_MIN, layout.panelHeight + higher),
  });
}

function panelHeight(columns: number, rows: number): number {
  if (rows === 1) return columns === 1 ? 340 : 260;
  return columns === 1 ? 190 : 150;
}

async function drawn(chart: Chart, layout: Layout): Promise<Figure> {
  const spec = specOf(chart, layout);
  const svg = await renderSvg(spec);
  const [, width = '', height = ''] =
    /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  return { spec, svg, width: Number(width), height: Number(height) };
}
