/**
 * What the loop of a clone does about the content of its buffers, beside the time of its I/Os:
 * makes it ready for writes, looks at what a read has brought once all that ended with it has its
 * time, and between writes and the reads that verify them has the page cache dropped.
 */

import type { Contents } from '../workload/contents.ts';
import { READ } from '../workload/slots.ts';
import type { Workload } from '../workload/workload.ts';
import type { Clock } from './clock.ts';
import type { Attempts } from './engine.ts';
import type { WrittenContents } from './written-contents.ts';

export interface BufferWorkSetting {
  readonly workload: Workload;
  readonly attempts: Attempts;
  readonly clock: Clock;
  /** null: the job verifies nothing. */
  readonly contents: Contents | null;
  /** null: buffers of writes do not change. */
  readonly written: WrittenContents | null;
  /** Wrong content ends the job. */
  readonly stops: boolean;
  /** Makes reads come from the medium; why it cannot, in a sentence, or null. */
  readonly dropCache: () => string | null;
}

export class BufferWork {
  /** Of the first content that was wrong. */
  failure: string | null = null;
  /** Of the job's files, the one it was in. */
  failedFile = 0;
  private readonly setting: BufferWorkSetting;
  /** Slots whose I/O has ended, and nobody has seen to. */
  private readonly ended: Int32Array;
  private endedCount = 0;

  constructor(setting: BufferWorkSetting) {
    this.setting = setting;
    this.ended = new Int32Array(setting.workload.spec.depth);
  }

  /** Blocks that did not hold what they should; null: none were looked at. */
  get errors(): number | null {
    return this.setting.contents?.errors ?? null;
  }

  /** An I/O stands in the slot; its time begins when this is over. */
  placed(slot: number): void {
    const { clock, contents, workload } = this.setting;
    if (contents === null) return;
    contents.fill(slot);
    workload.slots.startNs[slot] = clock.nowNs();
  }

  /** An I/O of the slot has ended, and has its time. */
  note(slot: number): void {
    this.ended[this.endedCount] = slot;
    this.endedCount += 1;
  }

  /** Sees to those that have ended; the slots are still theirs. */
  settle(): void {
    const { contents, written } = this.setting;
    for (let nth = 0; nth < this.endedCount; nth += 1) {
      const slot = this.ended[nth] ?? 0;
      if (contents !== null) this.check(slot, contents);
      if (written !== null) written.change(slot);
    }
    this.endedCount = 0;
  }

  /** Between the writes and the reads that verify them: no time of theirs. */
  readBack(): void {
    const { clock, dropCache, workload } = this.setting;
    const problem = dropCache();
    if (problem !== null) {
      this.failure ??= problem;
      workload.stop();
    }
    workload.readBack(clock.nowNs());
  }

  private check(slot: number, contents: Contents): void {
    const { attempts, stops, workload } = this.setting;
    if (workload.slots.direction[slot] !== READ || attempts.errno[slot] !== 0) return;
    const problem = contents.check(slot, attempts.doneBytes[slot] ?? 0);
    if (problem === null) return;
    if (this.failure === null) this.failedFile = workload.slots.file[slot] ?? 0;
    this.failure ??= problem;
    if (stops) workload.stop();
  }
}
