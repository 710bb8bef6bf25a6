/**
 * `coffer check FILES…`: everything wrong with job files, without running; and what running would
 * mean.
 */

import { availableParallelism } from 'node:os';
import { type Estimate, estimate } from '../job/estimate.ts';
import type { Plan, RunPlan } from '../job/plan.ts';
import { formatBytes } from '../units/bytes.ts';
import { formatCount } from '../units/number.ts';
import { SECOND_NS } from '../units/quantity.ts';
import { formatTime } from '../units/time.ts';
import { EXIT } from './exit-code.ts';
import { loadFiles, type Selection } from './load-files.ts';

export interface CheckFlags extends Selection {
  readonly plan?: boolean;
}

export function check(files: readonly string[], flags: CheckFlags): number {
  const loaded = loadFiles(files, flags);
  if (!loaded.ok) {
    for (const problem of loaded.problems) process.stderr.write(`${problem}\n`);
    return EXIT.usage;
  }
  for (const warning of loaded.warnings) process.stderr.write(`${warning}\n`);
  for (const plan of loaded.plans) process.stdout.write(describe(plan, flags.plan === true));
  return EXIT.good;
}

function describe(plan: Plan, all: boolean): string {
  const count = plan.runs.length;
  const head = `${plan.jobFile}: no mistakes, ${count} run${count === 1 ? '' : 's'}\n`;
  return all ? `${head}\n${planTable(plan.runs)}` : head;
}

/**
 * What one I/O and one byte cost the simulation, on a machine of today; good to a factor of a few.
 */
const IO_NS = 5_000;
const BYTES_PER_SECOND = 1e9;

const HEADERS = ['run', 'point', 'repetition', 'ios', 'writes', 'guessed time'] as const;

export function planTable(runs: readonly RunPlan[]): string {
  const workers = availableParallelism();
  const facts = runs.map((run) => ({ run, estimate: estimate(run), timeNs: guessNs(run) }));
  const cells = facts.map(({ run, estimate: moved, timeNs }) => [
    String(run.index + 1),
    run.point === '' ? '-' : run.point,
    String(run.repetition),
    moved.ios === null ? 'timed' : formatCount(moved.ios),
    formatWritten(moved),
    timeNs === null ? 'unknown' : formatTime(timeNs),
  ]);
  const lines = aligned([HEADERS, ...cells]);
  const writes = facts.reduce((sum, { estimate: moved }) => sum + writesOf(moved), 0);
  const known = facts.flatMap(({ run, timeNs }) => (timeNs === null ? [] : [{ run, timeNs }]));
  const sideBySide = known.filter(({ run }) => run.clock === 'virtual');
  const alone = known.filter(({ run }) => run.clock === 'wall');
  const virtualNs = sideBySide.reduce((sum, { timeNs }) => sum + timeNs, 0);
  const wallNs = alone.reduce((sum, { timeNs }) => sum + timeNs, 0);
  const totalNs = Math.round(virtualNs / workers + wallNs);
  const unknown = facts.length - known.length;
  const beyond =
    unknown === 0
      ? ''
      : `, and ${unknown} timed run${unknown === 1 ? '' : 's'} that nothing tells beforehand`;
  lines.push(
    '',
    `writes to simulated devices, layout included: ${formatBytes(writes)}${beyond}`,
    `time, a guess: ${formatTime(totalNs)}${beyond}`,
    `(from ${formatTime(IO_NS)} per I/O, 1 GB/s where data moves, ` +
      `${workers} virtual runs side by side)`,
  );
  return `${lines.join('\n')}\n`;
}

function writesOf(moved: Estimate): number {
  return (moved.writtenBytes ?? 0) + moved.layoutBytes;
}

function formatWritten(moved: Estimate): string {
  const bytes = formatBytes(writesOf(moved));
  return moved.writtenBytes === null ? `${bytes} and more` : bytes;
}

/** null: a timed virtual run does as many I/Os as its models are fast. */
function guessNs(run: RunPlan): number | null {
  const moved = estimate(run);
  if (moved.ios === null) return run.clock === 'wall' ? moved.longestRuntimeNs : null;
  const moves = run.devices.some(({ attributes }) =>
    ['file', 'memory'].includes(String(attributes['data'])),
  );
  const bytes = moves ? writesOf(moved) + (moved.readBytes ?? 0) : 0;
  return Math.round(moved.ios * IO_NS + (bytes / BYTES_PER_SECOND) * SECOND_NS);
}

/** Points to the left, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = HEADERS.map((_, place) => Math.max(...rows.map((row) => row[place]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, place) =>
        place === 1 ? cell.padEnd(widths[place] ?? 0) : cell.padStart(widths[place] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
