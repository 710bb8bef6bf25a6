/** The noise floors of a machine as a table, the loudest first. */

import { formatSignificant } from '../../units/number.ts';
import type { NoiseFloor } from '../calibrate-blocks.ts';
import { labelsOf } from '../label.ts';
import { Page } from './page.ts';

interface FloorsOptions {
  readonly widthColumns: number;
  /** Every figure. */
  readonly all: boolean;
}

const SHOWN = 20;

export function renderFloors(
  floors: readonly NoiseFloor[],
  { widthColumns, all }: FloorsOptions,
): string {
  const label = labelsOf(floors);
  const shown = all ? floors : floors.slice(0, SHOWN);
  const cells = shown.map(({ row, column, floor, blocks }) => [
    Number.isFinite(floor) ? `±${formatSignificant(floor * 100)} %` : 'unknown',
    blocks === null ? '>1000' : String(blocks),
    column.name,
    label(row),
  ]);
  const header = ['noise floor', 'blocks for the margin', 'column', 'row'];
  const widths = header.map((name, place) =>
    Math.max(name.length, ...cells.map((line) => line[place]?.length ?? 0)),
  );
  const page = new Page(widthColumns, false);
  for (const line of [header, ...cells]) {
    const padded = line.map((cell, place) =>
      place < 2 ? cell.padStart(widths[place] ?? 0) : cell.padEnd(widths[place] ?? 0),
    );
    page.line(cut(padded.join('  ').trimEnd(), widthColumns));
  }
  if (shown.length < floors.length) {
    page.line(`and ${floors.length - shown.length} more figures; --all shows them`);
  }
  return page.text();
}

/** The name of the row, which is last: the figures are whole. */
function cut(line: string, widthColumns: number): string {
  return line.length > widthColumns ? `${line.slice(0, widthColumns - 1)}…` : line;
}
