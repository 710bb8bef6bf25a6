/** The change points of a history as JSON, newest first. */

import type { HistoryFile } from '../history.ts';
import type { Trend } from '../trend.ts';
import { figureOf } from './json.ts';

export function renderTrendJson(
  { changes, exactRows, sampledSeries, tooShort }: Trend,
  files: readonly HistoryFile[],
): string {
  const told = {
    files: files.map(({ path, startedAt }) => ({ path, started_at: startedAt })),
    exact_rows: exactRows,
    sampled_series: sampledSeries,
    too_short: tooShort,
    changes: changes.map(({ row, judgement, from, to }) => ({
      from: files[from]?.path ?? null,
      to: files[to]?.path ?? null,
      job_file: row.job_file,
      group: row.group,
      job: row.job,
      clone: row.clone,
      point: row.point,
      rw: row.rw,
      direction: row.direction,
      repetition: row.clock === 'wall' ? null : row.repetition,
      ...figureOf(judgement),
    })),
  };
  return `${JSON.stringify(told, null, 2)}\n`;
}
