/** The least and the most of many numbers: arguments of Math.max end at a hundred thousand. */

export interface Extent {
  readonly low: number;
  readonly high: number;
}

/** Of no values: infinite, and the wrong way round. */
export function extentOf(values: readonly number[]): Extent {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low, high };
}
