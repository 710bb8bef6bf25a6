/**
 * The job files of the command line, read and planned together: all their mistakes are told at
 * once.
 */

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { formatDiagnostic, loadPlan } from '../job/load.ts';
import type { Plan } from '../job/plan.ts';
import { lookUp } from '../runner/real-facts.ts';
import { errorCode } from '../units/error-code.ts';

const MISTAKES_MAX = 100;

export interface Selection {
  /** `option=value` or `DEVICE.attribute=value`. */
  readonly set?: readonly string[];
  /** Names of jobs; none means all. */
  readonly section?: readonly string[];
  /** Nothing real is written. */
  readonly readonly?: boolean;
  /** As if every job had overwrite=1 and allow_mounted_write=1. */
  readonly allowDestructive?: boolean;
}

export type LoadedFiles =
  | { readonly ok: true; readonly plans: readonly Plan[]; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[] };

export function loadFiles(
  files: readonly string[],
  { set = [], section = [], readonly = false, allowDestructive = false }: Selection,
): LoadedFiles {
  const plans: Plan[] = [];
  const problems = sameNames(files);
  const surroundings = { lookUp, readonly, allowDestructive };
  let firstIndex = 0;
  for (const jobFile of files) {
    const text = readJobText(jobFile);
    if (!text.ok) {
      problems.push(text.problem);
      continue;
    }
    const asked = { jobFile, text: text.text, set, sections: section, firstIndex };
    const loaded = loadPlan({ ...asked, ...surroundings });
    if (loaded.ok) {
      plans.push(loaded.plan);
      firstIndex += loaded.plan.runs.length;
    } else {
      problems.push(...told(jobFile, loaded.diagnostics.map(formatDiagnostic)));
    }
  }
  if (problems.length > 0) return { ok: false, problems: [...new Set(problems)] };
  const warnings = plans.flatMap((plan) => plan.warnings.map(formatWarning));
  return { ok: true, plans, warnings };
}

/** All mistakes of a file; but a wrong file has thousands, and one screen says so as well. */
function told(jobFile: string, mistakes: readonly string[]): readonly string[] {
  const more = mistakes.length - MISTAKES_MAX;
  if (more <= 0) return mistakes;
  return [...mistakes.slice(0, MISTAKES_MAX), `${jobFile}: and ${more} more; is it a job file?`];
}

function formatWarning(warning: Parameters<typeof formatDiagnostic>[0]): string {
  return formatDiagnostic({ ...warning, what: `warning: ${warning.what}` });
}

/** The name of the job file without its folder is part of the key of a row. */
function sameNames(files: readonly string[]): string[] {
  const seen = new Map<string, string>();
  const problems: string[] = [];
  for (const file of files) {
    const other = seen.get(basename(file));
    if (other !== undefined) {
      const what = `has the name of ${other}, and rows are told apart by it; run one at a time`;
      problems.push(`${file}: ${what}`);
    }
    seen.set(basename(file), file);
  }
  return problems;
}

type JobText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: string };

function readJobText(file: string): JobText {
  try {
    return { ok: true, text: readFileSync(file, 'utf8') };
  } catch (error) {
    return { ok: false, problem: `${file}: cannot be read: ${whyUnreadable(error)}` };
  }
}

export function whyUnreadable(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ENOENT') return 'no such file; check the name and the current folder';
  if (code === 'EISDIR') return 'it is a folder; name a file';
  if (code === 'EACCES') return 'permission denied';
  return error instanceof Error ? error.message : String(error);
}
