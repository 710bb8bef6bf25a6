/**
 * Writes that have ended and whose syncs are still to come: none is done before all that ended
 * together has its time.
 */

import { NO_SYNC } from '../workload/iolog.ts';
import type { Syncer } from './sync-policy.ts';

export class PendingSyncs {
  /** Of each: which file it went to, and what a log asks behind it. */
  private readonly files: Int32Array;
  private readonly asked: Int32Array;
  private readonly syncer: Syncer;
  /** Read it, never set it. */
  count = 0;
  /** Of the sync that failed first, in what was settled last. */
  failedFile = 0;

  constructor(syncer: Syncer, depth: number) {
    this.syncer = syncer;
    this.files = new Int32Array(depth);
    this.asked = new Int32Array(depth);
  }

  note(file: number, asked: number): void {
    this.files[this.count] = file;
    this.asked[this.count] = asked;
    this.count += 1;
  }

  /** Does those that are due. Why the first of them failed; null: none did. */
  settle(): string | null {
    let first: string | null = null;
    for (let nth = 0; nth < this.count; nth += 1) {
      const file = this.files[nth] ?? 0;
      const asked = this.asked[nth] ?? NO_SYNC;
      const { syncer } = this;
      const problem = asked === NO_SYNC ? syncer.written(file) : syncer.asked(asked, file);
      if (problem === null || first !== null) continue;
      first = problem;
      this.failedFile = syncer.failedFile;
    }
    this.count = 0;
    return first;
  }
}
