/** A [global] or job section: its options and the axes it sweeps. */

import type { KbBase } from '../units/bytes.ts';
import type { Option } from '../units/option.ts';
import { type Assignment, type Axis, parseAssignment, parseAxis } from './assignment.ts';
import { type Diagnostics, lineOf, type Place } from './diagnostics.ts';
import { readFioOption } from './fio-option-line.ts';
import type { OptionLine } from './lex.ts';
import { findOption, isWorldOption, knownOptions, optionNames } from './option-table.ts';
import { foreignEngineOf } from './options/fio-engines.ts';
import type { Section } from './sections.ts';
import { suggest } from './suggest.ts';

export interface Scope {
  readonly kind: 'global' | 'job';
  readonly name: string;
  readonly place: Place;
  readonly sources: ReadonlyMap<string, Assignment | Axis>;
  /** `sweep_DEVICE.attribute=` lines of a [global], for the declarations to take. */
  readonly attributeLines: readonly OptionLine[];
  /** What k counts here, and below a [global] until it is said otherwise. */
  readonly kbBase: KbBase;
}

export const SWEEP = 'sweep_';

/** `inherited`: kb_base of the [global] sections above. */
export function readScope(section: Section, inherited: KbBase, diagnostics: Diagnostics): Scope {
  const kind = section.kind === 'global' ? 'global' : 'job';
  const kbBase = kbBaseOf(section.lines, inherited);
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
    if (kind === 'global' && line.name === 'name') {
      diagnostics.warn(line.place, 'name', 'is ignored: in [global] it names no job');
      continue;
    }
    const prefix = kind === 'job' ? `${section.name}.` : '';
    const source = readJobOption(line.place, line.name, line.text, prefix, kbBase, diagnostics);
    if (source === null) continue;
    const { name } = source.option;
    if (kind === 'job' && isWorldOption(source.option)) {
      diagnostics.error(line.place, line.name, 'holds for the whole file; move it to [global]');
    } else {
      noteRepeat(sources.get(name), source, diagnostics);
      sources.set(name, source);
    }
  }
  return { kind, name: section.name, place: section.place, sources, attributeLines, kbBase };
}

/** As in fio it holds for the whole section, wherever it stands in it. */
function kbBaseOf(lines: readonly OptionLine[], inherited: KbBase): KbBase {
  const text = lines.findLast(({ name }) => name === 'kb_base')?.text;
  if (text === '1000') return 1000;
  return text === '1024' ? 1024 : inherited;
}

/** An option of a job section or of `--set`, plain or swept; null: it gives a job no value. */
export function readJobOption(
  place: Place,
  name: string,
  text: string | null,
  labelPrefix: string,
  kbBase: KbBase,
  diagnostics: Diagnostics,
): Assignment | Axis | null {
  const swept = name.startsWith(SWEEP);
  const bare = swept ? name.slice(SWEEP.length) : name;
  const option = findOption(knownOptions, bare);
  if (option === null) return unknown(place, name, bare, diagnostics);
  if (option.disposition !== undefined || option.restates !== undefined) {
    return readFioOption({ option, place, name, text, kbBase }, swept, diagnostics);
  }
  if (!swept) return parseAssignment(option, place, text, diagnostics, option.name, kbBase);
  if (option.name === 'repeat' || option.name === 'kb_base') {
    const what =
      option.name === 'repeat'
        ? 'repetitions are no axis; write repeat=N'
        : 'is no axis; write kb_base=1000 or 1024 in the section';
    diagnostics.error(place, name, what);
    return null;
  }
  return parseAxis(option, labelPrefix + option.name, name, place, text, diagnostics, kbBase);
}

/**
 * A misspelt option stands for the one that was meant, without its value, so that nothing is said
 * of its absence.
 */
function unknown(
  place: Place,
  name: string,
  bare: string,
  diagnostics: Diagnostics,
): Assignment | null {
  const engine = foreignEngineOf(bare);
  if (engine !== null) {
    const what = `is an option of fio's engine ${engine}, which coffer does not have; remove it`;
    diagnostics.error(place, name, what);
    return null;
  }
  const nearest = diagnostics.areMany ? null : suggest(bare, optionNames(knownOptions));
  const hint = nearest === null ? '; coffer options lists them' : ` (did you mean ${nearest}?)`;
  diagnostics.error(place, name, `no such option${hint}`);
  const meant: Option | null = findOption(knownOptions, nearest ?? '');
  return meant === null ? null : { kind: 'assignment', option: meant, place, value: null };
}

/** The last holds, as in fio; but fio says nothing. */
function noteRepeat(
  first: Assignment | Axis | undefined,
  second: Assignment | Axis,
  diagnostics: Diagnostics,
): void {
  if (first?.kind !== 'assignment' || second.kind !== 'assignment') {
    refuseRepeat(first, second, diagnostics);
    return;
  }
  const what = `is given on ${lineOf(first.place, second.place)} already; the last holds, this one`;
  if (first.value !== null && second.value !== null) {
    diagnostics.warn(second.place, second.option.name, what);
  }
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
  const line = lineOf(first.place, second.place);
  const what =
    first.kind === second.kind
      ? `is given on ${line} already; keep one of them`
      : `is both swept and given, see ${line}; keep one of them`;
  diagnostics.error(second.place, second.option.name, what);
}
