/** What is said of a figure, a row or a whole comparison, from the worst to the best. */

export const VERDICTS = ['regression', 'inconclusive', 'changed', 'better', 'pass'] as const;

/**
 * `changed`: it differs, and says nothing of good or bad. `pass`: no difference, or none beyond the
 * margin.
 */
export type Verdict = (typeof VERDICTS)[number];

export function worst(verdicts: Iterable<Verdict>): Verdict {
  let found = VERDICTS.length - 1;
  for (const verdict of verdicts) found = Math.min(found, VERDICTS.indexOf(verdict));
  return VERDICTS[found] ?? 'pass';
}
