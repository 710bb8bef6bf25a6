/** What was run and how far its figures go, from the rows themselves. */

import { cellsOf, summarise } from '../plot/cell.ts';
import { candidateDimensions, neededDimensions } from '../plot/dimension.ts';
import { measureOf } from '../plot/measure.ts';
import { noteOtherPaths } from '../plot/notes.ts';
import type { PlotRow } from '../plot/plot-row.ts';
import type { ColumnName } from '../record/columns.ts';
import { runKey } from '../record/key.ts';
import { present } from '../units/assert.ts';
import { extentOf } from '../units/extent.ts';

/** What was measured on what, in sentences. */
export function subject(rows: readonly PlotRow[]): readonly string[] {
  const jobFiles = wordsOf(rows, 'job_file');
  const runs = new Set(rows.map(({ row, file }) => `${file} ${runKey(row)}`)).size;
  const devices = devicesOf(rows);
  const kinds = wordsOf(rows, 'direction').map((direction) => NOUNS[direction] ?? direction);
  const clocks = wordsOf(rows, 'clock');
  const real = rows.some(({ row }) => row.direct !== null);
  const clock = clocks
    .map((each) => (real && each === 'wall' ? CLOCKS.real : CLOCKS[each]))
    .join(' ');
  return [
    `${kinds.join(' and ')} on ${devices}, as ${jobFiles.join(', ')} asks for them: ` +
      `${runs} run${runs === 1 ? '' : 's'}, ${rows.length} row${rows.length === 1 ? '' : 's'}.`,
    clock,
  ];
}

const NOUNS: Readonly<Record<string, string>> = {
  copy: 'Copies',
  read: 'Reads',
  write: 'Writes',
  trim: 'Trims',
};

const CLOCKS: Readonly<Record<string, string>> = {
  virtual:
    'The device is simulated, in virtual time: the figures are exact for the model, and no ' +
    'measurement of a drive.',
  wall: 'The device is simulated, in wall time: the figures are a sample, with the machine in them.',
  real: 'The target is real, and time passed on a real machine: the figures are a sample.',
};

function devicesOf(rows: readonly PlotRow[]): string {
  const named = rows.map(({ row }) => {
    const model = row.direct === null ? `simulated ${row.driver}` : String(row.driver);
    return row.device === null ? null : `${row.device} (${model})`;
  });
  const known = [...new Set(named.filter((name) => name !== null))];
  if (known.length === 0) return 'a target that the rows do not name';
  const more = known.length - DEVICES_TOLD;
  const told = known.slice(0, DEVICES_TOLD).join(', ');
  return more > 0 ? `${told} and ${more} more` : told;
}

const DEVICES_TOLD = 4;

/** What speaks against the figures; a sentence for each thing that was checked and is fine, too. */
export function trust(rows: readonly PlotRow[]): readonly string[] {
  const count = rows.length;
  const states = countsOf(rows, 'state');
  const others = [...states].filter(([state]) => state !== 'done');
  const done = states.get('done') ?? 0;
  const sentences = [
    others.length === 0
      ? `All ${count} rows are done; none was left out.`
      : `${done} of ${count} rows are done; ${others.map(([state, n]) => `${n} ${state}`).join(', ')}.`,
  ];
  const errors = rows.flatMap(({ row }) => row.error ?? []);
  for (const error of new Set(errors)) sentences.push(`Said of them: ${error}`);
  const checked = rows.filter(({ row }) => row.verify_errors !== null);
  const wrong = checked.filter(({ row }) => Number(row.verify_errors) > 0).length;
  if (checked.length > 0) {
    const what = wrong === 0 ? 'all held what they should' : `in ${wrong} rows some did not`;
    sentences.push(`Blocks were verified in ${checked.length} rows: ${what}.`);
  } else sentences.push('No row says that blocks were verified.');
  const wall = rows.filter(({ row }) => row.clock === 'wall');
  if (wall.length > 0) sentences.push(sampleOf(wall));
  sentences.push(...noteOtherPaths(rows));
  const judged = rows.filter(({ row }) => row.steady !== null);
  const drifting = judged.filter(({ row }) => row.steady === false).length;
  if (drifting > 0) {
    sentences.push(`In ${drifting} of ${judged.length} rows throughput was still drifting.`);
  }
  return sentences;
}

/** How many repetitions stand behind a throughput; those that were left out do not. */
function sampleOf(rows: readonly PlotRow[]): string {
  const throughput = present(measureOf('bandwidth_bytes_per_s'), 'throughput is a measure');
  const cells = cellsOf(rows, neededDimensions(rows, candidateDimensions(rows), []));
  const counts = cells.map((cell) => summarise(cell, throughput)?.repetitions ?? 0);
  const known = counts.filter((count) => count > 0);
  if (known.length === 0) return 'Wall clock: no repetition has a throughput.';
  const { low: fewest, high: most } = extentOf(known);
  if (most < 2) {
    return 'Wall clock, one repetition: nothing tells how far another run would be from this one.';
  }
  const of = fewest === most ? `${most}` : `${fewest} to ${most}`;
  return `Wall clock, ${of} repetitions: figures are medians.`;
}

function wordsOf(rows: readonly PlotRow[], column: ColumnName): readonly string[] {
  return [...countsOf(rows, column).keys()];
}

function countsOf(rows: readonly PlotRow[], column: ColumnName): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { row } of rows) {
    const cell = row[column];
    if (cell === null || cell === '') continue;
    counts.set(String(cell), (counts.get(String(cell)) ?? 0) + 1);
  }
  return counts;
}
