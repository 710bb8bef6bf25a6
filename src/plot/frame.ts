/** What all kinds of figures share: cells, the names of series and panels, title and notes. */

import { captionOf } from '../record/table-axes.ts';
import { type Cell, cellsOf } from './cell.ts';
import type { Series } from './chart.ts';
import type { Dimension } from './dimension.ts';
import { noteLeftOut, noteOtherPaths, noteUnsteady } from './notes.ts';
import type { PlotRow } from './plot-row.ts';
import { PANELS_MAX, type Roles, SERIES_MAX } from './roles.ts';

export interface Frame {
  readonly roles: Roles;
  readonly cells: readonly Cell[];
  readonly series: Series;
  readonly seriesOf: (cell: Cell) => string;
  readonly facets: readonly string[];
  readonly facetOf: (cell: Cell) => string;
  readonly columns: number;
  readonly subtitle: string;
  readonly notes: readonly string[];
}

export type Framed =
  | { readonly ok: true; readonly frame: Frame }
  | { readonly ok: false; readonly problems: readonly string[] };

export function frameOf(rows: readonly PlotRow[], roles: Roles): Framed {
  const { x, series, facets } = roles;
  const dimensions = [x, series, ...facets].filter((each) => each !== null);
  const cells = cellsOf(rows, dimensions);
  const seriesOf = (cell: Cell): string => (series === null ? '' : nameIn(series, cell));
  const facetOf = (cell: Cell): string => facets.map((each) => option(each, cell)).join(' ');
  const names = namesOf(cells, series === null ? [] : [series], seriesOf);
  const panels = namesOf(cells, facets, facetOf);
  const problems = [...tooManySeries(series, names), ...tooManyPanels(facets, panels)];
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    frame: {
      roles,
      cells,
      series: { title: series?.name ?? '', names },
      seriesOf,
      facets: panels,
      facetOf,
      columns: columnsOf(facets, panels.length),
      subtitle: captionOf(rows.map(({ row }) => row)),
      notes: [...noteLeftOut(rows), ...noteOtherPaths(rows), ...noteUnsteady(rows)],
    },
  };
}

/** At 800 pixels three panels beside each other can still be read. */
const COLUMNS_MAX = 3;

/** A grid of two dimensions has a column for each value of the second. */
function columnsOf(facets: readonly Dimension[], count: number): number {
  const fastest = facets.at(-1)?.values.length ?? 1;
  const grid = facets.length > 1 && fastest <= COLUMNS_MAX && count % fastest === 0;
  if (grid) return fastest;
  return count === 4 ? 2 : Math.min(count, COLUMNS_MAX);
}

/** In the order of the values of the dimensions, the first slowest. */
function namesOf(
  cells: readonly Cell[],
  dimensions: readonly Dimension[],
  nameOf: (cell: Cell) => string,
): readonly string[] {
  const ranks = dimensions.map(
    ({ values }) => new Map(values.map((text, place) => [text, place] as const)),
  );
  const rankOf = (cell: Cell): readonly number[] =>
    dimensions.map((each, place) => ranks[place]?.get(cell.at.get(each) ?? '') ?? -1);
  const first = new Map(cells.map((cell) => [nameOf(cell), rankOf(cell)]));
  return [...first].toSorted(([, a], [, b]) => byRank(a, b)).map(([name]) => name);
}

function byRank(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((rank, at) => rank !== b[at]);
  return place < 0 ? 0 : (a[place] ?? 0) - (b[place] ?? 0);
}

/** A row to which the column does not apply says so: reads have no path. */
function nameIn(dimension: Dimension, cell: Cell): string {
  return cell.at.get(dimension) ?? `no ${dimension.name}`;
}

function option(dimension: Dimension, cell: Cell): string {
  const text = cell.at.get(dimension);
  return text === null || text === undefined ? `no ${dimension.name}` : `${dimension.name}=${text}`;
}

function tooManySeries(series: Dimension | null, names: readonly string[]): readonly string[] {
  if (names.length <= SERIES_MAX) return [];
  const what = `${names.length} series of ${series?.name}, and ${SERIES_MAX} are the most to read`;
  return [`--series ${series?.name}: ${what}; pick some with --where, or name another column`];
}

function tooManyPanels(facets: readonly Dimension[], panels: readonly string[]): readonly string[] {
  if (panels.length <= PANELS_MAX) return [];
  const names = facets.map(({ name }) => name).join(' × ');
  const [first] = facets;
  const example = `--where ${first?.name}=${first?.values[0]}`;
  const what = `${panels.length} panels (${names}), and ${PANELS_MAX} are the most to read`;
  return [`${what}; pick some, as ${example}, or name one of them as --x or --series`];
}
