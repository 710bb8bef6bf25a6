/**
 * A difference as an estimate and an interval, read off the sorted differences of single values.
 */

export interface Interval {
  /** The median of the differences. */
  readonly estimate: number;
  /** Both infinite where there are too few values for an interval of the confidence asked for. */
  readonly low: number;
  readonly high: number;
}

/**
 * From the `outside`-th difference from below to that from above, counted from 1; 0: no interval.
 * `differences` are sorted.
 */
export function intervalOf(differences: Float64Array, outside: number): Interval {
  const count = differences.length;
  const upper = Math.floor(count / 2);
  const middle = [differences[count - 1 - upper] ?? 0, differences[upper] ?? 0] as const;
  return {
    estimate: middle[0] === middle[1] ? middle[0] : (middle[0] + middle[1]) / 2,
    low: outside === 0 ? Number.NEGATIVE_INFINITY : (differences[outside - 1] ?? 0),
    high: outside === 0 ? Number.POSITIVE_INFINITY : (differences[count - outside] ?? 0),
  };
}
