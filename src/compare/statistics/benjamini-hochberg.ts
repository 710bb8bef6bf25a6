/**
 * P-values corrected for how many tests there were: Benjamini and Hochberg's (1995) step-up, which
 * bounds the share of false ones among the differences that are called. As p.adjust(method = "BH")
 * in R.
 */

/** In the order given; one that is at most alpha is called. */
export function benjaminiHochberg(ps: readonly number[]): readonly number[] {
  const falling = ps.map((_, place) => place).sort((a, b) => (ps[b] ?? 0) - (ps[a] ?? 0));
  const adjusted = ps.map(() => 1);
  let least = 1;
  for (const [above, place] of falling.entries()) {
    least = Math.min(least, ((ps[place] ?? 1) * ps.length) / (ps.length - above));
    adjusted[place] = least;
  }
  return adjusted;
}
