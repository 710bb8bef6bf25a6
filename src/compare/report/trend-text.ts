/** The change points of a history for a terminal: newest first, file by file. */

import { differingFacts, environmentFacts } from '../environment-facts.ts';
import type { HistoryFile } from '../history.ts';
import { labelsOf } from '../label.ts';
import type { Trend, TrendChange } from '../trend.ts';
import { VERDICTS } from '../verdict.ts';
import { figureLines } from './figure-lines.ts';
import { Page, VERDICT_STYLES } from './page.ts';
import type { TextOptions } from './text.ts';

/** Figures told of a pair of files without --all. */
const SHOWN = 20;

export function renderTrend(
  { changes }: Trend,
  files: readonly HistoryFile[],
  { widthColumns, colour, all }: TextOptions,
): string {
  const page = new Page(widthColumns, colour);
  const label = labelsOf(changes);
  for (const between of placesOf(changes)) {
    const [first] = between;
    if (first === undefined) continue;
    writeHead(page, files[first.from], files[first.to], between);
    const sorted = [...between].sort((one, other) => badness(one) - badness(other));
    const shown = all ? sorted : sorted.slice(0, SHOWN);
    const lines = figureLines(
      shown.map(({ judgement }) => judgement),
      widthColumns,
    );
    page.line(lines.header, 'dim');
    let row: TrendChange['row'] | null = null;
    for (const [place, change] of shown.entries()) {
      const line = lines.figures[place];
      if (change.row !== row) page.prose(label(change.row), '  ');
      row = change.row;
      page.line(line?.text ?? '', VERDICT_STYLES[change.judgement.verdict]);
      if (typeof line?.reason === 'string') page.prose(line.reason, '      ', 'dim');
    }
    const more = sorted.length - shown.length;
    if (more > 0) page.line(`  and ${more} more figures; --all shows them`, 'dim');
    page.line('');
  }
  return changes.length === 0 ? '' : page.text();
}

/** Changes between the same two files. */
function placesOf(changes: readonly TrendChange[]): readonly (readonly TrendChange[])[] {
  const places = new Map<string, TrendChange[]>();
  for (const change of changes) {
    const key = `${change.from} ${change.to}`;
    const found = places.get(key);
    if (found === undefined) places.set(key, [change]);
    else found.push(change);
  }
  return [...places.values()];
}

function badness({ judgement }: TrendChange): number {
  return VERDICTS.indexOf(judgement.verdict);
}

function writeHead(
  page: Page,
  before: HistoryFile | undefined,
  after: HistoryFile | undefined,
  changes: readonly TrendChange[],
): void {
  if (before === undefined || after === undefined) return;
  page.prose(`between ${named(before)} and ${named(after)}`, '', 'bold');
  if (changes.every(({ judgement }) => judgement.sample === null)) return;
  const [was, is] = [before, after].map(({ environment }) => environmentFacts(environment ?? ''));
  for (const fact of was && is ? differingFacts(was, is) : []) {
    page.prose(`${fact.name}: ${fact.baseline}, then ${fact.candidate}`, '  ', 'yellow');
  }
}

function named({ path, startedAt }: HistoryFile): string {
  return startedAt === null ? path : `${path} (${startedAt})`;
}
