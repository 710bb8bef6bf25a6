/** Midranks: values that are equal share the mean of the ranks they take up. */

export interface Ranks {
  /** Twice the midrank of each value, in the order given: whole numbers, whatever is tied. */
  readonly doubled: readonly number[];
  /** How many values share each rank, from the lowest; all 1 without ties. */
  readonly ties: readonly number[];
}

/** Ranks from 1, of values that may be infinite but not NaN. */
export function rank(values: readonly number[]): Ranks {
  const order = values.map((_, place) => place).sort((a, b) => compare(at(a), at(b)));
  const doubled = values.map(() => 0);
  const ties: number[] = [];
  let start = 0;
  while (start < order.length) {
    let end = start + 1;
    while (end < order.length && at(order[end]) === at(order[start])) end += 1;
    // Ranks start + 1 … end: their mean, twice.
    for (const place of order.slice(start, end)) doubled[place] = start + 1 + end;
    ties.push(end - start);
    start = end;
  }
  return { doubled, ties };

  function at(place: number | undefined): number {
    return values[place ?? -1] ?? Number.NaN;
  }
}

/** A difference would be NaN between two infinities. */
function compare(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Σ (t³ − t): by how much ties narrow the distribution of a rank sum. */
export function tieTerm(ties: readonly number[]): number {
  return ties.reduce((sum, size) => sum + size * (size * size - 1), 0);
}
