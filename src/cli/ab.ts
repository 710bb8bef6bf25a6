/**
 * `coffer ab JOBFILE --a SETTINGS --b SETTINGS`: the job file as A and as B in turns, and B judged
 * against A in pairs, block by block. What the machine does to a whole block it does to both sides,
 * and the pairs do not see it.
 */

import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Rules } from '../compare/rules.ts';
import { attainablePairedP } from '../compare/statistics/attainable.ts';
import { repetitionsForP } from '../compare/statistics/repetitions.ts';
import { formatP } from '../compare/decide.ts';
import type { Row } from '../record/columns.ts';
import { runKey } from '../record/key.ts';
import { blockOrders } from '../runner/block-order.ts';
import { type BlocksEnding, interleave, runBlocks } from '../runner/blocks.ts';
import { openRunPool, type RunPool } from '../runner/run-pool.ts';
import { subjectsOf } from '../runner/rows.ts';
import type { Progress } from '../runner/invocation.ts';
import {
  type AbPlans,
  abPlans,
  type AbSettings,
  changedKeys,
  sidePaths,
  unpaired,
} from './ab-plans.ts';
import { settingsOf } from './ab-settings.ts';
import { judgeBlocks, type RunBlocks } from './ab-verdict.ts';
import type { VerdictFlags } from './compare.ts';
import { checkOutputs, type OutputFlags } from './compare-outputs.ts';
import { type RuleFlags, rulesOf } from './compare-rules.ts';
import { EXIT } from './exit-code.ts';
import { exitCodeOfSignal, watchSignals } from './interruption.ts';
import { keepApart, outputOf } from './outputs.ts';
import { ProgressDisplay } from './progress.ts';
import { progressMode } from './progress-mode.ts';
import type { RunFlags } from './run.ts';
import { workFiles, intention, lookInto, summary, timeoutOf } from './run-files.ts';
import { UsageError } from './usage-error.ts';
import { toolVersion } from './version.ts';

export interface AbFlags
  extends Omit<RunFlags, 'resume' | 'trace'>,
    RuleFlags,
    OutputFlags,
    VerdictFlags {
  readonly a: string;
  readonly b: string;
  readonly blocks?: number;
  readonly seed?: number;
}

const BLOCKS = 10;

/** Seeds are as long as `randseed` takes them. */
const SEED_BOUND = 2 ** 32;

export async function ab(jobFile: string, flags: AbFlags): Promise<number> {
  const workers = flags.workers ?? availableParallelism();
  const pool = openRunPool(workers);
  try {
    return await abIn(pool, jobFile, { ...flags, workers });
  } finally {
    await (await pool).close();
  }
}

async function abIn(
  pool: Promise<RunPool>,
  jobFile: string,
  flags: AbFlags & { readonly workers: number },
): Promise<number> {
  const planned = planOf(jobFile, flags);
  const { plans, order, seed, settings } = planned;
  const paths = outputsOf(jobFile, plans, flags);
  const say = flags.quiet === true ? () => {} : complain;
  for (const sentence of [...plans.warnings, ...intentions(planned, paths, flags)]) say(sentence);
  const runs = interleave(plans.a, plans.b, order);
  const display = new ProgressDisplay(process.stderr, {
    mode: progressMode(flags, process.stderr, process.env),
    live: flags.live === true,
    runs: runs.all,
    look: lookInto(pool),
    nowMs: () => performance.now(),
  });
  const interrupt = watchSignals((signal) => {
    display.end();
    say(`${signal}: stopping; nothing will be judged, the rows are kept (once more: stop at once)`);
  });
  const invocation = {
    a: { plan: plans.a, outputPath: paths.a, settings: settings.a },
    b: { plan: plans.b, outputPath: paths.b, settings: settings.b },
    runs,
    order,
    seed,
    workers: flags.workers,
    pool,
    timeout: flags.timeout === undefined ? null : timeoutOf(flags.timeout),
    toolVersion: toolVersion(),
    argv: process.argv.slice(2),
    interrupt,
    onNote: flags.quiet === true ? say : (sentence: string) => display.say(sentence),
    onProgress: (progress: Progress) => display.update(progress),
  };
  const ending = await runBlocks(invocation).finally(() => display.end());
  if (ending.kind === 'ended') {
    const begun = begunIn(ending.a) + begunIn(ending.b);
    const rows = [...ending.a, ...ending.b];
    say(summary(begun, rows, display.elapsedMs, `${paths.a} and ${paths.b}`));
  }
  return endOf(ending, interrupt, { ...planned, paths, flags });
}

/** Runs of a side that were begun, as its rows have it. */
function begunIn(rows: readonly Row[]): number {
  return new Set(rows.filter(({ state }) => state !== 'not_run').map(runKey)).size;
}

function endOf(ending: BlocksEnding, interrupt: AbortSignal, run: RunBlocks): number {
  if (ending.kind === 'unwritable') {
    complain(ending.problem);
    return ending.began ? EXIT.failed : EXIT.usage;
  }
  return ending.interrupted ? exitCodeOfSignal(interrupt) : judgeBlocks(ending.a, ending.b, run);
}

interface Planned {
  readonly plans: AbPlans;
  readonly settings: AbSettings;
  readonly rules: Rules;
  readonly order: RunBlocks['order'];
  readonly seed: number;
}

/** Throws UsageError with all that is wrong. */
function planOf(jobFile: string, flags: AbFlags): Planned {
  const problems: string[] = [];
  const wrong = (what: string): void => {
    problems.push(what);
  };
  const settings = { a: settingsOf('--a', flags.a), b: settingsOf('--b', flags.b) };
  const rules = rulesOf(flags, wrong);
  checkOutputs(flags, [jobFile], wrong);
  if (flags.set?.some((word) => /^repeat\s*(?:=|$)/.test(word)) === true) {
    wrong('--set repeat: each block repeats the job file once; give --blocks N');
  }
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  const asked = flags.blocks ?? BLOCKS;
  const plans = abPlans(jobFile, settings, flags, asked);
  if (plans.clock === 'wall') refuseTooFew(asked, rules.alpha);
  const seed = flags.seed ?? randomInt(1, SEED_BOUND);
  const blocks = plans.clock === 'virtual' ? 1 : asked;
  const order = blockOrders(blocks, seed);
  return { plans, settings, rules, order, seed };
}

/** Blocks that cannot call any difference would only take their time. */
function refuseTooFew(blocks: number, alpha: number): void {
  const needed = repetitionsForP('paired', alpha);
  if (blocks >= needed) return;
  throw new UsageError(
    `--blocks ${blocks}: p can reach ${attainablePairedP(blocks)} and no less, so no difference ` +
      `would be called at alpha ${alpha}; give --blocks ${needed} or more`,
  );
}

type Paths = RunBlocks['paths'];

/** Throws UsageError. */
function outputsOf(jobFile: string, { a, b, reads }: AbPlans, { output }: AbFlags): Paths {
  const paths = sidePaths(outputOf([jobFile], output));
  const others = { ...workFiles([...a.runs, ...b.runs]), reads, traces: [], logs: [] };
  keepApart([jobFile], paths.a, others);
  keepApart([jobFile], paths.b, others);
  return paths;
}

/** What will be run and written, and where: said before anything is. */
function intentions(
  { plans, settings, rules, order, seed }: Planned,
  paths: Paths,
  { blocks }: AbFlags,
): readonly string[] {
  const named = (words: readonly string[]): string => words.join(' ') || 'as the file says';
  const turns =
    plans.clock === 'virtual'
      ? 'figures of the virtual clock are exact: one run of each decides'
      : `${order.length} blocks in random order, seed ${seed}`;
  return [
    ...(plans.clock === 'virtual' && (blocks ?? 1) > 1
      ? [`--blocks ${blocks}: has no effect`]
      : []),
    `A: ${named(settings.a)}; B: ${named(settings.b)}; ${turns}`,
    ...unpaired(plans, changedKeys(settings)),
    ...(plans.clock === 'wall' ? tooFewForAll(plans, rules, order.length) : []),
    intention([plans.a, plans.b], `${paths.a} and ${paths.b}`),
  ];
}

/** Of the columns gated by default, those that a row has. */
const DEFAULT_GATES = 3;

/** Before hours are spent: how many blocks the correction asks for if one figure alone differs. */
function tooFewForAll({ a }: AbPlans, { alpha, gates }: Rules, blocks: number): readonly string[] {
  const rows = a.runs.filter(({ repetition }) => repetition === 1).flatMap(subjectsOf).length;
  const tests = rows * (gates?.length ?? DEFAULT_GATES);
  const needed = repetitionsForP('paired', alpha / tests);
  if (blocks >= needed) return [];
  return [
    `${tests} figures will be judged: one that differs alone among them needs --blocks ${needed} ` +
      `to be called (p can reach ${formatP(Math.min(1, attainablePairedP(blocks) * tests))} with ${blocks})`,
  ];
}

function complain(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
