/** A row to be drawn, and the CSV it came from: two records may hold rows of the same key. */

import type { Row } from '../record/columns.ts';

export interface PlotRow {
  readonly row: Row;
  /** Its name without folder and suffix, where that tells it from the others; else its path. */
  readonly file: string;
}
