/** The change points of a history as JSON, newest first, and the rows that it loses. */

import type { HistoryFile } from '../history.ts';
import type { Trend } from '../trend.ts';
import { figureOf } from './json.ts';
import { keyOfRow } from './row-key.ts';

export function renderTrendJson(
  { changes, exactRows, sampledSeries, tooShort, loneRows, endings, silentRows }: Trend,
  files: readonly HistoryFile[],
): string {
  const told = {
    files: files.map(({ path, startedAt }) => ({ path, started_at: startedAt })),
    exact_rows: exactRows,
    sampled_series: sampledSeries,
    too_short: tooShort,
    silent_rows: silentRows,
    lone_rows: loneRows.length,
    changes: changes.map(({ row, judgement, from, to }) => ({
      from: files[from]?.path ?? null,
      to: files[to]?.path ?? null,
      ...keyOfRow(row),
      ...figureOf(judgement),
    })),
    endings: endings.map(({ last, rows }) => ({
      last: files[last]?.path ?? null,
      rows: rows.map(keyOfRow),
    })),
  };
  return `${JSON.stringify(told, null, 2)}\n`;
}
