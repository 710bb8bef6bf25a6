/** From the text of a job file to the runs it asks for, or to everything that is wrong with it. */

import { basename } from 'node:path';
import { assert } from '../units/assert.ts';
import { type Axis, type Point, valueAt } from './assignment.ts';
import type { Declaration } from './declaration.ts';
import { Diagnostics } from './diagnostics.ts';
import { planDigest } from './digest.ts';
import { type JobFile, readJobFile } from './job-file.ts';
import { Iologs } from './iolog-cache.ts';
import type { TargetKind } from './options/job-option.ts';
import type { ClockKind, Diagnostic, Plan, RunPlan } from './plan.ts';
import { countPoints, formatPoint, MAX_RUNS, points } from './points.ts';
import { mergeTargets } from './real-plan.ts';
import { warnOfExits } from './job-control.ts';
import { resolveJob, type ResolvedJob, type Scene } from './resolve-job.ts';
import { Settings } from './settings.ts';
import type { TextSource } from './text-source.ts';
import { type Surroundings, surroundingsOf, type SurroundingsRequest } from './surroundings.ts';
import { NO_WORLD, resolveWorld, type World } from './world.ts';

export { formatDiagnostic } from './diagnostics.ts';

export interface PlanRequest extends SurroundingsRequest, TextSource {
  /** As named on the command line. */
  readonly jobFile: string;
  readonly text: string;
  /** `--set`: `option=value` or `DEVICE.attribute=value`. */
  readonly set?: readonly string[];
  /** `--section`: the jobs to keep; none means all. */
  readonly sections?: readonly string[];
  /** Index of the first run, where several files make one invocation. */
  readonly firstIndex?: number;
}

export type Loaded =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export interface Syntax {
  readonly mistakes: readonly Diagnostic[];
  /** Well written, but no run can begin with it. */
  readonly notDone: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
}

export function loadPlan(request: PlanRequest): Loaded {
  const { jobFile, text, set = [], sections = [] } = request;
  const diagnostics = new Diagnostics();
  const file = readJobFile(jobFile, text, set, sections, request, diagnostics);
  if (file.jobNames.length === 0) refuseNoJob(jobFile, text, diagnostics);
  const runs = isTooLarge(file, jobFile, diagnostics)
    ? []
    : resolveRuns(file, request, surroundingsOf(request), diagnostics);
  if (diagnostics.hasErrors) return { ok: false, diagnostics: diagnostics.errors };
  return { ok: true, plan: { jobFile, text: file.text, runs, warnings: diagnostics.warnings } };
}

/** What `fio --parse-only` answers: nothing here looks beyond the lines, one by one. */
export function checkSyntax(request: PlanRequest): Syntax {
  const { jobFile, text, set = [], sections = [] } = request;
  const diagnostics = new Diagnostics();
  readJobFile(jobFile, text, set, sections, request, diagnostics);
  const { mistakes, notDone, warnings } = diagnostics;
  return { mistakes, notDone, warnings };
}

function refuseNoJob(file: string, text: string, diagnostics: Diagnostics): void {
  const place = { file, line: text.split('\n').length };
  diagnostics.error(place, '', 'the file has no job; add a section [NAME] with the options of one');
}

function isTooLarge(file: JobFile, jobFile: string, diagnostics: Diagnostics): boolean {
  const runs = countPoints(file.axes) * repetitions(file);
  if (runs <= MAX_RUNS) return false;
  const places = [...file.axes, ...file.world.values()].map((source) => source.place);
  const place = places.at(-1) ?? { file: jobFile, line: 1 };
  const what = `${runs} runs are asked for, and ${MAX_RUNS} are the most; sweep over fewer values`;
  diagnostics.error(place, 'sweep', what);
  return true;
}

function resolveRuns(
  file: JobFile,
  request: PlanRequest,
  surroundings: Surroundings,
  diagnostics: Diagnostics,
): RunPlan[] {
  const { jobFile, firstIndex = 0 } = request;
  const runs: RunPlan[] = [];
  const iologs = new Iologs(request);
  const kind = kindOf(file);
  const declarations = kind === 'real' ? [] : file.declarations;
  if (kind === 'real') refuseSimulatedParts(file, diagnostics);
  const all = countPoints(file.axes);
  const worldAt = kind === 'real' ? () => NO_WORLD : worldMemo(declarations, all, diagnostics);
  // What is not swept is the same at every point, but for what follows from the world there.
  const digests = new Map<World, string>();
  for (const point of points(file.axes)) {
    const world = worldAt(point);
    diagnostics.at({ point, points: 1, all });
    const settings = file.jobs.map(
      (job) => new Settings(job, job.sources, point, kind, diagnostics),
    );
    const jobs = resolveJobs(settings, { world, iologs, surroundings }, file.jobNames);
    if (diagnostics.hasErrors) continue;
    const clock = clockAt(file, kind, point);
    const swept = file.world.get('clock')?.kind === 'axis';
    const planSha256 =
      digests.get(world) ??
      planDigest(settings, declarations, world, { kind: clock, swept }, iologs);
    digests.set(world, planSha256);
    const common = {
      jobFile: basename(jobFile),
      point: formatPoint(point),
      clock,
      planSha256,
      hosts: world.hosts,
      links: world.links,
      devices: world.devices.flatMap(({ plan }) => plan ?? []),
      targets: mergeTargets(jobs.flatMap((job) => job.targets)),
      jobs: jobs.map(({ plan }) => plan),
    };
    for (let repetition = 1; repetition <= repetitions(file); repetition++) {
      runs.push({ index: firstIndex + runs.length, repetition, ...common });
    }
  }
  return runs;
}

/** One file has either: a declared device makes all its targets simulated ones. */
function kindOf(file: JobFile): TargetKind {
  return file.declarations.some(({ kind }) => kind === 'device') ? 'simulated' : 'real';
}

/** What stands beside real targets and is of a simulated world. */
function refuseSimulatedParts(file: JobFile, diagnostics: Diagnostics): void {
  const none = 'no simulated device is declared, so the jobs work on real files';
  for (const { kind, name, place, sources } of file.declarations) {
    if (place.line > 0) diagnostics.warn(place, `[${kind} ${name}]`, `has no effect: ${none}`);
    for (const source of sources.values()) {
      if (source.kind === 'axis') {
        const what = `sweeps what no job uses: ${none}; remove it`;
        diagnostics.error(source.place, `sweep_${source.label}`, what);
      } else if (place.line === 0) {
        diagnostics.warn(source.place, source.option.name, `has no effect: ${none}`);
      }
    }
  }
  const clock = file.world.get('clock');
  const given = clock?.kind === 'axis' ? clock.values : [clock];
  for (const assignment of given) {
    if (assignment?.value !== 'virtual') continue;
    const what = 'real files and block devices know the clock of the wall alone; remove the line';
    diagnostics.error(assignment.place, 'clock', what);
  }
}

/** Points that differ in options of jobs alone have the same world. `all`: points of the sweep. */
function worldMemo(
  declarations: readonly Declaration[],
  all: number,
  diagnostics: Diagnostics,
): (point: Point) => World {
  const sources = declarations.flatMap((declaration) => [...declaration.sources.values()]);
  const axes = sources.filter((source): source is Axis => source.kind === 'axis');
  const points = all / countPoints(axes);
  const worlds = new Map<string, World>();
  return (point) => {
    const key = axes
      .map((axis) => axis.values.findIndex((value) => value === point.get(axis)))
      .join();
    const known = worlds.get(key);
    if (known !== undefined) return known;
    diagnostics.at({ point, points, all });
    const world = resolveWorld(declarations, point, diagnostics);
    worlds.set(key, world);
    return world;
  };
}

/**
 * Groups are numbered as fio does: stonewall and new_group begin one, unless that would leave the
 * one before empty.
 */
function resolveJobs(
  all: readonly Settings[],
  scene: Scene,
  jobNames: readonly string[],
): readonly ResolvedJob[] {
  const jobs: ResolvedJob[] = [];
  const selected = all.map((settings) => settings.job);
  // Grows as jobs are resolved: thousands of jobs would make as many lists of thousands.
  const earlier: string[] = [];
  let group = 0;
  const groups: number[] = [];
  for (const [index, settings] of all.entries()) {
    if (index > 0 && (settings.flag('stonewall') || settings.flag('new_group'))) group++;
    groups.push(group);
    const job = resolveJob(settings, scene, { earlier, selected, all: jobNames }, group);
    if (job !== null) jobs.push(job);
    earlier.push(settings.job);
  }
  warnOfExits(all, groups);
  return jobs;
}

function clockAt(file: JobFile, kind: TargetKind, point: Point): ClockKind {
  if (kind === 'real') return 'wall';
  const clock = valueAt(file.world.get('clock'), point)?.value ?? 'virtual';
  assert(clock === 'virtual' || clock === 'wall', 'the clock is one of its choices');
  return clock;
}

function repetitions(file: JobFile): number {
  const repeat = file.world.get('repeat');
  const value = repeat?.kind === 'assignment' ? repeat.value : null;
  return typeof value === 'number' ? value : 1;
}
