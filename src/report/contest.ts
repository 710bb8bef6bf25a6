/**
 * Which path won where: the copies of a record, point by point, each path with its throughput and
 * what a byte of it cost. Under the virtual clock a lead is exact; under the wall clock it is one
 * only where 95 % intervals of the medians part.
 */

import { type Cell, cellsOf, summarise, type Summary } from '../plot/cell.ts';
import {
  candidateDimensions,
  type Dimension,
  isPath,
  neededDimensions,
} from '../plot/dimension.ts';
import { measureOf } from '../plot/measure.ts';
import type { PlotRow } from '../plot/plot-row.ts';
import type { Row } from '../record/columns.ts';
import { takenPath, tookAnother } from '../record/table-measures.ts';
import { present } from '../units/assert.ts';

export interface Entrant {
  /** Asked for. */
  readonly path: string;
  /** That, and what was taken instead: `offload → emulation`. */
  readonly name: string;
  readonly throughput: Summary;
  readonly cpuPerByte: number | null;
  readonly pciePerByte: number | null;
  readonly fabricPerByte: number | null;
  /** All rows of the path at this point, those that did not end well too. */
  readonly rows: readonly Row[];
}

export interface Contest {
  /** `bs=4k iodepth=1`; empty: there is one point only. */
  readonly point: string;
  /** Fastest first. */
  readonly entrants: readonly Entrant[];
  /** Paths asked for whose rows have no figure, with those rows. */
  readonly absent: readonly { readonly path: string; readonly rows: readonly Row[] }[];
  readonly verdict: Verdict;
}

export type Verdict =
  | 'alone'
  /** Within a hundredth. */
  | 'level'
  /** Wall clock: the intervals overlap, or do not cover 95 %. */
  | 'undecided'
  | 'won';

/** Less is nothing to choose a path by. */
const LEVEL = 0.01;

/** One contest per point, in the order of the record; empty: no copies. */
export function contestsOf(rows: readonly PlotRow[]): readonly Contest[] {
  const copies = rows.filter(({ row }) => row.direction === 'copy');
  const dimensions = neededDimensions(copies, candidateDimensions(copies), []);
  const path = dimensions.find(isPath) ?? null;
  const others = dimensions.filter((each) => each !== path);
  const points = new Map<string, Cell[]>();
  for (const cell of cellsOf(copies, dimensions)) {
    const point = nameOf(cell, others);
    points.set(point, [...(points.get(point) ?? []), cell]);
  }
  return [...points].map(([point, cells]) => contestOf(point, cells));
}

function contestOf(point: string, cells: readonly Cell[]): Contest {
  const entrants: Entrant[] = [];
  const absent: Contest['absent'][number][] = [];
  for (const cell of cells) {
    const rows = cell.repetitions.flat().map(({ row }) => row);
    const path = String(rows[0]?.path ?? '');
    const throughput = summaryOf(cell, 'bandwidth_bytes_per_s');
    if (throughput === null) absent.push({ path, rows });
    else {
      const cost = (name: string): number | null => summaryOf(cell, name)?.value ?? null;
      const [cpuPerByte, pciePerByte] = [cost('host_cpu_ns_per_byte'), cost('pcie_bytes_per_byte')];
      const fabricPerByte = cost('fabric_bytes_per_byte');
      const name = nameOfPath(path, rows);
      entrants.push({ path, name, throughput, cpuPerByte, pciePerByte, fabricPerByte, rows });
    }
  }
  const byThroughput = entrants.toSorted((a, b) => b.throughput.value - a.throughput.value);
  const [first, second] = byThroughput;
  return { point, entrants: byThroughput, absent, verdict: verdictBetween(first, second) };
}

function nameOfPath(path: string, rows: readonly Row[]): string {
  const others = new Set(rows.filter(tookAnother).map(takenPath));
  return others.size === 0 ? path : `${path} → ${[...others].join(' or ')}`;
}

/** An interval that covers less is no evidence: of fewer than six repetitions all do. */
const COVERAGE_MIN = 0.95;

/** Of the faster one against the other. */
export function verdictBetween(first: Entrant | undefined, second: Entrant | undefined): Verdict {
  if (first === undefined || second === undefined) return 'alone';
  const { throughput: a } = first;
  const { throughput: b } = second;
  const level = b.value >= a.value * (1 - LEVEL);
  const sampled = [first, second].some(({ rows }) => rows.some(({ clock }) => clock === 'wall'));
  if (!sampled) return level ? 'level' : 'won';
  if (![a, b].every(({ coverage }) => (coverage ?? 0) >= COVERAGE_MIN)) return 'undecided';
  if (level) return 'level';
  if (a.low === null || b.high === null) return 'undecided';
  return a.low > b.high ? 'won' : 'undecided';
}

function summaryOf(cell: Cell, name: string): Summary | null {
  return summarise(cell, present(measureOf(name), name));
}

function nameOf(cell: Cell, dimensions: readonly Dimension[]): string {
  return dimensions.map((each) => `${each.name}=${cell.at.get(each) ?? '-'}`).join(' ');
}
