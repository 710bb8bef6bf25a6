/** What a figure is asked to be; all but the rows has a default in the data. */

export const KINDS = ['lines', 'percentiles', 'bars', 'pareto', 'break-even'] as const;
export type Kind = (typeof KINDS)[number];

export const THEMES = ['light', 'dark'] as const;
export type ThemeName = (typeof THEMES)[number];

export interface FigureRequest {
  readonly kind?: Kind;
  /** Names of dimensions: an option that was swept, or a column of what was asked. */
  readonly x?: string;
  readonly series?: string;
  readonly facet?: string;
  /** Names of measures, of one unit; `bars` alone may mix units. */
  readonly y?: readonly string[];
  /** `COLUMN=VALUE`, as a job file writes the value. */
  readonly where?: readonly string[];
  readonly title?: string;
}

/** In CSS pixels. */
export interface FigureSize {
  readonly width: number;
  /** Absent: as the panels need. */
  readonly height?: number;
}
