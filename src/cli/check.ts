/**
 * `coffer check FILES…`: everything wrong with job files, without running; and what running would
 * mean.
 */

import { availableParallelism } from 'node:os';
import {
  type Estimate,
  estimate,
  GUESSED_BYTES_PER_NS,
  GUESSED_IO_NS,
  guessNs,
  type LaidOutBefore,
  writtenTargets,
} from '../job/estimate.ts';
import type { Plan, RunPlan } from '../job/plan.ts';
import { longest } from '../record/table-text.ts';
import { formatBytes } from '../units/bytes.ts';
import { formatCount } from '../units/number.ts';
import { formatTime } from '../units/time.ts';
import { checkSyntaxOf } from './check-syntax.ts';
import { EXIT } from './exit-code.ts';
import { loadFiles, type Selection } from './load-files.ts';

export interface CheckFlags extends Selection {
  readonly plan?: boolean;
  readonly syntax?: boolean;
}

export function check(files: readonly string[], flags: CheckFlags): number {
  if (flags.syntax === true) return checkSyntaxOf(files, flags);
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

/** To set a world or its files up, and to write its rows: most of what a tiny run takes. */
const GUESSED_RUN_NS = 3_000_000;

const HEADERS = ['run', 'point', 'repetition', 'ios', 'writes', 'guessed time'] as const;

/** A list that fills a screen is read by nobody. */
const TARGETS_SHOWN = 32;

export function planTable(runs: readonly RunPlan[]): string {
  const workers = availableParallelism();
  const before: LaidOutBefore = new Map();
  const facts = runs.map((run) => {
    const moved = estimate(run, before);
    return { run, moved, timeNs: guessNs(run, moved) };
  });
  const cells = facts.map(({ run, moved, timeNs }) => [
    String(run.index + 1),
    run.point === '' ? '-' : run.point,
    String(run.repetition),
    moved.ios === null ? 'timed' : formatCount(moved.ios),
    formatWritten(moved),
    timeNs === null ? 'unknown' : formatTime(timeNs),
  ]);
  const lines = aligned([HEADERS, ...cells]);
  const writes = facts.reduce((sum, { moved }) => sum + writesOf(moved), 0);
  const known = facts.flatMap(({ run, timeNs }) => (timeNs === null ? [] : [{ run, timeNs }]));
  const sideBySide = known.filter(({ run }) => run.clock === 'virtual');
  const alone = known.filter(({ run }) => run.clock === 'wall');
  const virtualNs = sideBySide.reduce((sum, { timeNs }) => sum + timeNs, 0);
  const wallNs = alone.reduce((sum, { timeNs }) => sum + timeNs, 0);
  const runNs = GUESSED_RUN_NS * (sideBySide.length / workers + alone.length);
  const totalNs = Math.round(virtualNs / workers + wallNs + runNs);
  const unwritten = facts.filter(({ moved }) => moved.writtenBytes === null).length;
  const unknown = facts.length - known.length;
  lines.push(
    '',
    `writes to ${whatIsWritten(runs)}, layout included: ${formatBytes(writes)}${beyond(unwritten)}`,
    `time, a guess: ${formatTime(totalNs)}${beyond(unknown)}`,
    `(from ${formatTime(GUESSED_RUN_NS)} per run, ${formatTime(GUESSED_IO_NS)} per I/O, ` +
      `${GUESSED_BYTES_PER_NS} GB/s where data moves, ` +
      `${workers} virtual runs side by side)`,
  );
  return `${lines.join('\n')}\n`;
}

/** Real files one by one: nobody should be surprised by what a run has written. */
export function whatIsWritten(runs: readonly RunPlan[]): string {
  if (runs.some(({ devices }) => devices.length > 0)) return 'simulated devices';
  const targets = writtenTargets({ runs });
  if (targets.length === 0) return 'no file';
  const more = targets.length - TARGETS_SHOWN;
  const shown = targets.slice(0, TARGETS_SHOWN).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function beyond(runs: number): string {
  if (runs === 0) return '';
  return `, and ${runs} timed run${runs === 1 ? '' : 's'} that nothing tells beforehand`;
}

function writesOf(moved: Estimate): number {
  return (moved.writtenBytes ?? 0) + moved.layoutBytes;
}

function formatWritten(moved: Estimate): string {
  const bytes = formatBytes(writesOf(moved));
  return moved.writtenBytes === null ? `${bytes} and more` : bytes;
}

/** Points to the left, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = HEADERS.map((_, place) => longest(rows.map((row) => row[place] ?? '')));
  return rows.map((row) =>
    row
      .map((cell, place) =>
        place === 1 ? cell.padEnd(widths[place] ?? 0) : cell.padStart(widths[place] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
