/** Two lists of rows, compared as two files would be. */

import { compare } from '../../src/compare/compare.ts';
import type { Comparison, Judgement } from '../../src/compare/judgement.ts';
import { DEFAULT_RULES, type Rules } from '../../src/compare/rules.ts';
import { sideOf, type Unit } from '../../src/compare/side.ts';
import type { ColumnName, Row } from '../../src/record/columns.ts';

export function unitsOf(...files: readonly (readonly Row[])[]): ReadonlyMap<string, Unit> {
  const side = sideOf(files.map((rows, place) => ({ path: `file${place + 1}.csv`, rows })));
  if (!side.ok) throw new Error(side.problems.join('\n'));
  return side.units;
}

export function compared(
  baseline: readonly Row[],
  candidate: readonly Row[],
  rules: Partial<Rules> = {},
  allowDifferentPlan = false,
): Comparison {
  const all = { ...DEFAULT_RULES, ...rules };
  const matching = { allowDifferentPlan, design: 'independent' } as const;
  return compare(unitsOf(baseline), unitsOf(candidate), all, matching);
}

/** What was found of a column, in whichever row. */
export function judgementOf({ rows }: Comparison, column: ColumnName): Judgement | undefined {
  return rows.flatMap(({ judgements }) => judgements).find((found) => found.column === column);
}

/** `lat_p99_ns regression`, figure by figure. */
export function told({ rows }: Comparison): readonly string[] {
  return rows.flatMap(({ judgements }) =>
    judgements.map(({ column, verdict }) => `${column} ${verdict}`),
  );
}
