/**
 * A comparison as annotations of GitHub Actions: lines on stdout that the runner takes up. It shows
 * ten of each kind in a step and drops the rest in silence, so the worst are told, and how many
 * more there are. Rows that were not judged share one warning for each reason.
 */

import type { Comparison } from '../judgement.ts';
import { type Labelled, labelsOf } from '../label.ts';
import { findingsOf, summaryOf, unmatchedOf, unmatchedText } from './findings.ts';
import { sentenceOf } from './junit.ts';

const ANNOTATIONS_MAX = 10;

/** Named in the warning of rows that were not judged. */
const ROWS_NAMED = 10;

const UNJUDGED = ['lost', 'changed job'] as const;

const COMMANDS = { regression: 'error', inconclusive: 'warning' } as const;

export function renderGithub(comparison: Comparison): string {
  const label = labelsOf(comparison.rows);
  const unjudged = UNJUDGED.flatMap((match) => unjudgedLine(comparison, match, label));
  const lines: string[] = [...unjudged];
  const limits = { regression: ANNOTATIONS_MAX, inconclusive: ANNOTATIONS_MAX - unjudged.length };
  let more = 0;
  for (const verdict of ['regression', 'inconclusive'] as const) {
    const { count, worst } = findingsOf(comparison, verdict, limits[verdict]);
    for (const { compared, judgement } of worst) {
      const title = `${verdict}: ${label(compared.row)}`;
      const message = sentenceOf(judgement);
      lines.push(`::${COMMANDS[verdict]} title=${property(title)}::${data(message)}`);
    }
    more += count - worst.length;
  }
  const rest = more === 0 ? '' : `, and ${more} more figures than are annotated`;
  const notes = comparison.notes.map((note) => ` ${note}`).join('');
  lines.push(`::notice title=coffer compare::${data(`${summaryOf(comparison)}${rest}.${notes}`)}`);
  return `${lines.join('\n')}\n`;
}

/** None, or one. */
function unjudgedLine(
  comparison: Comparison,
  match: (typeof UNJUDGED)[number],
  label: Labelled,
): readonly string[] {
  const rows = unmatchedOf(comparison, match);
  if (rows.length === 0) return [];
  const count = `${rows.length} row${rows.length === 1 ? '' : 's'}`;
  const names = rows.slice(0, ROWS_NAMED).map(({ row }) => label(row));
  const more = rows.length - names.length;
  const message = `${names.join('; ')}${more === 0 ? '' : `; and ${more} more`}`;
  return [`::warning title=${property(`${count} ${unmatchedText(match)}`)}::${data(message)}`];
}

/** As the runner's toolkit escapes what stands behind `::`. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
