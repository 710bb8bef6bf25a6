/**
 * A figure as data, before it is drawn: axes with their labels, series, panels, points in the units
 * of the axes. What is decided about a figure is decided before; spec.ts words it for Vega-Lite.
 */

import type { Kind } from './request.ts';

export interface Axis {
  readonly title: string;
  /** `band`: words side by side. */
  readonly scale: 'linear' | 'log' | 'band';
  /** Of a logarithmic scale. */
  readonly base: 2 | 10;
  /** Bounds of numbers; the words of a band. */
  readonly domain: readonly number[] | readonly string[];
  readonly ticks: readonly Tick[];
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

export interface Point {
  readonly series: string;
  readonly facet: string;
  readonly x: number | string;
  /** null: a gap. */
  readonly y: number | null;
  /** Ends of the interval, where there is one. */
  readonly low: number | null;
  readonly high: number | null;
  /** For tooltips: value and unit. */
  readonly xText: string;
  readonly yText: string;
  /** Written beside it. */
  readonly label: string | null;
  readonly side: 'above' | 'below' | 'left';
  /** `hollow`: a maximum, which is no percentile; `front`: not dominated by any other. */
  readonly look: 'plain' | 'hollow' | 'front';
}

export interface Panel {
  /** null: the only one. */
  readonly title: string | null;
  readonly x: Axis;
  readonly y: Axis;
  readonly points: readonly Point[];
  /** A level that divides: break-even at 1. */
  readonly rule: number | null;
}

export interface Series {
  /** What tells the series apart: `path`. */
  readonly title: string;
  readonly names: readonly string[];
}

export interface Chart {
  readonly kind: Kind;
  readonly title: string;
  readonly subtitle: string;
  /** Under the figure: what was left out and why, what the bands are. */
  readonly notes: readonly string[];
  readonly series: Series;
  /** Names of the small multiples; one empty name where there is one panel. */
  readonly facets: readonly string[];
  /** How many of them stand beside each other. */
  readonly columns: number;
  /** Below each other: one, but for bars of several measures. */
  readonly panels: readonly Panel[];
}
