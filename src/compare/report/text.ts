/**
 * A comparison for a terminal: what is worst first, row by row, and the counts of the rest. A sweep
 * has thousands of rows: more than a screen or two is asked for with `--all`.
 */

import type { Row } from '../../record/columns.ts';
import type { Comparison } from '../judgement.ts';
import { type Labelled, labelsOf } from '../label.ts';
import type { Verdict } from '../verdict.ts';
import { figureLines, type FigureLines } from './figure-lines.ts';
import {
  type Finding,
  findingsOf,
  headingOf,
  summaryOf,
  UNMATCHED,
  unmatchedOf,
  unmatchedText,
} from './findings.ts';
import { Page, type Style, VERDICT_STYLES } from './page.ts';

export interface TextOptions {
  readonly widthColumns: number;
  readonly colour: boolean;
  /** Every finding, and what passed. */
  readonly all: boolean;
}

/** Figures told of each verdict without --all. */
const SHOWN: readonly (readonly [Verdict, number])[] = [
  ['regression', 40],
  ['inconclusive', 20],
  ['changed', 10],
  ['better', 10],
  ['pass', 0],
];

const UNMATCHED_SHOWN = 10;

export function renderText(comparison: Comparison, options: TextOptions): string {
  const { widthColumns, colour, all } = options;
  const label = labelsOf(comparison.rows);
  const page = new Page(widthColumns, colour);
  for (const [verdict, limit] of SHOWN) {
    if (limit === 0 && !all) continue;
    const { count, worst } = findingsOf(comparison, verdict, all ? Number.MAX_SAFE_INTEGER : limit);
    if (count === 0) continue;
    page.line(headingOf(comparison, verdict), 'bold');
    writeFigures(page, worst, label, VERDICT_STYLES[verdict]);
    const more = count - worst.length;
    if (more > 0) page.line(`  and ${more} more figures; --all shows them`, 'dim');
    page.line('');
  }
  writeUnmatched(page, comparison, label, all);
  for (const note of comparison.notes) page.prose(note, '', 'dim');
  if (comparison.notes.length > 0) page.line('');
  page.prose(summaryOf(comparison), '', VERDICT_STYLES[comparison.verdict]);
  return page.text();
}

/** Rows in the order of their worst figure, each with its figures below it. */
function writeFigures(
  page: Page,
  findings: readonly Finding[],
  label: Labelled,
  style: Style,
): void {
  const lines = figureLines(
    findings.map(({ judgement }) => judgement),
    page.width,
  );
  page.line(lines.header, 'dim');
  const byRow = new Map<Row, FigureLines['figures'][number][]>();
  for (const [place, { compared }] of findings.entries()) {
    const line = lines.figures[place];
    if (line === undefined) continue;
    const known = byRow.get(compared.row);
    if (known === undefined) byRow.set(compared.row, [line]);
    else known.push(line);
  }
  for (const [row, figures] of byRow) {
    page.prose(label(row), '  ');
    for (const { text, reason } of figures) {
      page.line(text, style);
      if (reason !== null) page.prose(reason, '      ', 'dim');
    }
  }
  if (lines.leftOut.length > 0) {
    page.prose(`to fit ${page.width} columns, left out: ${lines.leftOut.join(', ')}`, '  ', 'dim');
  }
}

function writeUnmatched(page: Page, comparison: Comparison, label: Labelled, all: boolean): void {
  for (const match of UNMATCHED) {
    const rows = unmatchedOf(comparison, match);
    if (rows.length === 0) continue;
    page.line(unmatchedText(match), 'bold');
    const shown = all ? rows : rows.slice(0, UNMATCHED_SHOWN);
    for (const { row } of shown) page.prose(label(row), '  ');
    const more = rows.length - shown.length;
    if (more > 0) page.line(`  and ${more} more rows; --all shows them`, 'dim');
    page.line('');
  }
}
