/**
 * Whether matched rows of which nothing is told hold anything to judge them by. Figures that are
 * empty on both sides are equal, and no evidence: such a row is inconclusive, unless no gate could
 * ever be about it.
 */

import { isBackground } from '../record/background.ts';
import { columnOf, type ColumnName, type Row } from '../record/columns.ts';
import { isAbsent } from './figures.ts';
import { JUDGED } from './judge-exact.ts';
import type { Rules } from './rules.ts';
import type { Unit } from './side.ts';

const EXACT: readonly ColumnName[] = JUDGED.map(({ name }) => name);

/** Of sampled rows every figure that is gated by default is told: then there was none. */
export function holdsFigures(baseline: Unit, candidate: Unit, { gates }: Rules): boolean {
  const columns = gates ?? (baseline.sampled ? [] : EXACT);
  const holds = ({ rows }: Unit, name: ColumnName): boolean =>
    rows.some((row) => !isAbsent(row[name]));
  return columns.some((name) => holds(baseline, name) || holds(candidate, name));
}

/** What a device did beside; and what is no copy, where all gates are on the path of copies. */
export function isBesideGates(row: Row, { gates }: Rules): boolean {
  if (isBackground(row)) return true;
  if (gates === null || row.direction === 'copy') return false;
  return gates.every((name) => columnOf(name).subject === 'path taken');
}
