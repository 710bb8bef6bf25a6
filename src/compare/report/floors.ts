/** The noise floors of a machine, the loudest first: as a table for a terminal, and as JSON. */

import { formatSignificant } from '../../units/number.ts';
import type { NoiseFloor } from '../calibrate-blocks.ts';
import { labelsOf } from '../label.ts';
import { REPETITIONS_MAX } from '../statistics/repetitions.ts';
import { keyOfRow } from './row-key.ts';
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
  const cells = shown.map((floor) => [
    formatFloor(floor),
    formatBlocks(floor),
    floor.column.name,
    label(floor.row),
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

export function formatFloor({ floor }: NoiseFloor): string {
  return Number.isFinite(floor) ? `±${formatSignificant(floor * 100)} %` : 'unknown';
}

export function formatBlocks({ blocks }: NoiseFloor): string {
  return blocks === null ? `>${REPETITIONS_MAX}` : String(blocks);
}

/** JSON has no infinity: a floor that is not known is null, as are blocks beyond a thousand. */
export function jsonOfFloor({ row, column, floor, blocks }: NoiseFloor): object {
  return {
    ...keyOfRow(row),
    column: column.name,
    floor: Number.isFinite(floor) ? floor : null,
    blocks,
  };
}

/** The name of the row, which is last: the figures are whole. */
function cut(line: string, widthColumns: number): string {
  return line.length > widthColumns ? `${line.slice(0, widthColumns - 1)}…` : line;
}
