/**
 * The attributes of one declared device, host or link at one point: defaults, profile, what is
 * given.
 */

import { assert, present } from '../units/assert.ts';
import type { AttributeTable, AttributeValue, AttributeValues, Option } from '../units/option.ts';
import { type OptionValue, parseValue } from '../units/value.ts';
import { type Point, valueAt } from './assignment.ts';
import type { Declaration } from './declaration.ts';
import type { Diagnostics, Place } from './diagnostics.ts';

export interface Attributes {
  readonly values: AttributeValues;
  /**
   * Attributes with a mistake; they have their default here, and nothing can be said of their
   * value.
   */
  readonly broken: ReadonlySet<string>;
}

export function resolveAttributes(
  declaration: Declaration,
  point: Point,
  diagnostics: Diagnostics,
): Attributes {
  const table = present(declaration.table, 'table of a declaration that is resolved');
  const values: Record<string, AttributeValue> = {};
  for (const option of table.options) values[option.name] = defaultValue(option);
  applyProfile(declaration, table, point, values);
  const given = new Set<string>();
  const broken = new Set<string>();
  for (const option of table.options) {
    const assignment = valueAt(declaration.sources.get(option.name), point);
    if (assignment === null) continue;
    given.add(option.name);
    if (assignment.value === null) broken.add(option.name);
    else values[option.name] = toAttributeValue(assignment.value);
  }
  const place = (name: string): Place =>
    valueAt(declaration.sources.get(name), point)?.place ?? declaration.place;
  const refusals = table.refuse(values).filter(({ attribute }) => !broken.has(attribute));
  for (const { attribute, what } of refusals) {
    diagnostics.error(place(attribute), attribute, what);
    broken.add(attribute);
    const option = table.options.find(({ name }) => name === attribute);
    if (option !== undefined) values[attribute] = defaultValue(option);
  }
  if (broken.size === 0) {
    for (const { attribute, what } of table.warn?.(given, values) ?? []) {
      diagnostics.warn(place(attribute), attribute, what);
    }
  }
  return { values, broken };
}

/** What `compute` makes of the values; null if it reads one that has a mistake. */
export function judge<T>(
  { values, broken }: Attributes,
  compute: (values: AttributeValues) => T,
): T | null {
  let judged = true;
  const watched = new Proxy(values, {
    get: (target, name) => {
      if (typeof name !== 'string') return undefined;
      if (broken.has(name)) judged = false;
      return target[name];
    },
  });
  const result = compute(broken.size === 0 ? values : watched);
  return judged ? result : null;
}

function applyProfile(
  declaration: Declaration,
  table: AttributeTable,
  point: Point,
  values: Record<string, AttributeValue>,
): void {
  const name = valueAt(declaration.sources.get('profile'), point)?.value;
  if (typeof name !== 'string') return;
  const profile = present(table.profiles?.[name], `profile ${name}`);
  for (const [attribute, text] of Object.entries(profile.values)) {
    const option = present(
      table.options.find((candidate) => candidate.name === attribute),
      `attribute ${attribute} of profile ${name}`,
    );
    values[attribute] = parseOwn(option, text);
  }
}

function defaultValue(option: Option): AttributeValue {
  if (option.default !== null) return parseOwn(option, option.default);
  return option.list === 'lines' ? [] : null;
}

/** A text of ours, which a unit test of the tables has proved to parse. */
function parseOwn(option: Option, text: string): AttributeValue {
  const parsed = parseValue(option, text);
  assert(parsed.ok, `${option.name}=${text} of a table`);
  return toAttributeValue(parsed.value);
}

function toAttributeValue(value: OptionValue): AttributeValue {
  if (typeof value !== 'object') return value;
  assert(Array.isArray(value), 'an attribute is a number, a text, a flag or a list of lines');
  return value.map((line) => {
    assert(typeof line === 'string', 'a list of lines');
    return line;
  });
}
