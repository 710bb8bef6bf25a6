/** Who is faster, in plain words: by the throughput of each row, as it was judged. */

import type { ColumnName, Row } from '../record/columns.ts';
import type { Unit, Units } from './blocks.ts';
import { figure, logRatio } from './figures.ts';
import { formatInterval, formatRatio } from './format-figure.ts';
import type { Comparison, Judgement } from './judgement.ts';
import { labelsOf } from './label.ts';

/** By the first of them that a row was judged by. */
const THROUGHPUTS: readonly (readonly [ColumnName, name: string])[] = [
  ['bandwidth_bytes_per_s', 'bandwidth'],
  ['iops', 'IOPS'],
];

interface Race {
  readonly row: Row;
  readonly faster: 'A' | 'B' | 'equal' | 'open';
  /** `bandwidth +13 %`, of B by A. */
  readonly by: string;
}

/** More are a table, and the report has one. */
const ROWS_TOLD = 6;

/** null: no throughput was judged. */
export function whoIsFaster(comparison: Comparison, a: Units, b: Units): string | null {
  const judged = new Map(comparison.rows.map(({ row, judgements }) => [row, judgements]));
  const races = [...a].flatMap(([key, unit]) => {
    const race = raceOf(unit, b.get(key), judged);
    return race === null ? [] : [race];
  });
  const [only] = races;
  if (only === undefined) return null;
  if (races.length === 1) return one(only);
  const counted = (wanted: Race['faster'], before: string, after: string): readonly string[] => {
    const count = races.filter(({ faster }) => faster === wanted).length;
    return count === 0 ? [] : [`${before}${count}${after}`];
  };
  const parts = [
    ...counted('B', 'B is faster in ', ` of ${races.length} rows`),
    ...counted('A', 'A is faster in ', ` of ${races.length} rows`),
    ...counted('equal', 'neither is beyond the margin in ', ''),
    ...counted('open', 'it is not settled in ', ''),
  ];
  const sentence = `By throughput, ${parts.join('; ')}.`;
  const told = races.filter(({ faster }) => faster === 'A' || faster === 'B');
  if (told.length === 0 || told.length > ROWS_TOLD) return sentence;
  const label = labelsOf(comparison.rows);
  const rows = told.map(({ row, by }) => `${label(row)}: ${by}`);
  return `${sentence} B by A: ${rows.join('; ')}.`;
}

function one({ faster, by }: Race): string {
  if (faster === 'open') return `Who is faster is not settled. B by A: ${by}.`;
  if (faster === 'equal') return `Neither is faster beyond the margin. B by A: ${by}.`;
  return `${faster} is faster. B by A: ${by}.`;
}

function raceOf(
  unit: Unit,
  other: Unit | undefined,
  judged: ReadonlyMap<Row, readonly Judgement[]>,
): Race | null {
  const [row] = unit.rows;
  const [otherRow] = other?.rows ?? [];
  if (row === undefined || otherRow === undefined) return null;
  for (const [column, name] of THROUGHPUTS) {
    if (!unit.sampled) {
      const [before, after] = [figure(row[column]), figure(otherRow[column])];
      if (before === null || after === null) continue;
      const moved = logRatio(before, after);
      const faster = moved === 0 ? 'equal' : moved > 0 ? 'B' : 'A';
      return { row, faster, by: `${name} ${formatRatio(Math.exp(moved))}` };
    }
    const judgement = judged.get(row)?.find((each) => each.column === column);
    if (judgement?.sample == null) continue;
    const { ratio } = judgement.sample;
    const interval = formatInterval(judgement.sample);
    const around = interval === '' ? '' : ` (${interval})`;
    return { row, faster: fasterBy(judgement), by: `${name} ${formatRatio(ratio)}${around}` };
  }
  return null;
}

function fasterBy({ verdict }: Judgement): Race['faster'] {
  if (verdict === 'better') return 'B';
  if (verdict === 'regression') return 'A';
  return verdict === 'inconclusive' ? 'open' : 'equal';
}
