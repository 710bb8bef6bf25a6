/**
 * What holds of every text: it gives a plan or located mistakes, in less than a second of CPU, and
 * no size has lost its suffix. Throws with what does not.
 */

import { checkSyntax, formatDiagnostic, loadPlan, type PlanRequest } from '../../src/job/load.ts';
import type { Diagnostic, Plan } from '../../src/job/plan.ts';
import type { FileText } from '../../src/job/text-source.ts';

const TIME_MAX_MS = 1000;
/** A block below this has to be written so. */
const BLOCK_MIN_BYTES = 512;

const INCLUDED: Readonly<Record<string, string>> = {
  'x.inc': 'bs=8k\niodepth=4\n',
  'loop.inc': 'include loop.inc\n',
};

function readFile(path: string): FileText {
  const text = INCLUDED[path];
  return text === undefined ? { ok: false, problem: 'no such file' } : { ok: true, text };
}

const outside = {
  readFile,
  variable: (name: string) => (name === 'BS' ? '16k' : undefined),
  machine: () => ({ cpus: 4, pageBytes: 4096, memoryBytes: 8 * 1024 ** 3 }),
};

export function hold(text: string): void {
  const request: PlanRequest = { jobFile: 'f.fio', text, ...outside };
  const before = process.cpuUsage();
  const loaded = loadPlan(request);
  const cpuMs = cpuMsSince(before);
  if (cpuMs > TIME_MAX_MS) throw new Error(`took ${cpuMs.toFixed(0)} ms of CPU`);
  const { mistakes, notDone } = checkSyntax(request);
  if (loaded.ok) {
    if (mistakes.length + notDone.length > 0) throw new Error('a plan, and yet mistakes');
    holdPlan(loaded.plan, text);
  } else {
    holdMistakes(loaded.diagnostics, text);
  }
  holdMistakes([...mistakes, ...notDone], text);
  if (!loaded.ok && loaded.diagnostics.length === 0) throw new Error('refused without a mistake');
}

/** Of CPU: the machine is shared. */
export function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

export function holdMistakes(diagnostics: readonly Diagnostic[], text: string): void {
  const lines = text.split('\n').length;
  for (const diagnostic of diagnostics) {
    const { file, line, what } = diagnostic;
    const sentence = formatDiagnostic(diagnostic);
    const there = file === 'f.fio' ? line >= 1 && line <= lines : file in INCLUDED && line >= 1;
    if (!there) throw new Error(`nowhere: ${sentence}`);
    if (what === '' || /undefined|NaN|\[object|Infinity/.test(withoutQuotes(sentence, text))) {
      throw new Error(`no sentence: ${sentence}`);
    }
  }
}

/** A user may write undefined; we may not. */
function withoutQuotes(sentence: string, text: string): string {
  return /undefined|NaN|\[object|Infinity/.test(text) ? '' : sentence;
}

export function holdPlan({ runs }: Plan, text: string): void {
  if (runs.length === 0) throw new Error('a plan without a run');
  const smallest = Math.min(
    ...runs.slice(0, 100).flatMap(({ jobs }) => jobs.flatMap(({ bsBytes }) => bytesOf(bsBytes))),
  );
  if (!Number.isInteger(smallest) || smallest < 1) throw new Error(`a block of ${smallest} bytes`);
  if (smallest >= BLOCK_MIN_BYTES || asksForSmallBlocks(text)) return;
  throw new Error(`a block of ${smallest} bytes, which nobody wrote`);
}

function bytesOf(bsBytes: Readonly<Record<string, number>>): number[] {
  return Object.values(bsBytes);
}

/** Some bs has a bare number below 512, or arithmetic, which may come to anything. */
function asksForSmallBlocks(text: string): boolean {
  const lines = text.split('\n').filter((line) => /(?:bs|blocksize)\s*=/.test(line));
  return lines.some((line) => /[=,\s](?:\d{1,3}|0x[0-9a-f]{1,3})b?(?=[,\s;#]|$)|[($]/i.test(line));
}
