/**
 * A comparison as JUnit XML, which GitLab, Jenkins and GitHub's actions show: a test case per row,
 * a failure per regression. What is inconclusive is an error, or skipped where it may pass.
 */

import { formatChange, formatSide } from '../format-figure.ts';
import type { ComparedRow, Comparison, Judgement } from '../judgement.ts';
import { type Labelled, labelsOf } from '../label.ts';
import { summaryOf, unmatchedText } from './findings.ts';

/** How an inconclusive row is reported. */
export type Inconclusive = 'error' | 'failure' | 'skipped';

export function renderJunit(comparison: Comparison, inconclusive: Inconclusive): string {
  const label = labelsOf(comparison.rows);
  const cases = comparison.rows.map((row) => caseOf(row, label, inconclusive));
  const count = (wanted: string): number => cases.filter(({ kind }) => kind === wanted).length;
  const suite = [
    `tests="${cases.length}"`,
    `failures="${count('failure')}"`,
    `errors="${count('error')}"`,
    `skipped="${count('skipped')}"`,
  ].join(' ');
  const told = [...comparison.notes, summaryOf(comparison)].map(escaped).join('\n');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="coffer compare" ${suite}>`,
    `<testsuite name="coffer compare" ${suite}>`,
    ...cases.map(({ xml }) => xml),
    `<system-out>${told}</system-out>`,
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

interface Case {
  readonly kind: Inconclusive | 'pass';
  readonly xml: string;
}

function caseOf(compared: ComparedRow, label: Labelled, inconclusive: Inconclusive): Case {
  const { row, match, verdict, judgements } = compared;
  const open = `<testcase classname="${escaped(String(row.job_file))}" name="${escaped(label(row))}"`;
  if (verdict !== 'regression' && verdict !== 'inconclusive') {
    return { kind: 'pass', xml: `${open}/>` };
  }
  const kind = verdict === 'regression' ? 'failure' : inconclusive;
  const reasons =
    match === 'both'
      ? judgements.filter((judgement) => judgement.verdict === verdict).map(sentenceOf)
      : [unmatchedText(match === 'new' ? 'new' : match)];
  const [first = verdict] = reasons;
  const body = `<${kind} message="${escaped(first)}">${escaped(reasons.join('\n'))}</${kind}>`;
  return { kind, xml: `${open}>${body}</testcase>` };
}

/** `lat_p99_ns: 86595 ns → 86600 ns (+0.006 %)`, and why. */
export function sentenceOf(judgement: Judgement): string {
  const { column, baseline, candidate, reason } = judgement;
  const sides = `${formatSide(judgement, baseline)} → ${formatSide(judgement, candidate)}`;
  const change = formatChange(judgement);
  const moved = `${column}: ${sides}${change === '' ? '' : ` (${change})`}`;
  return reason === null ? moved : `${moved}: ${reason}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** XML 1.0 has no place for control characters, not even escaped. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?')
    .replaceAll(/[&<>"\n]/g, (char) => ENTITIES[char] ?? char);
}
