/**
 * A comparison as Markdown, for the summary of a CI step: tables of what is worst, cut to what
 * GitHub takes ($GITHUB_STEP_SUMMARY: 1 MiB, beyond which all of it is dropped).
 */

import { code, markdownTable } from '../../units/markdown.ts';
import { MIB } from '../../units/quantity.ts';
import { formatChange, formatInterval, formatSide, formatTest } from '../format-figure.ts';
import type { Comparison } from '../judgement.ts';
import { type Labelled, labelsOf } from '../label.ts';
import type { Verdict } from '../verdict.ts';
import {
  type Finding,
  findingsOf,
  headingOf,
  summaryOf,
  UNMATCHED,
  unmatchedOf,
  unmatchedText,
} from './findings.ts';
import { formatBlocks, formatFloor } from './floors.ts';

const TOLD = [
  'regression',
  'inconclusive',
  'changed',
  'better',
] as const satisfies readonly Verdict[];

/** More than 1 MiB has room for. */
const FIGURES_MAX = 10_000;

/** Room for the line that says what was cut. */
const RESERVED_BYTES = 512;

export function renderMarkdown(comparison: Comparison, bytesMax: number = MIB): string {
  const label = labelsOf(comparison.rows);
  const lines = [
    comparison.turns === undefined ? '## coffer compare' : '## coffer ab',
    '',
    `**${comparison.verdict}**: ${summaryOf(comparison)}`,
    '',
  ];
  for (const note of comparison.notes) lines.push(`> ${escaped(note)}`, '');
  for (const verdict of TOLD) {
    const { count, worst } = findingsOf(comparison, verdict, FIGURES_MAX);
    if (count === 0) continue;
    lines.push(`### ${headingOf(comparison, verdict)}`, '');
    for (const line of figureTable(worst, label)) lines.push(line);
    lines.push('');
    if (count > worst.length) lines.push(`and ${count - worst.length} more figures`, '');
  }
  for (const match of UNMATCHED) {
    const rows = unmatchedOf(comparison, match);
    if (rows.length === 0) continue;
    lines.push(`### ${unmatchedText(match)}`, '');
    for (const { row } of rows) lines.push(`- ${escaped(label(row))}`);
    lines.push('');
  }
  for (const line of floorSection(comparison)) lines.push(line);
  return withinBytes(lines, bytesMax);
}

function floorSection({ turns }: Comparison): readonly string[] {
  const floors = turns?.calibration?.floors ?? [];
  if (floors.length === 0) return [];
  const label = labelsOf(floors);
  const rows = floors
    .slice(0, FIGURES_MAX)
    .map((floor) => [
      escaped(label(floor.row)),
      code(floor.column.name),
      formatFloor(floor),
      formatBlocks(floor),
    ]);
  const more = floors.length - rows.length;
  return [
    '### noise floor',
    '',
    ...markdownTable(['row', 'column', 'noise floor', 'blocks for the margin'], rows).split('\n'),
    '',
    ...(more > 0 ? [`and ${more} more figures`, ''] : []),
  ];
}

function figureTable(findings: readonly Finding[], label: Labelled): readonly string[] {
  const header = ['row', 'column', 'baseline', 'candidate', 'change', 'interval', 'test', 'reason'];
  const rows = findings.map(({ compared, judgement }) => {
    const { column, baseline, candidate, reason, sample } = judgement;
    return [
      escaped(label(compared.row)),
      code(column),
      escaped(formatSide(judgement, baseline)),
      escaped(formatSide(judgement, candidate)),
      formatChange(judgement),
      sample === null ? '' : formatInterval(sample),
      sample === null ? '' : formatTest(sample),
      reason === null ? '' : escaped(reason),
    ];
  });
  return markdownTable(header, rows).split('\n');
}

/** Text of a job file or of an error is no markup. */
function escaped(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]<>&#~]/g, (char) => (char === '<' ? '&lt;' : `\\${char}`));
}

function withinBytes(lines: readonly string[], bytesMax: number): string {
  let bytes = 0;
  for (const [place, line] of lines.entries()) {
    bytes += Buffer.byteLength(line) + 1;
    if (bytes <= bytesMax - RESERVED_BYTES) continue;
    const left = lines.length - place;
    const note = `*${left} more lines, to stay below ${bytesMax} bytes: --csv FILE has them all.*`;
    return `${lines.slice(0, place).join('\n')}\n\n${note}\n`;
  }
  return `${lines.join('\n')}\n`;
}
