/** Light and dark: everything about looks that is not data. */

import type { ThemeName } from './request.ts';

export interface Theme {
  readonly background: string;
  readonly foreground: string;
  readonly muted: string;
  readonly grid: string;
}

export const THEME_COLOURS: Readonly<Record<ThemeName, Theme>> = {
  light: { background: '#ffffff', foreground: '#1f2328', muted: '#59636e', grid: '#e4e7eb' },
  dark: { background: '#16191d', foreground: '#e6e9ec', muted: '#a0a8b1', grid: '#30363d' },
};

/** The last but one is what PNGs are drawn with, and what widths are reckoned by. */
export const FONTS = 'Helvetica Neue, Arial, Liberation Sans, DejaVu Sans, sans-serif';

export const FONT_SIZE = {
  title: 15,
  subtitle: 11,
  axis: 12,
  label: 11,
  note: 11,
  bar: 9,
} as const;

/** Vega-Lite's `config`. No text is cut: its width is reckoned, not measured. */
export function configOf(name: ThemeName): object {
  const { foreground, muted, grid } = THEME_COLOURS[name];
  const texts = { labelColor: muted, titleColor: foreground, labelLimit: 0, titleLimit: 0 };
  const sizes = { labelFontSize: FONT_SIZE.label, titleFontSize: FONT_SIZE.axis };
  return {
    font: FONTS,
    aria: false,
    view: { stroke: null },
    axis: {
      ...texts,
      ...sizes,
      titleFontWeight: 'normal',
      domainColor: muted,
      tickColor: muted,
      gridColor: grid,
      labelSeparation: 6,
    },
    axisX: { grid: false },
    header: { ...texts, labelFontSize: FONT_SIZE.axis, labelFontWeight: 'bold', labelPadding: 4 },
    legend: {
      ...texts,
      ...sizes,
      labelColor: foreground,
      titleFontWeight: 'normal',
      titleColor: muted,
      // What is muted is muted in the panels; the legend keeps its colours.
      unselectedOpacity: 1,
      symbolSize: 110,
      // Dashes around a symbol would hide its shape.
      symbolStrokeWidth: 0,
      columnPadding: 18,
    },
    title: {
      color: foreground,
      subtitleColor: muted,
      fontSize: FONT_SIZE.title,
      subtitleFontSize: FONT_SIZE.subtitle,
      anchor: 'start',
      limit: 0,
      offset: 10,
      subtitlePadding: 5,
    },
    text: { color: foreground, fontSize: FONT_SIZE.label },
  };
}
