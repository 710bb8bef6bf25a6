/**
 * Whether the sides ran on machines that compare. Only wall-clock rows ask: virtual time is the
 * same everywhere.
 */

import { differingFacts, environmentFacts, type Facts } from './environment-facts.ts';

/** The JSON beside a CSV. */
export interface EnvironmentFile {
  readonly path: string;
  /** null: it is not there. */
  readonly text: string | null;
}

/** One sentence for each fact that differs or is not known; none: all ran in one environment. */
export function differingEnvironments(files: readonly EnvironmentFile[]): readonly string[] {
  const told: string[] = [];
  const known: (readonly [path: string, facts: Facts])[] = [];
  for (const { path, text } of files) {
    const facts = text === null ? null : environmentFacts(text);
    if (facts !== null) known.push([path, facts]);
    else if (text === null) told.push(`${path}: is not there, so nothing tells where its CSV ran`);
    else
      told.push(`${path}: is no environment that coffer wrote, so nothing tells where its CSV ran`);
  }
  const [first, ...others] = known;
  if (first === undefined) return told;
  const [firstPath, firstFacts] = first;
  for (const [path, facts] of others) {
    for (const { name, baseline, candidate } of differingFacts(firstFacts, facts)) {
      told.push(`${path}: ${name} is ${candidate}, in ${firstPath} ${baseline}`);
    }
  }
  return told;
}
