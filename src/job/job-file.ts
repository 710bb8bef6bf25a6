/**
 * A job file read line by line: its scopes, declarations and axes, before any value meets another.
 */

import type { Assignment, Axis, Sources } from './assignment.ts';
import type { KbBase } from '../units/bytes.ts';
import { parseSettings, type Setting } from './command-line.ts';
import {
  applySetting,
  type Declaration,
  defaultHost,
  readAttributeAxis,
  readDeclaration,
} from './declaration.ts';
import { comparePlaces, type Diagnostics, lineOf, type Place } from './diagnostics.ts';
import { lex } from './lex.ts';
import { isWorldOption } from './option-table.ts';
import { readJobOption, readScope, type Scope } from './scope.ts';
import { groupSections, type Section } from './sections.ts';
import { didYouMean } from './suggest.ts';
import type { TextSource } from './text-source.ts';

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
  /** The text with its includes. */
  readonly text: string;
}

export function readJobFile(
  file: string,
  text: string,
  set: readonly string[],
  sections: readonly string[],
  source: TextSource,
  diagnostics: Diagnostics,
): JobFile {
  const settings = parseSettings(set, diagnostics);
  const lexed = lex(file, text, source, diagnostics);
  const all = groupSections(lexed.lines, diagnostics);
  const declarations = readDeclarations(all, diagnostics);
  const scopes = readScopes(all, diagnostics);
  for (const line of scopes.flatMap((scope) => scope.attributeLines)) {
    readAttributeAxis(declarations, line, diagnostics);
  }
  const overrides = applySettings(settings, declarations, scopes, diagnostics);
  refuseTwoAxes(scopes, diagnostics);
  const world = worldSources(scopes, overrides, diagnostics);
  const allJobs = inherit(scopes, overrides);
  const jobs = select(allJobs, sections, diagnostics);
  const jobNames = allJobs.map((job) => job.name);
  const axes = axesOf(jobs, declarations, world);
  return { jobs, jobNames, declarations, world, axes, text: lexed.text };
}

/**
 * `--set`, of attributes where they are declared; of options what is returned, in which k counts
 * what it counts in the file.
 */
function applySettings(
  settings: readonly Setting[],
  declarations: readonly Declaration[],
  scopes: readonly Scope[],
  diagnostics: Diagnostics,
): Sources {
  const bases = new Set(scopes.map(({ kbBase }) => kbBase));
  const [kbBase = 1024] = bases;
  const overrides = new Map<string, Assignment | Axis>();
  for (const setting of settings) {
    const { place, name, text } = setting;
    if (setting.declaration !== null) {
      applySetting(declarations, setting, diagnostics);
    } else if (name === 'kb_base') {
      diagnostics.error(place, name, 'says how the file is read; write it there');
    } else if (bases.size > 1 && /\d[kmgtp]/i.test(text ?? '')) {
      const what = 'k counts 1024 in one section and 1000 in another; write the number itself';
      diagnostics.error(place, name, what);
    } else {
      const override = readJobOption(place, name, text, '', kbBase, diagnostics);
      if (override !== null) overrides.set(override.option.name, override);
    }
  }
  return overrides;
}

/** What k counts in a [global] it counts in the sections below. */
function readScopes(sections: readonly Section[], diagnostics: Diagnostics): readonly Scope[] {
  const scopes: Scope[] = [];
  let kbBase: KbBase = 1024;
  for (const section of sections) {
    if (section.kind !== 'global' && section.kind !== 'job') continue;
    const scope = readScope(section, kbBase, diagnostics);
    if (scope.kind === 'global') kbBase = scope.kbBase;
    scopes.push(scope);
  }
  return scopes;
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
        const line = lineOf(first.place, source.place);
        const what = `holds for the whole file and is given on ${line}; keep one`;
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
        const line = lineOf(earlier.place, source.place);
        const what = `is swept on ${line} already; sweep it in the job sections`;
        diagnostics.error(source.place, `sweep_${source.label}`, what);
      }
    }
  }
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
  const all = [...axes];
  const given = all.filter(({ place }) => place.line > 0);
  const set = all.filter(({ place }) => place.line === 0);
  return [...given.sort((left, right) => comparePlaces(left.place, right.place)), ...set];
}
