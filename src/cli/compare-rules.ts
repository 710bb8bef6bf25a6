/**
 * The flags of `coffer compare` that say how to judge, as rules. All that is wrong is told at once.
 */

import { DEFAULT_RULES, GATES, type Rules } from '../compare/rules.ts';
import { COLUMNS, type ColumnName } from '../record/columns.ts';
import { parseDecimal, quoted } from '../units/number.ts';

export interface RuleFlags {
  readonly gate?: readonly string[];
  /** `5%` or `0`. */
  readonly margin?: string;
  /** `COLUMN=1%` */
  readonly tolerance?: readonly string[];
  readonly alpha?: string;
  readonly failOnChange?: boolean;
}

/** What is wrong goes to `wrong`; then the rules are not for use. */
export function rulesOf(flags: RuleFlags, wrong: (what: string) => void): Rules {
  const gates = flags.gate?.map((name) => gateOf(name, wrong));
  const tolerances = new Map<ColumnName, number>();
  for (const text of flags.tolerance ?? []) {
    const [name = '', share = ''] = text.split('=');
    const column = COLUMNS.find((known) => known.name === name);
    const value = shareOf(share);
    if (column === undefined) wrong(`--tolerance ${text}: ${unknown(name)}`);
    else if (column.better === null || column.type === 'boolean') {
      wrong(`--tolerance ${text}: ${name} is no measured figure; ${oneOf()}`);
    } else if (value === null) {
      wrong(`--tolerance ${text}: write ${name}=1% or ${name}=0`);
    } else tolerances.set(column.name, value);
  }
  const margin = shareOf(flags.margin ?? '5%');
  if (margin === null) wrong(`--margin ${flags.margin}: write a percentage, as 5%, or 0`);
  const alpha = parseDecimal(flags.alpha ?? String(DEFAULT_RULES.alpha));
  if (!alpha.ok || alpha.value <= 0 || alpha.value > 0.5) {
    wrong(`--alpha ${flags.alpha}: give a probability above 0 and up to 0.5, as 0.05`);
  }
  return {
    gates: gates?.filter((name) => name !== null) ?? null,
    tolerances,
    margin: margin ?? DEFAULT_RULES.margin,
    alpha: alpha.ok ? alpha.value : DEFAULT_RULES.alpha,
    failOnChange: flags.failOnChange === true,
  };
}

function gateOf(name: string, wrong: (what: string) => void): ColumnName | null {
  const gate = GATES.find((column) => column.name === name);
  if (gate !== undefined) return gate.name;
  const known = COLUMNS.some((column) => column.name === name);
  wrong(`--gate ${name}: ${known ? `${name} has no better or worse; ${oneOf()}` : unknown(name)}`);
  return null;
}

function unknown(name: string): string {
  return `${quoted(name)} is no column of a record; ${oneOf()}`;
}

function oneOf(): string {
  return `give one of ${GATES.map(({ name }) => name).join(', ')}`;
}

/** `5%` as 0.05; only 0 needs no sign. null: neither. */
function shareOf(text: string): number | null {
  const number = parseDecimal(text.endsWith('%') ? text.slice(0, -1) : text);
  if (!number.ok || number.value < 0) return null;
  return text.endsWith('%') || number.value === 0 ? number.value / 100 : null;
}
