/** Repeats that take turns, so that a machine that drifts drifts for all; and their medians. */

import { Bench } from 'tinybench';

export const REPEATS = 5;

/** One turn of a contender: how many operations a second of CPU time it did. */
export type Turn = () => Promise<number>;

/** Median operations per CPU second of each contender, over so many rounds after one that warms up. */
export async function medians(
  contenders: Readonly<Record<string, Turn>>,
  rounds = REPEATS,
): Promise<Map<string, number>> {
  const samples = new Map<string, number[]>(Object.keys(contenders).map((name) => [name, []]));
  for (const turn of Object.values(contenders)) await turn();
  const bench = new Bench({ time: 0, iterations: rounds, warmup: false, throws: true });
  bench.add('round', async () => {
    for (const [name, turn] of Object.entries(contenders)) samples.get(name)?.push(await turn());
  });
  await bench.run();
  return new Map([...samples].map(([name, values]) => [name, median(values)]));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

/** Operations per CPU second of something that runs in this process. */
export async function perCpuSecond(operations: number, work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (operations * 1e6) / (user + system);
}

export function millions(perSecond: number): string {
  return `${(perSecond / 1e6).toFixed(2)} M/s`;
}
