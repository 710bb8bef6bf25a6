/** What one job says at one point of the sweep: each option's value, typed, with its default. */

import { assert, present } from '../units/assert.ts';
import type { BytesRange } from '../units/range.ts';
import type { TimeRange } from '../units/time-range.ts';
import {
  canonicalValue,
  isDirectionList,
  type OptionValue,
  type Percent,
  parseValue,
  type Scalar,
} from '../units/value.ts';
import { type Assignment, type Point, type Sources, valueAt } from './assignment.ts';
import type { Diagnostics, Place } from './diagnostics.ts';
import { findOption, jobOptions } from './option-table.ts';
import { defaultFor, type JobOption, type TargetKind } from './options/job-option.ts';
import { DIRECTIONS, type PerDirection } from './plan.ts';

export type Size = number | Percent;

/** Parsed once: each job asks for most of them. */
const defaults: Readonly<Record<TargetKind, Map<JobOption, OptionValue>>> = {
  simulated: new Map(),
  real: new Map(),
};

export class Settings {
  readonly job: string;
  readonly place: Place;
  /** What the jobs of the file work on, which some defaults depend on. */
  readonly kind: TargetKind;
  private readonly sources: Sources;
  private readonly point: Point;
  private readonly own: ReadonlySet<string>;
  private readonly diagnostics: Diagnostics;
  /** Mistakes across options so far. Read it, never set it. */
  refusals = 0;

  /** `own`: options that stand in the job's own section, not in a [global]. */
  constructor(
    job: { readonly name: string; readonly place: Place; readonly own: ReadonlySet<string> },
    sources: Sources,
    point: Point,
    kind: TargetKind,
    diagnostics: Diagnostics,
  ) {
    this.kind = kind;
    this.job = job.name;
    this.place = job.place;
    this.own = job.own;
    this.sources = sources;
    this.point = point;
    this.diagnostics = diagnostics;
  }

  /** Given anywhere, rightly or wrongly. */
  has(name: string): boolean {
    return this.given(name) !== null;
  }

  isOwn(name: string): boolean {
    return this.own.has(name);
  }

  /** Given with a mistake in it, so that nothing can be said about what follows from it. */
  isBroken(name: string): boolean {
    const given = this.given(name);
    return given !== null && given.value === null;
  }

  int(name: string): number {
    const value = this.value(name);
    assert(typeof value === 'number', `${name} is a number`);
    return value;
  }

  optionalInt(name: string): number | null {
    return this.isAbsent(name) ? null : this.int(name);
  }

  size(name: string): Size {
    const value = this.value(name);
    if (typeof value === 'number') return value;
    assert(typeof value === 'object' && 'percent' in value, `${name} is a size`);
    return value;
  }

  optionalSize(name: string): Size | null {
    return this.isAbsent(name) ? null : this.size(name);
  }

  flag(name: string): boolean {
    const value = this.value(name);
    assert(typeof value === 'boolean', `${name} is a flag`);
    return value;
  }

  text(name: string): string {
    const value = this.value(name);
    assert(typeof value === 'string', `${name} is text`);
    return value;
  }

  optionalText(name: string): string | null {
    return this.isAbsent(name) ? null : this.text(name);
  }

  /** What is given: each value of a sweep, or the one that there is. */
  everyText(name: string): readonly string[] {
    const source = this.sources.get(name);
    const values = source?.kind === 'axis' ? source.values : [this.given(name)];
    return values.flatMap((given) => (typeof given?.value === 'string' ? given.value : []));
  }

  /** Directions that are not given have the option's default. */
  perDirection(name: string): PerDirection<number> {
    const values = this.value(name);
    const fallback = this.default(name);
    assert(isDirectionList(values) && isDirectionList(fallback), `${name} is a list by direction`);
    const at = (direction: number): number => {
      const value = values[direction] ?? fallback[direction];
      assert(typeof value === 'number', `${name} counts`);
      return value;
    };
    const [read, write, trim, copy] = DIRECTIONS.map((_, index) => at(index));
    const all = 'four directions';
    return {
      read: present(read, all),
      write: present(write, all),
      trim: present(trim, all),
      copy: present(copy, all),
    };
  }

  optionalRange(name: string): BytesRange | null {
    const value = this.isAbsent(name) ? null : this.value(name);
    if (value === null) return null;
    assert(typeof value === 'object' && 'lowBytes' in value, `${name} is a range`);
    return value;
  }

  timeRange(name: string): TimeRange {
    const value = this.value(name);
    assert(typeof value === 'object' && 'lowNs' in value, `${name} is a range of times`);
    return value;
  }

  /** null: of that direction nothing is said. */
  optionalPerDirection(name: string): PerDirection<number | null> {
    return this.said(name, (value) => (typeof value === 'number' ? value : null));
  }

  /** null: of that direction nothing is said. */
  ranges(name: string): PerDirection<BytesRange | null> {
    return this.said(name, (value) =>
      typeof value === 'object' && value !== null && 'lowBytes' in value ? value : null,
    );
  }

  /** The same job with other values of some options; null: as if they were not given. */
  saying(values: ReadonlyMap<string, OptionValue | null>): Settings {
    const sources = new Map(this.sources);
    const own = new Set(this.own);
    for (const [name, value] of values) {
      own.delete(name);
      sources.delete(name);
      if (value === null) continue;
      sources.set(name, {
        kind: 'assignment',
        option: this.option(name),
        place: this.place,
        value,
      });
    }
    const job = { name: this.job, place: this.place, own };
    return new Settings(job, sources, this.point, this.kind, this.diagnostics);
  }

  /** A mistake in another file that the job names. */
  refuseIn(place: Place, what: string): void {
    this.refusals += 1;
    this.diagnostics.error(place, '', what);
  }

  /**
   * A mistake across options, at the first of them that is given. Nothing is said when one of them
   * has a mistake of its own: its value is not known, and a mistake that follows from another helps
   * nobody.
   */
  refuse(options: readonly string[], what: string): void {
    if (options.some((name) => this.isBroken(name))) return;
    this.refusals += 1;
    const named = options.find((name) => this.has(name)) ?? options[0] ?? '';
    this.diagnostics.error(this.placeOf(named), named, what);
  }

  warn(name: string, what: string): void {
    if (!this.isBroken(name)) this.diagnostics.warn(this.placeOf(name), name, what);
  }

  /**
   * The canonical text of what is asked, for the digest; null: neither given nor any default, or
   * without effect, or what happens anyway.
   */
  canonical(option: JobOption): string | null {
    if (option.only !== undefined && option.only !== this.kind) return null;
    if (this.isAbsent(option.name)) return null;
    if (this.isHarmless(option.name)) return null;
    const text = canonicalValue(option, this.value(option.name));
    return option.laterFor === this.kind && text === option.default ? null : text;
  }

  /** Asks for what happens anyway. */
  isHarmless(name: string): boolean {
    const { harmless, ...option } = this.option(name);
    return harmless?.includes(canonicalValue(option, this.value(name))) === true;
  }

  isSwept(name: string): boolean {
    return this.sources.get(name)?.kind === 'axis';
  }

  /** The line that gives the option; the section's header for a default. */
  private placeOf(name: string): Place {
    return this.given(name)?.place ?? this.place;
  }

  private given(name: string): Assignment | null {
    return valueAt(this.sources.get(name), this.point);
  }

  private isAbsent(name: string): boolean {
    const given = this.given(name)?.value ?? null;
    return given === null && defaultFor(this.option(name), this.kind) === null;
  }

  private said<T>(name: string, read: (value: Scalar | null) => T): PerDirection<T> {
    const values = this.isAbsent(name) ? [] : this.value(name);
    assert(isDirectionList(values), `${name} is a list by direction`);
    const [first = null, second = null, third = null, fourth = null] = values;
    return { read: read(first), write: read(second), trim: read(third), copy: read(fourth) };
  }

  private value(name: string): OptionValue {
    return this.given(name)?.value ?? this.default(name);
  }

  private default(name: string): OptionValue {
    const option = this.option(name);
    const known = defaults[this.kind].get(option);
    if (known !== undefined) return known;
    const parsed = parseValue(option, defaultFor(option, this.kind));
    assert(parsed.ok, `default of ${name}`);
    defaults[this.kind].set(option, parsed.value);
    return parsed.value;
  }

  private option(name: string): JobOption {
    return present(findOption(jobOptions, name), `option ${name}`);
  }
}
