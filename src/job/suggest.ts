/** The known name nearest to a misspelt one. */

/** Ends a sentence: ` (did you mean iodepth?)`, or nothing when no name is near. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const nearest = suggest(name, known);
  return nearest === null ? '' : ` (did you mean ${nearest}?)`;
}

export function suggest(name: string, known: Iterable<string>): string | null {
  // Half of the letters wrong is no misspelling any more.
  let best = Math.floor(name.length / 2) + 1;
  let nearest: string | null = null;
  for (const candidate of known) {
    // As many letters are missing at least; a wrong file has lines by the thousand.
    if (Math.abs(candidate.length - name.length) >= best) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

/** Levenshtein's distance, one row at a time. */
export function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
