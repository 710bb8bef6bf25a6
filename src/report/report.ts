/**
 * A record as one page that answers the question of a copy benchmark: what was run on what, which
 * path won where, what it saved, where offload lost and why. It needs no script and no network; who
 * has never seen coffer finds its words at the end.
 */

import type { PlotRow } from '../plot/plot-row.ts';
import { isBackground } from '../record/background.ts';
import { PATHS } from '../record/columns/asked.ts';
import { axesOf } from '../record/table-axes.ts';
import { measuresOf } from '../record/table-measures.ts';
import { formatByteRate } from '../units/bytes.ts';
import { escapeHtml } from '../units/html.ts';
import { formatSignificant } from '../units/number.ts';
import { type Contest, contestsOf, type Entrant } from './contest.ts';
import type { EnvironmentFacts } from './environment.ts';
import { figures } from './figures.ts';
import { headline, losses, savings } from './findings.ts';
import * as html from './html.ts';
import { subject, trust } from './trust.ts';
import { WORDS } from './words.ts';

export interface ReportedFile {
  readonly file: string;
  /** null: there is none beside the CSV, or it is not one. */
  readonly environment: EnvironmentFacts | null;
}

/** `rows`: at least one, with those of the background, which no figure and no sentence is about. */
export async function reportPage(
  rows: readonly PlotRow[],
  files: readonly ReportedFile[],
): Promise<string> {
  const own = rows.filter(({ row }) => !isBackground(row));
  const contests = contestsOf(own);
  const title = `coffer report: ${files.map(({ file }) => file).join(', ')}`;
  return html.page(title, [
    `<h1>${escapeHtml(title)}</h1>`,
    `<div class="answer">${html.paragraphs(headline(contests))}</div>`,
    html.section('What was run', html.paragraphs(subject(own))),
    ...won(contests),
    ...saved(contests),
    ...lost(contests),
    html.section('Figures', ...(await figures(own, contests))),
    html.section('How far to trust it', html.list(trust(own))),
    html.section('Table', tableOf(own)),
    ...files.map(environment),
    html.section('Words', html.definitions(WORDS)),
  ]);
}

function won(contests: readonly Contest[]): readonly string[] {
  const held = contests.filter(({ entrants }) => entrants.length > 1);
  if (held.length === 0) return [];
  const paths = PATHS.filter((path) => held.some(({ entrants }) => entrants.some(of(path))));
  const rows = held.map((contest) => [
    contest.point === '' ? 'all' : contest.point,
    ...paths.map((path) => throughputOf(contest, path)),
    ...verdictOf(contest),
  ]);
  const header = ['point', ...paths, 'fastest', 'times the next'];
  return [html.section('Which path won where', html.table(header, rows))];
}

function throughputOf({ entrants }: Contest, path: string): string {
  const entrant = entrants.find(of(path));
  if (entrant === undefined) return 'none';
  // `100 MiB/s → emulation`: not what the column is called.
  return `${formatByteRate(entrant.throughput.value)}${entrant.name.slice(path.length)}`;
}

function of(path: string): (entrant: Entrant) => boolean {
  return (entrant) => entrant.path === path;
}

function verdictOf({ entrants, verdict }: Contest): readonly [string, string] {
  const [first, second] = entrants;
  if (first === undefined || second === undefined) return ['', ''];
  const factor = formatSignificant(first.throughput.value / second.throughput.value);
  if (verdict === 'won') return [first.name, factor];
  const both = `${first.name}, ${second.name}`;
  return [verdict === 'level' ? `${both} level` : `${both}: cannot be told`, factor];
}

function saved(contests: readonly Contest[]): readonly string[] {
  const sentences = savings(contests);
  if (sentences.length === 0) return [];
  return [html.section('What it saved', html.list(sentences))];
}

function lost(contests: readonly Contest[]): readonly string[] {
  const found = losses(contests);
  if (found.length === 0) return [];
  const parts = found.map(({ reason, points }) => html.paragraphs([reason]) + html.list(points));
  return [html.section('Where offload lost or was left, and what is known of why', ...parts)];
}

/** More rows are read in the CSV. */
const ROWS_MAX = 200;

function tableOf(rows: readonly PlotRow[]): string {
  const shown = rows.slice(0, ROWS_MAX).map(({ row }) => row);
  const columns = [...axesOf(shown), ...measuresOf(shown)];
  const body = shown.map((row) => [
    ...columns.map((column) => column.text(row)),
    row.error === null ? String(row.state) : `${row.state}: ${row.error}`,
  ]);
  const header = [...columns.map((column) => column.header), 'state'];
  const more = rows.length - shown.length;
  const note = more > 0 ? html.paragraphs([`${more} more rows stand in the CSV.`]) : '';
  return html.table(header, body) + note;
}

function environment({ file, environment: known }: ReportedFile): string {
  if (known === null) {
    const what = `Beside ${file} lies no JSON file that says where and when it was made.`;
    return html.section(`Environment of ${file}`, html.paragraphs([what]));
  }
  return html.section(
    `Environment of ${file}`,
    html.definitions(known.facts),
    ...known.jobFiles.flatMap(({ name, text }) => [
      `<h3>${escapeHtml(name)}</h3>`,
      html.preformatted(text),
    ]),
  );
}
