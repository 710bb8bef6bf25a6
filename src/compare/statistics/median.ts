/** Of an even number of values the mean of the middle two; null: of none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length - 1 - upper], sorted[upper]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
