/**
 * `coffer compare BASELINE CANDIDATE`: two sides read, matched and judged. What cannot be compared
 * is told at once, and exit 2; the rest ends with what was found.
 */

import { relative } from 'node:path';
import { compare as judge } from '../compare/compare.ts';
import { differingEnvironments } from '../compare/environments.ts';
import type { Comparison } from '../compare/judgement.ts';
import { summaryOf } from '../compare/report/findings.ts';
import type { Rules } from '../compare/rules.ts';
import { type RecordFile, sideOf, type Unit } from '../compare/side.ts';
import { isBackground } from '../record/background.ts';
import { BASELINE_FOLDER, baselinesAgainst } from './against.ts';
import { environmentsOf, readSide } from './compare-files.ts';
import { checkOutputs, type OutputFlags, writeReports } from './compare-outputs.ts';
import { type RuleFlags, rulesOf } from './compare-rules.ts';
import { EXIT } from './exit-code.ts';
import { UsageError } from './usage-error.ts';

export const INCONCLUSIVE_CHOICES = ['pass', 'fail'] as const;

export interface VerdictFlags {
  readonly inconclusive?: (typeof INCONCLUSIVE_CHOICES)[number];
}

export interface CompareFlags extends RuleFlags, OutputFlags, VerdictFlags {
  readonly baseline?: readonly string[];
  readonly candidate?: readonly string[];
  /** `git:REV`: the baseline that lies there. */
  readonly against?: string;
  readonly allowDifferentEnvironment?: boolean;
  readonly allowDifferentPlan?: boolean;
}

type Units = ReadonlyMap<string, Unit>;

/** Throws UsageError with all that keeps the sides from being compared. */
export function compare(
  first: string | undefined,
  second: string | undefined,
  flags: CompareFlags,
): number {
  const problems: string[] = [];
  const wrong = (what: string): void => {
    problems.push(what);
  };
  const [before, after] = pathsOfSides(first, second, flags, wrong);
  const rules = rulesOf(flags, wrong);
  checkOutputs(flags, [...before, ...after], wrong);
  throwIf(problems);
  const warn = (what: string): boolean => process.stderr.write(`warning: ${what}\n`);
  const [named, candidate] = [readSide(before, wrong, warn), readSide(after, wrong, warn)];
  throwIf(problems);
  const { against } = flags;
  const whole = after.some((path) => relative('', path) === BASELINE_FOLDER);
  const baseline =
    against === undefined ? named : baselinesAgainst(against, { files: candidate, whole }, wrong);
  throwIf(problems);
  const [old, young] = [unitsOf(baseline, wrong), unitsOf(candidate, wrong)];
  throwIf(problems);
  checkMatch(old, young, flags.allowDifferentPlan === true);
  checkGates(old, young, rules, wrong);
  const notes = notesOn(old, young, [...baseline, ...candidate], flags, wrong);
  throwIf(problems);
  const matching = {
    allowDifferentPlan: flags.allowDifferentPlan === true,
    design: 'independent',
  } as const;
  const judged = judge(old, young, rules, matching);
  const comparison = { ...judged, notes: [...judged.notes, ...notes] };
  const exitCode = tell(comparison, flags);
  if (flags.json === true || flags.csv === true || flags.markdown === true) {
    process.stderr.write(`${comparison.verdict}: ${summaryOf(comparison)}\n`);
  }
  return exitCode;
}

/** All reports; the exit code. One that could not be written outweighs nothing that was found. */
export function tell(comparison: Comparison, flags: OutputFlags & VerdictFlags): number {
  const mistakes = writeReports(comparison, flags, junitKind(flags));
  for (const mistake of mistakes) process.stderr.write(`${mistake}\n`);
  const exitCode = exitOf(comparison, flags);
  return exitCode === EXIT.good && mistakes.length > 0 ? EXIT.usage : exitCode;
}

function throwIf(problems: readonly string[]): void {
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
}

/** With --against, all that is named is a candidate; by default what lies there is. */
function pathsOfSides(
  first: string | undefined,
  second: string | undefined,
  flags: CompareFlags,
  wrong: (what: string) => void,
): readonly [baseline: readonly string[], candidate: readonly string[]] {
  if (flags.against === undefined) {
    const baseline = pathsOf('baseline', first, flags.baseline, wrong);
    return [baseline, pathsOf('candidate', second, flags.candidate, wrong)];
  }
  if (flags.baseline !== undefined)
    wrong('--baseline: --against is the baseline; give one of them');
  const named = [first, second, ...(flags.candidate ?? [])].filter((path) => path !== undefined);
  return [[], named.length === 0 ? [BASELINE_FOLDER] : named];
}

function pathsOf(
  side: 'baseline' | 'candidate',
  positional: string | undefined,
  named: readonly string[] = [],
  wrong: (what: string) => void,
): readonly string[] {
  const paths = [...(positional === undefined ? [] : [positional]), ...named];
  if (paths.length === 0) wrong(`the ${side} is missing; give coffer compare BASELINE CANDIDATE`);
  return paths;
}

function unitsOf(files: readonly RecordFile[], wrong: (what: string) => void): Units {
  const side = sideOf(files);
  if (side.ok) return side.units;
  side.problems.forEach(wrong);
  return new Map();
}

/** Nothing that can be judged is no pass; what a device did beside is judged with a job alone. */
function checkMatch(baseline: Units, candidate: Units, allowDifferentPlan: boolean): void {
  const matched = [...baseline].filter(
    ([key, { rows }]) => candidate.has(key) && !rows.some(isBackground),
  );
  if (matched.length === 0) {
    throw new UsageError(
      `nothing to compare: no row of the baseline (first: ${nameOf(baseline)}) is in the ` +
        `candidate (first: ${nameOf(candidate)}); compare runs of one job file`,
    );
  }
  const samePlan = matched.some(
    ([key, { rows }]) => rows[0]?.plan_sha256 === candidate.get(key)?.rows[0]?.plan_sha256,
  );
  if (samePlan || allowDifferentPlan) return;
  throw new UsageError(
    'nothing to compare: the job has changed (plan_sha256 differs in every row); make the ' +
      'baseline anew, or judge the two against each other with --allow-different-plan',
  );
}

function nameOf(units: Units): string {
  const [unit] = units.values();
  const row = unit?.rows[0];
  return [row?.job_file, row?.job, row?.point, row?.clock].filter(Boolean).join(' ');
}

/** A gate that no row can meet would let everything through. */
export function checkGates(
  baseline: Units,
  candidate: Units,
  { gates }: Rules,
  wrong: (what: string) => void,
): void {
  for (const name of gates ?? []) {
    const there = [...baseline, ...candidate].some(([, { rows }]) =>
      rows.some((row) => row[name] !== null),
    );
    if (!there) wrong(`--gate ${name}: is empty in every row; gate a column that has values`);
  }
}

/** What a reader of wall-clock figures must know; environments that differ are refused. */
function notesOn(
  baseline: Units,
  candidate: Units,
  files: readonly RecordFile[],
  flags: CompareFlags,
  wrong: (what: string) => void,
): readonly string[] {
  const sampled = [...baseline].some(([key, unit]) => unit.sampled && candidate.has(key));
  if (!sampled) return [];
  const differing = differingEnvironments(environmentsOf(files));
  if (differing.length > 0 && flags.allowDifferentEnvironment !== true) {
    differing.forEach(wrong);
    wrong('wall-clock figures of different environments do not compare; ' + ALLOW);
  }
  return [DRIFT, ...differing.map((fact) => `different environments: ${fact}`)];
}

const ALLOW = '--allow-different-environment judges them all the same';

const DRIFT =
  'The sides ran at different times, and nothing here protects against a machine that has ' +
  'changed its pace between them: coffer ab runs both in turns.';

function junitKind({ inconclusive }: VerdictFlags): 'error' | 'failure' | 'skipped' {
  if (inconclusive === undefined) return 'error';
  return inconclusive === 'fail' ? 'failure' : 'skipped';
}

function exitOf({ verdict }: Comparison, { inconclusive }: VerdictFlags): number {
  if (verdict === 'regression') return EXIT.regression;
  if (verdict !== 'inconclusive' || inconclusive === 'pass') return EXIT.good;
  return inconclusive === 'fail' ? EXIT.regression : EXIT.inconclusive;
}
