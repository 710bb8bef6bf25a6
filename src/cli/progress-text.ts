/** A picture of progress in words: lines of a terminal, which keep their places, and of a log. */

import { formatByteRate } from '../units/bytes.ts';
import { formatCount } from '../units/number.ts';
import { formatTime } from '../units/time.ts';
import { formatStopwatch } from './elapsed.ts';
import type { JobRate } from './job-rates.ts';
import type { JobPicture, Picture, RunPicture } from './progress-picture.ts';

/** `12/30 runs, 41 %, 0:12 gone, about 0:17 left` */
export function wholeText({ done, runs, share, goneMs, leftMs }: Picture): string {
  const words = [`${done}/${runs} runs`, percent(share), `${formatStopwatch(goneMs)} gone`];
  if (leftMs !== null) words.push(`about ${formatStopwatch(leftMs)} left`);
  return words.join(', ');
}

/** The block of a terminal: the whole, a line per run under way, and per job if `live`. */
export function blockLines(picture: Picture, live: boolean, columns: number): readonly string[] {
  const lines = picture.underWay.flatMap((run) => {
    const left = run.leftMs === null ? '' : `${formatStopwatch(run.leftMs)} left`;
    const own = figuresLine(`  ${run.name}`, { ...run, last: left }, columns);
    return live ? [own, ...run.jobs.map((job) => jobLine(job, columns))] : [own];
  });
  return [cut(wholeText(picture), columns), ...lines];
}

function jobLine(job: JobPicture, columns: number): string {
  return figuresLine(`    ${job.name}`, { ...job, last: p99Text(job) }, columns);
}

interface Figures {
  readonly share: number | null;
  readonly rate: JobRate | null;
  readonly last: string;
}

/** A name needs so many columns; before it loses them, figures go. */
const NAME_COLUMNS = 24;

interface Cell {
  readonly text: string;
  readonly width: number;
  /** The highest goes first. */
  readonly rank: number;
}

/** Figures keep to columns of their own, and are whole or not there; what is cut is the name. */
function figuresLine(name: string, figures: Figures, columns: number): string {
  let cells = cellsOf(figures);
  const width = (): number => cells.reduce((sum, cell) => sum + 1 + cell.width, 0);
  for (let rank = cells.length - 1; rank > 0; rank -= 1) {
    if (NAME_COLUMNS + width() > columns) cells = cells.filter((cell) => cell.rank !== rank);
  }
  const nameWidth = Math.max(0, columns - width());
  const texts = cells.map((cell) => cell.text.padStart(cell.width));
  const line = [cut(name, nameWidth).padEnd(nameWidth), ...texts].join(' ');
  return cut(line.trimEnd(), columns);
}

/** As wide as `starting`, `1.20M IOPS`, `1023 MiB/s`, and `p99 85.4 µs` or `1:02:03 left`. */
function cellsOf({ share, rate, last }: Figures): readonly Cell[] {
  return [
    { text: share === null ? 'starting' : percent(share), width: 8, rank: 0 },
    { text: rate === null ? '' : iopsText(rate), width: 10, rank: 3 },
    { text: rate === null ? '' : bytesText(rate), width: 10, rank: 1 },
    { text: last, width: 12, rank: 2 },
  ];
}

/** Runs named in one line of a log. */
const RUNS_TOLD = 4;

/** `0:10  12/30 runs, 41 %, about 0:17 left; bs=4k 45 %, 44.0 MiB/s` */
export function logLine(picture: Picture): string {
  const { underWay, done, runs, share, leftMs } = picture;
  const whole = [`${done}/${runs} runs`, percent(share)];
  if (leftMs !== null) whole.push(`about ${formatStopwatch(leftMs)} left`);
  const told = underWay.slice(0, RUNS_TOLD).map(runText);
  const more = underWay.length - told.length;
  if (more > 0) told.push(`and ${more} more`);
  return `${stamp(picture)}  ${[whole.join(', '), ...told].join('; ')}`;
}

function runText({ name, share, rate }: RunPicture): string {
  if (share === null) return `${name} starting`;
  const words = [`${name} ${percent(share)}`];
  if (rate !== null) words.push(bytesText(rate));
  return words.join(', ');
}

/** `0:10  bs=4k, copies: 45 %, 11.2k IOPS, 44.0 MiB/s, p99 86.6 µs`, of each job that runs. */
export function jobLogLines(picture: Picture): readonly string[] {
  return picture.underWay.flatMap((run) =>
    run.jobs.map((job) => {
      const words = [percent(job.share)];
      if (job.rate !== null) words.push(iopsText(job.rate), bytesText(job.rate));
      if (job.p99Ns !== null) words.push(p99Text(job));
      const name = run.name === job.name ? job.name : `${run.name}, ${job.name}`;
      return `${stamp(picture)}  ${name}: ${words.join(', ')}`;
    }),
  );
}

function stamp({ goneMs }: Picture): string {
  return formatStopwatch(goneMs);
}

/** Rounded down: 100 % is all of it. */
function percent(share: number): string {
  return `${Math.floor(100 * share)} %`;
}

function iopsText({ iops }: JobRate): string {
  return `${formatCount(Math.round(iops))} IOPS`;
}

function bytesText({ bytesPerS }: JobRate): string {
  return formatByteRate(bytesPerS);
}

function p99Text({ p99Ns }: JobPicture): string {
  return p99Ns === null ? '' : `p99 ${formatTime(p99Ns)}`;
}

/** No longer than `columns`; what is cut says so. */
export function cut(text: string, columns: number): string {
  if (text.length <= columns) return text;
  return columns < 1 ? '' : `${text.slice(0, columns - 1).trimEnd()}…`;
}
