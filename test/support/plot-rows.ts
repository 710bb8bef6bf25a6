/** Rows of a sweep for tests of figures: path × bs × repetition, with figures that tell them apart. */

import type { PlotRow } from '../../src/plot/plot-row.ts';
import type { Cell, ColumnName } from '../../src/record/columns.ts';
import { canonicalBytes } from '../../src/units/bytes.ts';
import { aRow } from './a-row.ts';

export type Cells = Partial<Record<ColumnName, Cell>>;

export function plotted(cells: Cells, file = 'a.csv'): PlotRow {
  return { row: aRow({ ios: 1000, bytes: 1_000_000, ...cells }), file };
}

export interface Sweep {
  readonly paths?: readonly string[];
  readonly sizes?: readonly number[];
  readonly repetitions?: number;
  readonly cells?: (path: string, bs_bytes: number, repetition: number) => Cells;
}

export function sweep({
  paths = ['offload', 'read-write'],
  sizes = [4096, 65_536, 1_048_576],
  repetitions = 1,
  cells = () => ({}),
}: Sweep): readonly PlotRow[] {
  return paths.flatMap((path) =>
    sizes.flatMap((bs_bytes) =>
      Array.from({ length: repetitions }, (_, place) => {
        const point = `bs=${canonicalBytes(bs_bytes)} path=${path}`;
        const own = cells(path, bs_bytes, place + 1);
        return plotted({ path, bs_bytes, point, repetition: place + 1, ...own });
      }),
    ),
  );
}
