/** Rows and what is asked of them to a chart, or to all that stands in the way. */

import { isBackground } from '../record/background.ts';
import { columnOf, type ColumnName, isColumnName } from '../record/columns.ts';
import { barsChart } from './bars.ts';
import { breakEvenChart } from './break-even.ts';
import type { Chart } from './chart.ts';
import { type Frame, frameOf } from './frame.ts';
import { linesChart } from './lines.ts';
import { type Measure, measureNames, measureOf } from './measure.ts';
import { paretoChart } from './pareto.ts';
import { percentilesChart } from './percentiles.ts';
import type { PlotRow } from './plot-row.ts';
import type { FigureRequest, Kind } from './request.ts';
import { castRoles } from './roles.ts';
import { selectRows } from './where.ts';

export type Drawn =
  | { readonly ok: true; readonly chart: Chart }
  | { readonly ok: false; readonly problems: readonly string[] };

const THROUGHPUT = 'bandwidth_bytes_per_s';
const CPU = 'host_cpu_ns_per_byte';
const BARS = [THROUGHPUT, CPU, 'pcie_bytes_per_byte', 'fabric_bytes_per_byte'];

export function chartOf(rows: readonly PlotRow[], request: FigureRequest): Drawn {
  const own = rows.filter(({ row }) => !isBackground(row));
  if (own.length === 0) return refuse('no row to draw: the record has no row of a job');
  const selected = selectRows(own, request.where ?? []);
  if (!selected.ok) return selected;
  const cast = castRoles(selected.rows, request);
  if (!cast.ok) return cast;
  const { kind } = cast.roles;
  const measures = measuresOf(kind, request.y);
  const framed = frameOf(selected.rows, cast.roles);
  const problems = [
    ...(measures.ok ? [] : measures.problems),
    ...(framed.ok ? [] : framed.problems),
  ];
  if (!measures.ok || !framed.ok) return { ok: false, problems };
  const drawn = drawnAs(kind, framed.frame, measures.measures);
  if (!drawn.ok) return drawn;
  const { chart } = drawn;
  const bands = tooManyBands(chart, framed.frame);
  if (bands !== null) return refuse(bands);
  if (chart.panels.every(({ points }) => points.every(({ y }) => y === null))) {
    return refuse(nothingToDraw(selected.rows, measures.measures));
  }
  return { ok: true, chart: { ...chart, title: request.title ?? chart.title } };
}

function drawnAs(kind: Kind, frame: Frame, measures: readonly Measure[]): Drawn {
  const { x } = frame.roles;
  const [first, second] = measures;
  switch (kind) {
    case 'lines':
      if (x === null) return refuse('lines: only one point, and a line needs two; --kind bars');
      return { ok: true, chart: linesChart(frame, x, measures) };
    case 'percentiles':
      return { ok: true, chart: percentilesChart(frame) };
    case 'bars':
      return { ok: true, chart: barsChart(frame, measures) };
    case 'pareto':
      if (first === undefined || second === undefined) return refuse('pareto: name one --y');
      return { ok: true, chart: paretoChart(frame, second, first) };
    case 'break-even':
      if (x === null || x.quantity === null) {
        return refuse('break-even: needs an x of numbers, and nothing here varies so; --kind bars');
      }
      if (first === undefined || frame.series.names.length < 2) {
        const what = 'break-even: needs two series to divide, as path=offload and path=read-write';
        return refuse(`${what}; name them as --series`);
      }
      return { ok: true, chart: breakEvenChart(frame, x, first) };
  }
}

type Measures =
  | { readonly ok: true; readonly measures: readonly Measure[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Those that were named, or those that the kind is for; a Pareto's cost comes last. */
function measuresOf(kind: Kind, names: readonly string[] | undefined): Measures {
  if (kind === 'percentiles' && names !== undefined) {
    return refuse('--y: percentiles draws the latency itself; leave it out');
  }
  const wanted = names ?? (kind === 'bars' ? BARS : [THROUGHPUT]);
  const found = wanted.map((name) => ({ name, measure: measureOf(name) }));
  const unknown = found
    .filter(({ measure }) => measure === null)
    .map(({ name }) => notMeasured(name));
  if (unknown.length > 0) return { ok: false, problems: unknown };
  const measures = found.flatMap(({ measure }) => (measure === null ? [] : [measure]));
  const units = new Set(measures.map(({ unit }) => unit));
  if (kind !== 'bars' && units.size > 1) {
    const each = measures.map(({ name, unit }) => `${name} in ${unit ?? 'numbers'}`).join(', ');
    return refuse(
      `--y: several units on one axis (${each}); draw a figure of each, or --kind bars`,
    );
  }
  if (kind === 'break-even' && measures.length > 1) return refuse('break-even: name one --y');
  if (kind !== 'pareto') return { ok: true, measures };
  const cost = measureOf(CPU);
  if (cost === null || measures.length > 1) return refuse('pareto: name one --y');
  return { ok: true, measures: [...measures, cost] };
}

/** More cannot be told apart; from a thousand on Vega overflows the stack: a condition in each. */
const BANDS_MAX = 200;

/** null: they can be told apart, or are numbers along an axis. */
function tooManyBands({ kind, panels }: Chart, { roles }: Frame): string | null {
  const [first] = panels;
  if (roles.x === null || first?.x.scale !== 'band') return null;
  const { name, values } = roles.x;
  if (values.length <= BANDS_MAX) return null;
  const what = `${values.length} places along ${name}, and ${BANDS_MAX} are the most to read`;
  return `${kind}: ${what}; pick some, as --where ${name}=${values[0]}, or name another --x`;
}

function notMeasured(name: string): string {
  const asked = isColumnName(name) ? `is ${wordFor(name)}, no figure` : 'no such column';
  return `--y ${name}: ${asked}; there are ${measureNames().join(', ')}`;
}

function wordFor(name: ColumnName): string {
  return columnOf(name).type === 'integer' ? 'what was asked' : `a ${columnOf(name).type}`;
}

function nothingToDraw(rows: readonly PlotRow[], measures: readonly Measure[]): string {
  const states = [...new Set(rows.map(({ row }) => String(row.state)))].join(', ');
  const names = measures.map(({ name }) => name).join(', ');
  return `nothing to draw: ${names} is empty in all ${rows.length} rows (state ${states})`;
}

function refuse(problem: string): { readonly ok: false; readonly problems: readonly string[] } {
  return { ok: false, problems: [problem] };
}
