/**
 * The job files of the command line, read and planned together: all their mistakes are told at
 * once.
 */

import { basename } from 'node:path';
import { formatDiagnostic, loadPlan } from '../job/load.ts';
import type { Diagnostic, Plan } from '../job/plan.ts';
import type { FileText } from '../job/text-source.ts';
import { lookUps } from '../runner/real-facts.ts';
import { readText, textSource } from './text-source.ts';

export { whyUnreadable } from './text-source.ts';

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
  | {
      readonly ok: true;
      readonly plans: readonly Plan[];
      readonly warnings: readonly string[];
      /** What they refer to and was read: files they include, logs to be replayed. */
      readonly reads: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly string[] };

export function loadFiles(
  files: readonly string[],
  { set = [], section = [], readonly = false, allowDestructive = false }: Selection,
): LoadedFiles {
  const plans: Plan[] = [];
  const problems = sameNames(files);
  const reads = new Set<string>();
  const readFile = (file: string): FileText => {
    reads.add(file);
    return readText(file);
  };
  const surroundings = { ...textSource, readFile, lookUp: lookUps(), readonly, allowDestructive };
  let firstIndex = 0;
  for (const jobFile of files) {
    const text = readText(jobFile);
    if (!text.ok) {
      problems.push(`${jobFile}: cannot be read: ${text.problem}`);
      continue;
    }
    const asked = { jobFile, text: text.text, set, sections: section, firstIndex };
    const loaded = loadPlan({ ...asked, ...surroundings });
    if (loaded.ok) {
      plans.push(loaded.plan);
      firstIndex += loaded.plan.runs.length;
    } else {
      problems.push(...told(jobFile, fewOfEach(loaded.diagnostics).map(formatDiagnostic)));
    }
  }
  if (problems.length > 0) return { ok: false, problems: [...new Set(problems)] };
  const warnings = plans.flatMap((plan) => fewOfEach(plan.warnings).map(formatWarning));
  return { ok: true, plans, warnings, reads: [...reads] };
}

/** All mistakes of a file; but a wrong file has thousands, and one screen says so as well. */
export function told(jobFile: string, mistakes: readonly string[]): readonly string[] {
  const more = mistakes.length - MISTAKES_MAX;
  if (more <= 0) return mistakes;
  return [...mistakes.slice(0, MISTAKES_MAX), `${jobFile}: and ${more} more; is it a job file?`];
}

/** Told of one option in one line: a sweep over thousands of values is wrong in as many ways. */
const ALIKE_MAX = 10;

/** The first of each line and option, and last how many more there are. */
function fewOfEach(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const alike = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const key = JSON.stringify([diagnostic.file, diagnostic.line, diagnostic.option]);
    const others = alike.get(key);
    if (others === undefined) alike.set(key, [diagnostic]);
    else others.push(diagnostic);
  }
  const more = [...alike.values()].flatMap(([first, ...others]) => {
    const left = others.length + 1 - ALIKE_MAX;
    return first === undefined || left <= 0 ? [] : [{ ...first, what: `and ${left} more like it` }];
  });
  const told = new Set([...alike.values()].flatMap((each) => each.slice(0, ALIKE_MAX)));
  return [...diagnostics.filter((diagnostic) => told.has(diagnostic)), ...more];
}

export function formatWarning(warning: Diagnostic): string {
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
