/** The points of a sweep: every value of each axis with every value of the others. */

import { canonicalValue } from '../units/value.ts';
import type { Axis, Point } from './assignment.ts';

/** How many runs one file may ask for; a sweep that is larger was not meant. */
export const MAX_RUNS = 100_000;

export function countPoints(axes: readonly Axis[]): number {
  let count = 1;
  for (const axis of axes) count *= axis.values.length;
  return count;
}

/** The first axis changes slowest, as the outermost loop. */
export function* points(axes: readonly Axis[]): Generator<Point> {
  const count = countPoints(axes);
  for (let index = 0; index < count; index++) {
    const point = new Map();
    let rest = index;
    for (const axis of axes.toReversed()) {
      point.set(axis, axis.values[rest % axis.values.length]);
      rest = Math.floor(rest / axis.values.length);
    }
    yield point;
  }
}

/** The key of a point in results: `bs=4k iodepth=32 path=offload`, sorted by name. */
export function formatPoint(point: Point): string {
  const parts: [string, string][] = [];
  for (const [axis, { option, value }] of point) {
    if (value !== null) parts.push([axis.label, canonicalValue(option, value)]);
  }
  parts.sort((left, right) => (left[0] < right[0] ? -1 : 1));
  return parts.map(([label, value]) => `${label}=${value}`).join(' ');
}
