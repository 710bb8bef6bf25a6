/** A [global] or job section: its options and the axes it sweeps. */

import type { Option } from '../units/option.ts';
import { type Assignment, type Axis, parseAssignment, parseAxis } from './assignment.ts';
import type { Diagnostics, Place } from './diagnostics.ts';
import type { OptionLine } from './lex.ts';
import { findOption, isWorldOption, jobOptions, optionNames } from './option-table.ts';
import type { Section } from './sections.ts';
import { didYouMean, suggest } from './suggest.ts';

export interface Scope {
  readonly kind: 'global' | 'job';
  readonly name: string;
  readonly place: Place;
  readonly sources: ReadonlyMap<string, Assignment | Axis>;
  /** `sweep_DEVICE.attribute=` lines of a [global], for the declarations to take. */
  readonly attributeLines: readonly OptionLine[];
}

export const SWEEP = 'sweep_';

export function readScope(section: Section, diagnostics: Diagnostics): Scope {
  const kind = section.kind === 'global' ? 'global' : 'job';
  const sources = new Map<string, Assignment | Axis>();
  const attributeLines: OptionLine[] = [];
  for (const line of section.lines) {
    if (line.name.startsWith(SWEEP) && line.name.includes('.')) {
      if (kind === 'global') attributeLines.push(line);
      else
        diagnostics.error(
          line.place,
          line.name,
          'sweeps a device for all jobs; move it to [global]',
        );
      continue;
    }
    const prefix = kind === 'job' ? `${section.name}.` : '';
    const source = readJobOption(line.place, line.name, line.text, prefix, diagnostics);
    if (source === null) continue;
    const { name } = source.option;
    if (kind === 'job' && isWorldOption(source.option)) {
      diagnostics.error(line.place, line.name, 'holds for the whole file; move it to [global]');
    } else {
      refuseRepeat(sources.get(name), source, diagnostics);
      sources.set(name, source);
    }
  }
  return { kind, name: section.name, place: section.place, sources, attributeLines };
}

/** An option of a job section or of `--set`, plain or swept; null: there is none like it. */
export function readJobOption(
  place: Place,
  name: string,
  text: string | null,
  labelPrefix: string,
  diagnostics: Diagnostics,
): Assignment | Axis | null {
  const swept = name.startsWith(SWEEP);
  const bare = swept ? name.slice(SWEEP.length) : name;
  const option = findOption(jobOptions, bare);
  if (option === null) return misspelt(place, name, bare, diagnostics);
  if (!swept) return parseAssignment(option, place, text, diagnostics);
  if (option.name === 'repeat') {
    diagnostics.error(place, name, 'repetitions are no axis; write repeat=N');
    return null;
  }
  return parseAxis(option, labelPrefix + option.name, name, place, text, diagnostics);
}

/**
 * Stands for the option that was meant, without its value, so that nothing is said of its absence.
 */
function misspelt(
  place: Place,
  name: string,
  bare: string,
  diagnostics: Diagnostics,
): Assignment | null {
  const known = optionNames(jobOptions);
  const hint = didYouMean(bare, known) || '; coffer options lists them';
  diagnostics.error(place, name, `no such option${hint}`);
  const meant: Option | null = findOption(jobOptions, suggest(bare, known) ?? '');
  return meant === null ? null : { kind: 'assignment', option: meant, place, value: null };
}

export function refuseRepeat(
  first: Assignment | Axis | undefined,
  second: Assignment | Axis,
  diagnostics: Diagnostics,
): void {
  if (first === undefined) return;
  const broken = (source: Assignment | Axis) =>
    source.kind === 'assignment' && source.value === null;
  if (broken(first) || broken(second)) return;
  const what =
    first.kind === second.kind
      ? `is given on line ${first.place.line} already; keep one of them`
      : `is both swept and given, see line ${first.place.line}; keep one of them`;
  diagnostics.error(second.place, second.option.name, what);
}
