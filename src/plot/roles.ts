/**
 * Who plays which part: from what varies in the rows and what the user has named to x, series and
 * panels. All that varies is shown somewhere: rows that differ are never drawn as one.
 */

import {
  candidateDimensions,
  type Dimension,
  findDimension,
  isPath,
  neededDimensions,
} from './dimension.ts';
import type { PlotRow } from './plot-row.ts';
import type { FigureRequest, Kind } from './request.ts';
import { unknownColumn } from './where.ts';

export interface Roles {
  readonly kind: Kind;
  /** null: nothing varies that could be x, or the kind has an x of its own. */
  readonly x: Dimension | null;
  readonly series: Dimension | null;
  readonly facets: readonly Dimension[];
}

export type Cast =
  | { readonly ok: true; readonly roles: Roles }
  | { readonly ok: false; readonly problems: readonly string[] };

/** More lines are spaghetti. */
export const SERIES_MAX = 8;
/** More panels are read by nobody. */
export const PANELS_MAX = 12;
/** Of a numeric axis with fewer points bars say as much. */
const LINE_POINTS_MIN = 3;
/** Where two could be x, the one that engineers put there. */
const USUAL_X = ['bs', 'iodepth', 'num_range', 'numjobs'];

export function castRoles(rows: readonly PlotRow[], request: FigureRequest): Cast {
  const candidates = candidateDimensions(rows);
  const problems: string[] = [];
  const named = (option: string, name: string | undefined): Dimension | null => {
    if (name === undefined) return null;
    const found = findDimension(candidates, name) ?? null;
    if (found === null) problems.push(unknownColumn(option, name, candidates));
    return found;
  };
  const x = named('--x', request.x);
  const series = named('--series', request.series);
  const facet = named('--facet', request.facet);
  const asked = [x, series, facet].filter((each) => each !== null);
  if (new Set(asked).size < asked.length) {
    problems.push('--x, --series and --facet: name a column once');
  }
  if (problems.length > 0) return { ok: false, problems };
  const needed = neededDimensions(rows, candidates, asked);
  const free = needed.filter((each) => !asked.includes(each));
  const roles = dealt(free, { kind: request.kind, x, series, facet });
  return { ok: true, roles };
}

interface Asked {
  readonly kind: Kind | undefined;
  readonly x: Dimension | null;
  readonly series: Dimension | null;
  readonly facet: Dimension | null;
}

function dealt(free: readonly Dimension[], asked: Asked): Roles {
  const longest = asked.x ?? fittestX(free);
  const line = longest !== null && longest.quantity !== null;
  const kind = asked.kind ?? (line && longest.values.length >= LINE_POINTS_MIN ? 'lines' : 'bars');
  const path = free.find(isPath) ?? null;
  if (kind === 'percentiles') {
    const series = asked.series ?? path ?? fewest(free.filter((each) => each !== asked.facet));
    return { kind, x: null, series, facets: panels(asked, [...free, asked.x], [series]) };
  }
  const along = longest ?? (kind === 'bars' ? mostValues(free, path) : null);
  // Paths alone stand along x in their colours: as series, that is.
  const x = kind === 'bars' && asked.x === null && along === path ? null : along;
  const rest = free.filter((each) => each !== x);
  const series = asked.series ?? rest.find((each) => each === path) ?? fewest(rest);
  return { kind, x, series, facets: panels(asked, free, [x, series]) };
}

/** The one that was named first, then all that is left. */
function panels(
  { facet }: Asked,
  free: readonly (Dimension | null)[],
  taken: readonly (Dimension | null)[],
): readonly Dimension[] {
  const all = [facet, ...free].filter((each) => each !== null);
  return [...new Set(all)].filter((each) => !taken.includes(each));
}

/** The usual x, unless that leaves more panels than a page holds; then the longest axis. */
function fittestX(free: readonly Dimension[]): Dimension | null {
  const numeric = free.filter(({ quantity }) => quantity !== null);
  const long = numeric.filter(({ values }) => values.length >= LINE_POINTS_MIN);
  const fit = long.length > 0 ? long : numeric;
  const byLength = fit.toSorted((a, b) => b.values.length - a.values.length);
  const usual = byLength.filter((each) => usualness(each) < USUAL_X.length);
  const ordered = [...usual.toSorted((a, b) => usualness(a) - usualness(b)), ...byLength];
  const panelsBeside = (x: Dimension): number => {
    const others = free.filter((each) => each !== x && !isPath(each));
    return others.reduce((product, { values }) => product * values.length, 1);
  };
  return ordered.find((each) => panelsBeside(each) <= PANELS_MAX) ?? byLength[0] ?? null;
}

function usualness({ name }: Dimension): number {
  const place = USUAL_X.indexOf(name.slice(name.lastIndexOf('.') + 1));
  return place < 0 ? USUAL_X.length : place;
}

/** Words before numbers, and few before many. */
function fewest(dimensions: readonly Dimension[]): Dimension | null {
  const fit = dimensions.filter(({ values }) => values.length <= SERIES_MAX);
  const words = fit.filter(({ quantity }) => quantity === null);
  return words[0] ?? fit.toSorted((a, b) => a.values.length - b.values.length)[0] ?? null;
}

/** Bars without a number to stand along: any axis but the path, which is their colour. */
function mostValues(free: readonly Dimension[], path: Dimension | null): Dimension | null {
  const others = free.filter((each) => each !== path);
  return others.toSorted((a, b) => b.values.length - a.values.length)[0] ?? path;
}
