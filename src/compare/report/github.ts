/**
 * A comparison as annotations of GitHub Actions: lines on stdout that the runner takes up. It shows
 * ten of each kind in a step and drops the rest in silence, so the worst ten are told, and how many
 * more there are.
 */

import type { Comparison } from '../judgement.ts';
import { labelsOf } from '../label.ts';
import { findingsOf, summaryOf } from './findings.ts';
import { sentenceOf } from './junit.ts';

const ANNOTATIONS_MAX = 10;

const COMMANDS = { regression: 'error', inconclusive: 'warning' } as const;

export function renderGithub(comparison: Comparison): string {
  const label = labelsOf(comparison.rows);
  const lines: string[] = [];
  let more = 0;
  for (const verdict of ['regression', 'inconclusive'] as const) {
    const { count, worst } = findingsOf(comparison, verdict, ANNOTATIONS_MAX);
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

/** As the runner's toolkit escapes what stands behind `::`. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
