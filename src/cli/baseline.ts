/**
 * `coffer baseline update JOBFILE…`: runs jobs and keeps their records as what later ones are
 * judged against, in a folder that is committed. Of the virtual clock, so that a record is the same
 * bytes on every machine: an unchanged figure is an unchanged file.
 */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from '../compare/compare.ts';
import { renderText } from '../compare/report/text.ts';
import { DEFAULT_RULES } from '../compare/rules.ts';
import { sideOf } from '../compare/side.ts';
import type { Plan } from '../job/plan.ts';
import type { Row } from '../record/columns.ts';
import { environmentPath } from '../record/file-names.ts';
import { readRecord } from '../record/read.ts';
import { invoke } from '../runner/invocation.ts';
import { openRunPool, type RunPool } from '../runner/run-pool.ts';
import { writeWhole } from '../runner/write-whole.ts';
import { BASELINE_FOLDER, baselinePath } from './against.ts';
import { EXIT } from './exit-code.ts';
import { exitCodeOfSignal, watchSignals } from './interruption.ts';
import { loadFiles, whyUnreadable } from './load-files.ts';
import { counted } from './run-files.ts';
import { type ColourChoice, wantsColour, widthOf } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { toolVersion } from './version.ts';

export interface BaselineFlags {
  readonly directory?: string;
  readonly allowWallClock?: boolean;
  readonly workers?: number;
  readonly all?: boolean;
  readonly width?: number;
  readonly color?: ColourChoice;
}

/** Throws UsageError. */
export async function updateBaselines(
  jobFiles: readonly string[],
  flags: BaselineFlags,
): Promise<number> {
  const plans = plansOf(jobFiles, flags);
  const folder = flags.directory ?? BASELINE_FOLDER;
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`--directory ${folder}: cannot be made: ${whyUnreadable(error)}`);
  }
  const interrupt = watchSignals((signal) => tell(`${signal}: stopping; its baseline stays`));
  const workers = flags.workers ?? availableParallelism();
  const pool = openRunPool(workers);
  let exitCode: number = EXIT.good;
  try {
    for (const plan of plans) {
      if (interrupt.aborted) break;
      const updated = await update(plan, baselinePath(folder, plan.jobFile), {
        workers,
        pool,
        interrupt,
        flags,
      });
      if (!updated) exitCode = EXIT.failed;
    }
  } finally {
    await (await pool).close();
  }
  return interrupt.aborted ? exitCodeOfSignal(interrupt) : exitCode;
}

/** Each file is an invocation of its own. Throws UsageError with all that is wrong. */
function plansOf(jobFiles: readonly string[], { allowWallClock }: BaselineFlags): readonly Plan[] {
  // Together, they are told apart by their names; each alone, its runs are numbered from 0.
  const together = loadFiles(jobFiles, {});
  if (!together.ok) throw new UsageError(together.problems.join('\n'));
  for (const warning of together.warnings) tell(warning);
  const plans = jobFiles.flatMap((file) => {
    const loaded = loadFiles([file], {});
    return loaded.ok ? loaded.plans : [];
  });
  const wall = plans.filter(({ runs }) => runs.some(({ clock }) => clock === 'wall'));
  if (wall.length === 0 || allowWallClock === true) return plans;
  throw new UsageError(
    wall
      .map(({ jobFile }) => {
        const why = 'a baseline of another day shares no protection against a drifting machine';
        return `${jobFile}: runs in wall time, and ${why}; use coffer ab, or --allow-wall-clock`;
      })
      .join('\n'),
  );
}

interface Updating {
  readonly workers: number;
  readonly pool: Promise<RunPool>;
  readonly interrupt: AbortSignal;
  readonly flags: BaselineFlags;
}

/** Whether the baseline is now what the job gives. */
async function update(plan: Plan, path: string, updating: Updating): Promise<boolean> {
  const scratch = mkdtempSync(join(tmpdir(), 'coffer-baseline-'));
  try {
    const outputPath = join(scratch, 'record.csv');
    const rows = await rowsOf(plan, outputPath, updating);
    if (rows === null) return false;
    const before = existsSync(path) ? readFileSync(path, 'utf8') : null;
    const text = readFileSync(outputPath, 'utf8');
    if (before === text) {
      print(`${path}: unchanged, ${counted(rows.length, 'row')}\n`);
      return true;
    }
    write(path, text);
    if (plan.runs.some(({ clock }) => clock === 'wall')) {
      write(environmentPath(path), readFileSync(environmentPath(outputPath), 'utf8'));
    }
    print(before === null ? `${path}: new, ${counted(rows.length, 'row')}\n` : '');
    if (before !== null) tellChange(path, before, text, updating.flags);
    return true;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** null, after saying why: what went wrong is no baseline. */
async function rowsOf(
  plan: Plan,
  outputPath: string,
  { workers, pool, interrupt }: Updating,
): Promise<readonly Row[] | null> {
  const ending = await invoke({
    plans: [plan],
    shard: null,
    outputPath,
    resume: false,
    workers,
    pool,
    timeout: null,
    tracePath: null,
    toolVersion: toolVersion(),
    argv: process.argv.slice(2),
    interrupt,
    onNote: tell,
    onProgress: () => {},
  });
  if (ending.kind !== 'ended') {
    tell(
      `${plan.jobFile}: ${ending.kind === 'refused' ? ending.problems.join('\n') : ending.problem}`,
    );
    return null;
  }
  const wrong = ending.rows.find(({ state }) => state !== 'done');
  if (wrong === undefined) return ending.rows;
  const where = [wrong.job, wrong.point].filter((word) => word !== null && word !== '').join(' ');
  tell(`${plan.jobFile}: ${where} is ${wrong.state}, and no baseline: ${wrong.error ?? ''}`);
  return null;
}

/**
 * As compare tells it; a job that changed is judged all the same, for that is what one looks for.
 */
function tellChange(path: string, before: string, after: string, flags: BaselineFlags): void {
  const [old, young] = [readRecord(before, path), readRecord(after, path)];
  if (!old.ok || !young.ok) {
    print(`${path}: written anew; the earlier one cannot be read by this coffer\n`);
    return;
  }
  const [baseline, candidate] = [old, young].map(({ rows }) => sideOf([{ path, rows }]));
  if (baseline?.ok !== true || candidate?.ok !== true) {
    print(`${path}: written anew; the earlier one holds a row twice\n`);
    return;
  }
  const comparison = compare(baseline.units, candidate.units, DEFAULT_RULES, {
    allowDifferentPlan: true,
    design: 'independent',
  });
  const widthColumns = flags.width ?? widthOf(process.stdout);
  const colour = wantsColour(process.stdout, process.env, flags.color);
  const text = renderText(comparison, { widthColumns, colour, all: flags.all === true });
  print(`${path}: written anew\n\n${text}`);
}

/** Throws UsageError. */
function write(path: string, text: string): void {
  try {
    writeWhole(path, [text]);
  } catch (error) {
    throw new UsageError(`${path}: cannot be written: ${whyUnreadable(error)}`);
  }
}

function print(text: string): void {
  process.stdout.write(text);
}

function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
