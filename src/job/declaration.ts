/** A [device], [host] or [link] section: its model and what it gives for the model's attributes. */

import { present } from '../units/assert.ts';
import type { AttributeTable, Option } from '../units/option.ts';
import { type Assignment, type Axis, parseAssignment, parseAxis } from './assignment.ts';
import { type Setting, splitAtDot } from './command-line.ts';
import type { Diagnostics, Place } from './diagnostics.ts';
import type { OptionLine } from './lex.ts';
import { hostModel, modelOf, optionsOfModel, optionsOfSection } from './models.ts';
import { findOption, jobOptions, optionNames } from './option-table.ts';
import { refuseRepeat, SWEEP } from './scope.ts';
import type { DeclarationKind, Section } from './sections.ts';
import { didYouMean, suggest } from './suggest.ts';

export interface Declaration {
  readonly kind: DeclarationKind;
  readonly name: string;
  readonly place: Place;
  /** null: the driver is missing or unknown, which has been reported. */
  readonly table: AttributeTable | null;
  readonly sources: Map<string, Assignment | Axis>;
}

export const DEFAULT_HOST = 'host0';

/** The host that is there when none is declared. */
export function defaultHost(): Declaration {
  const place = { file: '', line: 0 };
  return { kind: 'host', name: DEFAULT_HOST, place, table: hostModel, sources: new Map() };
}

export function readDeclaration(
  section: Section,
  kind: DeclarationKind,
  diagnostics: Diagnostics,
): Declaration {
  const driver = kind === 'device' ? readDriver(section, diagnostics) : null;
  const table = modelOf(kind, driver);
  const declaration: Declaration = {
    kind,
    name: section.name,
    place: section.place,
    table,
    sources: new Map(),
  };
  if (table === null) return declaration;
  for (const line of section.lines) readAttribute(declaration, line, diagnostics);
  return declaration;
}

function readDriver(section: Section, diagnostics: Diagnostics): string | null {
  const option = present(findOption(optionsOfSection('device'), 'driver'), 'option driver');
  const line = section.lines.find((candidate) => candidate.name === 'driver');
  if (line === undefined) {
    const what = `says no driver; add driver= with one of ${option.choices?.join(', ')}`;
    diagnostics.error(section.place, `[device ${section.name}]`, what);
    return null;
  }
  const { value } = parseAssignment(option, line.place, line.text, diagnostics);
  return typeof value === 'string' ? value : null;
}

function readAttribute(declaration: Declaration, line: OptionLine, diagnostics: Diagnostics): void {
  if (line.name.startsWith('sweep_')) {
    const attribute = line.name.slice('sweep_'.length);
    const axis = `sweep_${declaration.name}.${attribute}`;
    const what = `write ${axis}= in [global]: a sweep is for all jobs`;
    diagnostics.error(line.place, line.name, what);
    return;
  }
  const option = findAttribute(declaration, line.name, line.place, line.name, diagnostics);
  if (option === null) {
    breakMeant(declaration, line, diagnostics);
    return;
  }
  const assignment = parseAssignment(option, line.place, line.text, diagnostics);
  const first = declaration.sources.get(option.name);
  if (option.list === 'lines' && first?.kind === 'assignment') {
    declaration.sources.set(option.name, joinLines(first, assignment));
    return;
  }
  refuseRepeat(first, assignment, diagnostics);
  declaration.sources.set(option.name, assignment);
}

/** The attribute that was misspelt is not at its default: nothing can be said of its value. */
function breakMeant(declaration: Declaration, line: OptionLine, diagnostics: Diagnostics): void {
  const table = present(declaration.table, 'table of a declaration with attributes');
  const meant = diagnostics.areMany ? null : suggest(line.name, optionNames(table.options));
  const option = meant === null ? null : findOption(table.options, meant);
  if (option === null || declaration.sources.has(option.name)) return;
  const broken: Assignment = { kind: 'assignment', option, place: line.place, value: null };
  declaration.sources.set(option.name, broken);
}

function joinLines(first: Assignment, next: Assignment): Assignment {
  if (first.value === null || next.value === null) return { ...first, value: null };
  const lines = [first.value, next.value].flat();
  return { ...first, value: lines.map((line) => (typeof line === 'string' ? line : null)) };
}

/** `sweep_DEVICE.attribute=` of a [global]. */
export function readAttributeAxis(
  declarations: readonly Declaration[],
  line: OptionLine,
  diagnostics: Diagnostics,
): Axis | null {
  const [name, attribute] = splitAtDot(line.name.slice('sweep_'.length));
  const declaration = findDeclaration(declarations, name, line.place, line.name, diagnostics);
  if (declaration === null || declaration.table === null) return null;
  const option = findAttribute(declaration, attribute ?? '', line.place, line.name, diagnostics);
  if (option === null) return null;
  if (option.name === 'driver') {
    const what = 'a driver is no axis: declare a device for each and sweep filename';
    diagnostics.error(line.place, line.name, what);
    return null;
  }
  const axis = parseAxis(
    option,
    `${name}.${option.name}`,
    line.name,
    line.place,
    line.text,
    diagnostics,
  );
  refuseRepeat(declaration.sources.get(option.name), axis, diagnostics);
  declaration.sources.set(option.name, axis);
  return axis;
}

/** `--set DEVICE.attribute=`: in place of what the section or a sweep gives. */
export function applySetting(
  declarations: readonly Declaration[],
  setting: Setting,
  diagnostics: Diagnostics,
): void {
  const { place, text } = setting;
  const swept = setting.name.startsWith('sweep_');
  const attribute = swept ? setting.name.slice('sweep_'.length) : setting.name;
  const name = setting.declaration ?? '';
  const declaration = findDeclaration(declarations, name, place, setting.name, diagnostics);
  if (declaration === null || declaration.table === null) return;
  const option = findAttribute(declaration, attribute, place, setting.name, diagnostics);
  if (option === null) return;
  if (option.name === 'driver') {
    diagnostics.error(place, 'driver', 'is chosen in the job file; change it there');
    return;
  }
  const source = swept
    ? parseAxis(option, `${name}.${option.name}`, setting.name, place, text, diagnostics)
    : parseAssignment(option, place, text, diagnostics);
  declaration.sources.set(option.name, source);
}

function findDeclaration(
  declarations: readonly Declaration[],
  name: string,
  place: Place,
  option: string,
  diagnostics: Diagnostics,
): Declaration | null {
  const declaration = declarations.find((candidate) => candidate.name === name);
  if (declaration !== undefined) return declaration;
  const names = declarations.map((candidate) => candidate.name);
  const isJobOption = findOption(jobOptions, option.replace(SWEEP, '')) !== null;
  const hint = isJobOption ? `; --set ${option}=VALUE sets it in every job` : '';
  const what = `no device, host or link is called ${name}${didYouMean(name, names) || hint}`;
  diagnostics.error(place, option, what);
  return null;
}

function findAttribute(
  declaration: Declaration,
  name: string,
  place: Place,
  written: string,
  diagnostics: Diagnostics,
): Option | null {
  const table = present(declaration.table, 'table of a declaration with attributes');
  const options = optionsOfModel(declaration.kind, table);
  const option = findOption(options, name);
  if (option === null) {
    const hint = diagnostics.areMany ? '' : didYouMean(name, optionNames(options));
    diagnostics.error(place, written, `${table.model} has no such attribute${hint}`);
  }
  return option;
}
