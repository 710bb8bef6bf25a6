/**
 * A line that gives an option of fio's which coffer ignores or refuses, or which restates another.
 * Its value is held against its form all the same: a typo is a typo.
 */

import type { KbBase } from '../units/bytes.ts';
import { canonicalValue } from '../units/value.ts';
import { type Assignment, parseAssignment } from './assignment.ts';
import type { Diagnostics, Place } from './diagnostics.ts';
import { findOption, knownOptions } from './option-table.ts';
import type { JobOption, Restatement } from './options/job-option.ts';
import { present } from '../units/assert.ts';

export interface FioOptionLine {
  readonly option: JobOption;
  readonly place: Place;
  /** As written: an alias, or with sweep_ before it. */
  readonly name: string;
  readonly text: string | null;
  readonly kbBase: KbBase;
}

/** What the job has of it: of a restated option, the value of the one that it restates. */
export function readFioOption(
  { option, place, name, text, kbBase }: FioOptionLine,
  swept: boolean,
  diagnostics: Diagnostics,
): Assignment | null {
  const { disposition, restates } = option;
  if (swept) {
    const instead = restates === undefined ? '; remove it' : `; write sweep_${restates.option}`;
    diagnostics.error(place, name, `sweeps what no job has a value of${instead}`);
    return null;
  }
  const given = parseAssignment(option, place, text, diagnostics, name, kbBase);
  if (restates !== undefined) return restate(given, restates, diagnostics);
  if (given.value === null || disposition === undefined) return null;
  if (option.harmless?.includes(canonicalValue(option, given.value)) === true) return null;
  if (disposition.kind === 'refused') diagnostics.refuse(place, name, disposition.why);
  else diagnostics.warn(place, name, `is ignored: ${disposition.why}`);
  return null;
}

function restate(
  given: Assignment,
  { option: name, textOf }: Restatement,
  diagnostics: Diagnostics,
): Assignment {
  const option = present(findOption(knownOptions, name), `option ${name}`);
  if (given.value === null) return { ...given, option };
  return parseAssignment(option, given.place, textOf(Number(given.value)), diagnostics);
}
