/**
 * The words of a cell that gives reasons, as `offload: EIO ×3; emulation: EAGAIN ×2`, without how
 * often each came: that differs from run to run, and goes with the column that is explained.
 */

import type { Cell } from '../record/columns.ts';
import { isAbsent } from './figures.ts';

/** Of all cells together, sorted. A count of 0 is no reason; any other stands for itself. */
export function reasonsOf(cells: readonly Cell[]): ReadonlySet<string> {
  const told = cells.filter((cell) => !isAbsent(cell) && cell !== 0);
  const words = told.flatMap((cell) => String(cell).split(/ ×\d+(?:; |$)/));
  return new Set(words.filter((word) => word !== '').sort());
}

export function sameReasons(one: Cell, other: Cell): boolean {
  const [words, others] = [reasonsOf([one]), reasonsOf([other])];
  return words.size === others.size && [...words].every((word) => others.has(word));
}
