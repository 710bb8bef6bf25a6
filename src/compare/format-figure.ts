/** Figures of a comparison as text: exact ones to the last digit, medians as an eye reads them. */

import { formatByteRate, formatBytes } from '../units/bytes.ts';
import { formatCount, formatSignificant } from '../units/number.ts';
import { formatTime } from '../units/time.ts';
import { type Cell, columnOf } from '../record/columns.ts';
import { formatP } from './decide.ts';
import { figure, isAbsent, logRatio } from './figures.ts';
import type { Judgement, SampleTest } from './judgement.ts';

const ABSENT = '-';

/** The units of the columns; a count has none. */
const UNIT_TEXTS = { ns: ' ns', bytes: ' B', 'bytes/s': ' B/s', '1/s': '/s' } as const;

const BY_UNIT = {
  ns: formatTime,
  bytes: formatBytes,
  'bytes/s': formatByteRate,
  '1/s': (value: number): string => `${formatCount(value)}/s`,
} as const;

export function formatSide(judgement: Judgement, cell: Cell): string {
  if (isAbsent(cell)) return ABSENT;
  if (typeof cell !== 'number') return String(cell);
  const { unit } = columnOf(judgement.column);
  if (judgement.perByte) {
    // Bytes of a path by bytes moved: a share.
    if (unit === 'bytes') return `${formatSignificant(cell * 100)} %`;
    return `${Number(cell.toPrecision(4))}${unit === 'ns' ? ' ns' : ''}/B`;
  }
  if (judgement.sample === null) return `${cell}${unit === null ? '' : UNIT_TEXTS[unit]}`;
  return unit === null ? formatCount(cell) : BY_UNIT[unit](cell);
}

/** `+18.7 %`; beyond ten times `×123`. Empty where there is no ratio. */
export function formatChange({ baseline, candidate, sample }: Judgement): string {
  if (sample !== null) return formatRatio(sample.ratio);
  const [before, after] = [figure(baseline), figure(candidate)];
  if (before === null || after === null || typeof baseline === 'boolean') return '';
  return formatRatio(Math.exp(logRatio(before, after)));
}

export function formatInterval({ ratioLow, ratioHigh }: SampleTest): string {
  if (ratioLow === 0 && ratioHigh === Number.POSITIVE_INFINITY) return '';
  return `${formatRatio(ratioLow)} … ${formatRatio(ratioHigh)}`;
}

export function formatTest({ adjustedP, baselineCount, candidateCount }: SampleTest): string {
  return `p ${formatP(adjustedP)}, n ${baselineCount}+${candidateCount}`;
}

const TIMES = 10;

/** A change that a percent rounded to three digits would hide is still no zero. */
export function formatRatio(ratio: number): string {
  if (ratio === Number.POSITIVE_INFINITY) return 'from 0';
  if (ratio >= TIMES) return `×${formatSignificant(ratio)}`;
  const percent = (ratio - 1) * 100;
  if (percent === 0) return '0 %';
  const size = Math.abs(percent);
  const digits = size < 0.01 ? String(Number(size.toPrecision(1))) : formatSignificant(size);
  return `${percent < 0 ? '−' : '+'}${digits} %`;
}
