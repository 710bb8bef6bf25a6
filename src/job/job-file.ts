/**
 * A job file read line by line: its scopes, declarations and axes, before any value meets another.
 */

import type { Assignment, Axis, Sources } from './assignment.ts';
import { parseSettings } from './command-line.ts';
import {
  applySetting,
  type Declaration,
  defaultHost,
  readAttributeAxis,
  readDeclaration,
} from './declaration.ts';
import type { Diagnostics, Place } from './diagnostics.ts';
import { lex } from './lex.ts';
import { isWorldOption } from './option-table.ts';
import { readJobOption, readScope, type Scope } from './scope.ts';
import { groupSections, type Section } from './sections.ts';
import { didYouMean } from './suggest.ts';

export interface Job {
  readonly name: string;
  readonly place: Place;
  readonly sources: Sources;
  /** Names of the options that stand in the job's own section. */
  readonly own: ReadonlySet<string>;
}

export interface JobFile {
  /** Those that `--section` keeps, in order. */
  readonly jobs: readonly Job[];
  /** Jobs that `--section` leaves out, and all others. */
  readonly jobNames: readonly string[];
  readonly declarations: readonly Declaration[];
  /** `clock` and `repeat`. */
  readonly world: Sources;
  /** Those that a job or a declaration takes its value from, in order of appearance. */
  readonly axes: readonly Axis[];
}

export function readJobFile(
  file: string,
  text: string,
  set: readonly string[],
  sections: readonly string[],
  diagnostics: Diagnostics,
): JobFile {
  const settings = parseSettings(set, diagnostics);
  const all = groupSections(lex(file, text, diagnostics), diagnostics);
  const declarations = readDeclarations(all, diagnostics);
  const scopes = all
    .filter((section) => section.kind === 'global' || section.kind === 'job')
    .map((section) => readScope(section, diagnostics));
  for (const line of scopes.flatMap((scope) => scope.attributeLines)) {
    readAttributeAxis(declarations, line, diagnostics);
  }
  const overrides = new Map<string, Assignment | Axis>();
  for (const setting of settings) {
    if (setting.declaration !== null) applySetting(declarations, setting, diagnostics);
    else {
      const source = readJobOption(setting.place, setting.name, setting.text, '', diagnostics);
      if (source !== null) overrides.set(source.option.name, source);
    }
  }
  refuseTwoAxes(scopes, diagnostics);
  const world = worldSources(scopes, overrides, diagnostics);
  const allJobs = inherit(scopes, overrides);
  if (allJobs.length === 0) refuseNoJob(file, text, diagnostics);
  const jobs = select(allJobs, sections, diagnostics);
  const jobNames = allJobs.map((job) => job.name);
  return { jobs, jobNames, declarations, world, axes: axesOf(jobs, declarations, world) };
}

function readDeclarations(
  sections: readonly Section[],
  diagnostics: Diagnostics,
): readonly Declaration[] {
  const declarations: Declaration[] = [];
  for (const section of sections) {
    if (section.kind === 'global' || section.kind === 'job') continue;
    declarations.push(readDeclaration(section, section.kind, diagnostics));
  }
  const hosts = declarations.some((declaration) => declaration.kind === 'host');
  return hosts ? declarations : [...declarations, defaultHost()];
}

/**
 * Each job with the options of the [global] sections above it, its own, and the command line's on
 * top.
 */
function inherit(scopes: readonly Scope[], overrides: Sources): Job[] {
  const inherited = new Map<string, Assignment | Axis>();
  const jobs: Job[] = [];
  for (const scope of scopes) {
    if (scope.kind === 'global') {
      for (const [name, source] of scope.sources) inherited.set(name, source);
      continue;
    }
    const sources = new Map([...inherited, ...scope.sources, ...overrides]);
    for (const [name, source] of sources) if (isWorldOption(source.option)) sources.delete(name);
    const own = new Set(scope.sources.keys());
    jobs.push({ name: scope.name, place: scope.place, sources, own });
  }
  return jobs;
}

function worldSources(
  scopes: readonly Scope[],
  overrides: Sources,
  diagnostics: Diagnostics,
): Sources {
  const world = new Map<string, Assignment | Axis>();
  for (const scope of scopes) {
    if (scope.kind !== 'global') continue;
    for (const [name, source] of scope.sources) {
      if (!isWorldOption(source.option)) continue;
      const first = world.get(name);
      if (first !== undefined) {
        const what = `holds for the whole file and is given on line ${first.place.line}; keep one`;
        diagnostics.error(source.place, name, what);
      }
      world.set(name, source);
    }
  }
  for (const [name, source] of overrides) if (isWorldOption(source.option)) world.set(name, source);
  return world;
}

/** Both would stand in `point` under one name. */
function refuseTwoAxes(scopes: readonly Scope[], diagnostics: Diagnostics): void {
  const first = new Map<string, Axis>();
  for (const scope of scopes) {
    for (const source of scope.sources.values()) {
      if (source.kind !== 'axis') continue;
      const earlier = first.get(source.label);
      if (earlier === undefined) first.set(source.label, source);
      else {
        const what = `is swept on line ${earlier.place.line} already; sweep it in the job sections`;
        diagnostics.error(source.place, `sweep_${source.label}`, what);
      }
    }
  }
}

function refuseNoJob(file: string, text: string, diagnostics: Diagnostics): void {
  const place = { file, line: text.split('\n').length };
  diagnostics.error(place, '', 'the file has no job; add a section [NAME] with the options of one');
}

function select(
  jobs: readonly Job[],
  sections: readonly string[],
  diagnostics: Diagnostics,
): readonly Job[] {
  if (sections.length === 0) return jobs;
  const names = jobs.map((job) => job.name);
  for (const section of sections) {
    if (names.includes(section)) continue;
    const place = { file: `--section ${section}`, line: 0 };
    diagnostics.error(place, '', `the file has no such job${didYouMean(section, names)}`);
  }
  return jobs.filter((job) => sections.includes(job.name));
}

function axesOf(
  jobs: readonly Job[],
  declarations: readonly Declaration[],
  world: Sources,
): readonly Axis[] {
  const sources = [world, ...[...declarations, ...jobs].map((owner) => owner.sources)];
  const axes = new Set<Axis>();
  for (const source of sources.flatMap((map) => [...map.values()])) {
    if (source.kind === 'axis') axes.add(source);
  }
  // Those of the command line, which have no line, come last: they change fastest.
  const order = (axis: Axis) =>
    axis.place.line === 0 ? Number.POSITIVE_INFINITY : axis.place.line;
  return [...axes].sort((left, right) =>
    order(left) === order(right) ? 0 : order(left) - order(right),
  );
}
