/**
 * `coffer run FILES…`. The first thread of the pool starts while the files are planned: the two are
 * most of a tiny run's time.
 */

import { availableParallelism } from 'node:os';
import { openRunPool } from '../runner/run-pool.ts';
import type { Selection } from './load-files.ts';
import type { ProgressChoice } from './progress-mode.ts';
import type { ColourChoice } from './terminal.ts';

export interface RunFlags extends Selection {
  readonly output?: string;
  /** Virtual runs side by side. */
  readonly workers?: number;
  readonly resume?: boolean;
  /** `i/n` */
  readonly shard?: string;
  readonly trace?: string;
  readonly timeout?: string;
  readonly quiet?: boolean;
  readonly progress?: ProgressChoice;
  /** Figures of each job while it runs. */
  readonly live?: boolean;
  readonly width?: number;
  readonly color?: ColourChoice;
}

export async function run(files: readonly string[], flags: RunFlags): Promise<number> {
  const workers = flags.workers ?? availableParallelism();
  const pool = openRunPool(workers);
  try {
    const { runFiles } = await import('./run-files.ts');
    return await runFiles(files, { ...flags, workers }, pool);
  } finally {
    await (await pool).close();
  }
}
