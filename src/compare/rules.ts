/** By which rules a comparison judges: what the command line may choose, checked. */

import { COLUMNS, type ColumnName, type NamedColumn } from '../record/columns.ts';

export interface Rules {
  /** The columns asked for, in place of the default ones. */
  readonly gates: readonly ColumnName[] | null;
  /** By column, the ratio up to which a difference is none: 0.01 is 1 %. */
  readonly tolerances: ReadonlyMap<ColumnName, number>;
  /** The same for sampled columns without a tolerance of their own. */
  readonly margin: number;
  /** How often a difference may be called where there is none; intervals hold 1 − alpha. */
  readonly alpha: number;
  /** Every change of an exact row is a regression. */
  readonly failOnChange: boolean;
}

export const DEFAULT_RULES: Rules = {
  gates: null,
  tolerances: new Map(),
  margin: 0.05,
  alpha: 0.05,
  failOnChange: false,
};

/** What can be better or worse, and how a run ended, which is always judged. */
export const GATES: readonly NamedColumn[] = COLUMNS.filter(
  ({ name, kind, better }) =>
    name === 'state' || ((kind === 'exact' || kind === 'sampled') && better !== null),
);

/** How far apart two figures may be, as the logarithm of their ratio. */
export function logMargin({ name }: NamedColumn, exact: boolean, rules: Rules): number {
  return Math.log1p(rules.tolerances.get(name) ?? (exact ? 0 : rules.margin));
}
