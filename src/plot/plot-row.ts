/** A row to be drawn, and the CSV it came from: two records may hold rows of the same key. */

import type { Row } from '../record/columns.ts';

export interface PlotRow {
  readonly row: Row;
  /** Without its folder. */
  readonly file: string;
}
