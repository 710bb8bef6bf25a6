/** Judged figures as the lines of a table: what changed, from what to what, and how sure it is. */

import { formatChange, formatInterval, formatSide, formatTest } from '../format-figure.ts';
import type { Judgement } from '../judgement.ts';

export interface FigureLines {
  readonly header: string;
  readonly figures: readonly { readonly text: string; readonly reason: string | null }[];
  /** Headers of the columns there was no room for. */
  readonly leftOut: readonly string[];
}

interface TextColumn {
  readonly header: string;
  readonly align: 'left' | 'right';
  readonly text: (judgement: Judgement) => string;
}

/** A word, as a reason for fallbacks, may be a sentence; reports for machines have it whole. */
const SIDE_COLUMNS_MAX = 28;

/** The last are left out first. */
const COLUMNS: readonly TextColumn[] = [
  { header: 'column', align: 'left', text: ({ column }) => column },
  { header: 'baseline', align: 'right', text: (judgement) => side(judgement, 'baseline') },
  { header: 'candidate', align: 'right', text: (judgement) => side(judgement, 'candidate') },
  { header: 'change', align: 'right', text: formatChange },
  {
    header: 'interval',
    align: 'left',
    text: ({ sample }) => (sample === null ? '' : formatInterval(sample)),
  },
  {
    header: 'corrected p, repetitions',
    align: 'left',
    text: ({ sample }) => (sample === null ? '' : formatTest(sample)),
  },
];
const INDISPENSABLE = 4;

const INDENT = '    ';
const GAP = '  ';

export function figureLines(judgements: readonly Judgement[], widthColumns: number): FigureLines {
  const columns = COLUMNS.map((column) => padded(column, judgements)).filter(({ empty }) => !empty);
  const shown = [...columns];
  while (shown.length > INDISPENSABLE && lineOf(shown, 0).length > widthColumns) shown.pop();
  return {
    header: lineOf(shown, 0),
    figures: judgements.map(({ reason }, place) => ({ text: lineOf(shown, place + 1), reason })),
    leftOut: columns.slice(shown.length).map(({ header }) => header),
  };
}

interface PaddedColumn {
  readonly header: string;
  readonly empty: boolean;
  readonly cells: readonly string[];
}

function padded(
  { header, align, text }: TextColumn,
  judgements: readonly Judgement[],
): PaddedColumn {
  const cells = judgements.map(text);
  const width = Math.max(header.length, ...cells.map((cell) => cell.length));
  return {
    header,
    empty: cells.every((cell) => cell === ''),
    cells: [header, ...cells].map((cell) =>
      align === 'right' ? cell.padStart(width) : cell.padEnd(width),
    ),
  };
}

function lineOf(columns: readonly PaddedColumn[], line: number): string {
  return INDENT + columns.map(({ cells }) => cells[line] ?? '').join(GAP);
}

function side(judgement: Judgement, which: 'baseline' | 'candidate'): string {
  const text = formatSide(judgement, judgement[which]);
  return text.length > SIDE_COLUMNS_MAX ? `${text.slice(0, SIDE_COLUMNS_MAX - 1)}…` : text;
}
