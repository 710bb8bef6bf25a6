/**
 * The runs of `coffer ab`: two plans, interleaved in blocks. A block is one repetition of the one
 * plan and the same repetition of the other, whose random streams are the same: point by point, so
 * that the two runs of a pair lie side by side, in an order that was drawn for the block. Each side
 * has a record of its own, block by block, as `coffer run` writes them.
 */

import type { Plan, RunPlan } from '../job/plan.ts';
import type { Row } from '../record/columns.ts';
import { formatEnvironment } from '../record/environment.ts';
import { runKey } from '../record/key.ts';
import type { BlockOrder } from './block-order.ts';
import type { Progress } from './invocation.ts';
import { Ledger } from './ledger.ts';
import { environmentOf } from './machine.ts';
import { perform, type Performing } from './perform.ts';
import { RecordFile } from './record-file.ts';
import { Unwritable } from './unwritable.ts';

export interface BlocksInvocation extends Omit<Performing, 'tracePath'> {
  readonly a: BlocksSide;
  readonly b: BlocksSide;
  /** Of both sides, by interleave(). */
  readonly runs: Interleaved;
  /** By block. */
  readonly order: readonly BlockOrder[];
  /** That the order was drawn from. */
  readonly seed: number;
  readonly toolVersion: string;
  readonly argv: readonly string[];
  onProgress(progress: Progress): void;
}

export interface BlocksSide {
  readonly plan: Plan;
  readonly outputPath: string;
  /** As `--set` takes them. */
  readonly settings: readonly string[];
}

export type BlocksEnding =
  /**
   * An output could not be written: before anything ran, or after, with its rows in FILE.partial.
   */
  | { readonly kind: 'unwritable'; readonly problem: string; readonly began: boolean }
  | {
      readonly kind: 'ended';
      readonly a: readonly Row[];
      readonly b: readonly Row[];
      readonly interrupted: boolean;
    };

/** Runs in the order of execution, numbered so. */
export interface Interleaved {
  readonly all: readonly RunPlan[];
  /** Those of each side. */
  readonly a: readonly RunPlan[];
  readonly b: readonly RunPlan[];
}

/**
 * A block is a repetition of each plan; one block alone is the whole of each, whatever repetitions
 * it has. Runs at points that only B has come last.
 */
export function interleave(a: Plan, b: Plan, order: readonly BlockOrder[]): Interleaved {
  const all: RunPlan[] = [];
  const sides: { readonly a: RunPlan[]; readonly b: RunPlan[] } = { a: [], b: [] };
  const take = (side: 'a' | 'b', run: RunPlan | undefined): void => {
    if (run === undefined) return;
    const numbered = { ...run, index: all.length };
    all.push(numbered);
    sides[side].push(numbered);
  };
  for (const [place, sidesOfBlock] of order.entries()) {
    const inBlock = ({ repetition }: RunPlan): boolean =>
      order.length === 1 || repetition === place + 1;
    for (const pair of pairsOf(a.runs.filter(inBlock), b.runs.filter(inBlock))) {
      for (const side of sidesOfBlock === 'ab' ? SIDES : SIDES.toReversed()) take(side, pair[side]);
    }
  }
  return { all, ...sides };
}

const SIDES = ['a', 'b'] as const;

interface Pair {
  readonly a?: RunPlan;
  readonly b?: RunPlan;
}

/** Of the same point and repetition, as far as both sides have it. */
function pairsOf(a: readonly RunPlan[], b: readonly RunPlan[]): readonly Pair[] {
  const pairs = new Map<string, Pair>(a.map((run) => [keyOf(run), { a: run }]));
  for (const run of b) pairs.set(keyOf(run), { ...pairs.get(keyOf(run)), b: run });
  return [...pairs.values()];
}

function keyOf({ jobFile, point, repetition }: RunPlan): string {
  return runKey({ job_file: jobFile, point, repetition });
}

export async function runBlocks(invocation: BlocksInvocation): Promise<BlocksEnding> {
  const { a, b, runs, interrupt } = invocation;
  const startedAt = new Date().toISOString();
  let began = false;
  try {
    const ledgerA = new Ledger(new RecordFile(a.outputPath, []), runs.a, new Map());
    const ledgerB = new Ledger(new RecordFile(b.outputPath, []), runs.b, new Map());
    const done = new Set<number>();
    const ofA = new Set(runs.a.map(({ index }) => index));
    began = true;
    invocation.onProgress({ done, kept: new Set() });
    await perform({ ...invocation, tracePath: null }, runs.all, runs.all.length, (run, rows) => {
      (ofA.has(run.index) ? ledgerA : ledgerB).enter(run, rows);
      done.add(run.index);
      invocation.onProgress({ done, kept: new Set() });
    });
    return {
      kind: 'ended',
      a: ledgerA.finish(environmentText(invocation, 'a', startedAt)),
      b: ledgerB.finish(environmentText(invocation, 'b', startedAt)),
      interrupted: interrupt.aborted,
    };
  } catch (error) {
    if (!(error instanceof Unwritable)) throw error;
    return { kind: 'unwritable', problem: error.message, began };
  }
}

function environmentText(
  { a, b, order, seed, toolVersion, argv }: BlocksInvocation,
  side: 'a' | 'b',
  startedAt: string,
): string {
  const { plan, settings } = side === 'a' ? a : b;
  const endedAt = new Date().toISOString();
  const ab = { side, settings, seed, order };
  return formatEnvironment(environmentOf([plan], { toolVersion, argv, startedAt, endedAt, ab }));
}
