/** What a run is called where there is a line for it. */

import type { RunPlan } from '../job/plan.ts';

/** Its point, else its jobs; with the file and the repetition where there are several. */
export function runNames(runs: readonly RunPlan[]): (run: RunPlan) => string {
  const files = new Set(runs.map(({ jobFile }) => jobFile)).size > 1;
  const repeats = runs.some(({ repetition }) => repetition > 1);
  return ({ jobFile, point, jobs, repetition }) => {
    const what = point === '' ? jobs.map(({ name }) => name).join(', ') : point;
    const name = files ? `${jobFile} ${what}` : what;
    return printable(repeats ? `${name} #${repetition}` : name);
  };
}

/** Names come from files of others: none of their bytes moves a cursor. */
export function printable(name: string): string {
  return name.replaceAll(/\p{C}/gu, '?');
}
