/**
 * An option with a value somewhere in the job file, or with the values that a sweep gives it in
 * turn.
 */

import type { KbBase } from '../units/bytes.ts';
import type { Option } from '../units/option.ts';
import { splitOutside } from '../units/split.ts';
import { canonicalValue, type OptionValue, parseValue } from '../units/value.ts';
import type { Diagnostics, Place } from './diagnostics.ts';

export interface Assignment {
  readonly kind: 'assignment';
  readonly option: Option;
  readonly place: Place;
  /** null: a mistake that has been reported; checks that need the value are left out. */
  readonly value: OptionValue | null;
}

/** One `sweep_OPTION=` line. */
export interface Axis {
  readonly kind: 'axis';
  readonly option: Option;
  readonly place: Place;
  /** As it stands in `point`: `bs`, `JOB.bs`, `DEVICE.mssrl`. */
  readonly label: string;
  readonly values: readonly Assignment[];
}

/** Where an option's value comes from, by the option's name. */
export type Sources = ReadonlyMap<string, Assignment | Axis>;
/** The value that each axis has in one run. */
export type Point = ReadonlyMap<Axis, Assignment>;

export function valueAt(source: Assignment | Axis | undefined, point: Point): Assignment | null {
  if (source === undefined) return null;
  return source.kind === 'assignment' ? source : (point.get(source) ?? null);
}

export function parseAssignment(
  option: Option,
  place: Place,
  text: string | null,
  diagnostics: Diagnostics,
  written = option.name,
  kbBase: KbBase = 1024,
): Assignment {
  const parsed = parseValue(option, text, kbBase);
  if (!parsed.ok) {
    if (parsed.wellWritten === true) diagnostics.refuse(place, written, parsed.what);
    else diagnostics.error(place, written, parsed.what);
    return { kind: 'assignment', option, place, value: null };
  }
  if (parsed.warning !== undefined) diagnostics.warn(place, written, parsed.warning);
  return { kind: 'assignment', option, place, value: parsed.value };
}

export function parseAxis(
  option: Option,
  label: string,
  written: string,
  place: Place,
  text: string | null,
  diagnostics: Diagnostics,
  kbBase: KbBase = 1024,
): Axis {
  const texts = splitOutside(text ?? '', /\s/).filter((part) => part !== '');
  if (texts.length === 0) {
    diagnostics.error(place, written, 'sweeps over no value; write the values with blanks between');
  }
  const values: Assignment[] = [];
  const seen = new Set<string>();
  for (const part of texts) {
    const assignment = parseAssignment(option, place, part, diagnostics, written, kbBase);
    const canonical = assignment.value === null ? null : canonicalValue(option, assignment.value);
    if (canonical !== null && seen.has(canonical)) {
      diagnostics.error(place, written, `has the value ${canonical} twice; remove one`);
    }
    if (canonical !== null) seen.add(canonical);
    values.push(assignment);
  }
  return { kind: 'axis', option, place, label, values };
}
