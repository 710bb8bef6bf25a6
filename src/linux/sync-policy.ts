/**
 * fsync and fdatasync after so many writes, as fio's options of these names: plain calls between
 * I/Os, in the job's time. At depth I/Os under way are not waited for, and wait themselves to be
 * reaped: that is in their latency, as in fio.
 */

import { present } from '../units/assert.ts';
import { FSYNC } from '../workload/iolog.ts';
import type { Call } from './engine.ts';
import { errnoName } from './errno.ts';
import type { SlotFiles } from './slot-files.ts';
import type { Syscalls } from './syscalls.ts';

export interface SyncPolicy {
  /** Writes between two; 0: none. */
  readonly fsync: number;
  readonly fdatasync: number;
  readonly endFsync: boolean;
}

/** What a thread without system calls has of them. */
export type SyncCalls = Pick<Syscalls, 'fsync' | 'fdatasync'>;

export class Syncer {
  private readonly calls: SyncCalls;
  private readonly files: SlotFiles;
  private readonly policy: SyncPolicy;
  private writes = 0;
  /** Of the sync that failed last. */
  failedFile = 0;

  constructor(calls: SyncCalls, files: SlotFiles, policy: SyncPolicy) {
    this.calls = calls;
    this.files = files;
    this.policy = policy;
  }

  /**
   * A write to the file has ended. Why the sync that was due failed, which is one of that file, as
   * in fio; null: it did not.
   */
  written(file: number): string | null {
    const { fsync, fdatasync } = this.policy;
    if (fsync === 0 && fdatasync === 0) return null;
    this.writes += 1;
    if (fsync > 0 && this.writes % fsync === 0) return this.sync('fsync', file);
    if (fdatasync > 0 && this.writes % fdatasync === 0) return this.sync('fdatasync', file);
    return null;
  }

  /** What a log has behind an I/O of the file: FSYNC or FDATASYNC. As above. */
  asked(sync: number, file: number): string | null {
    return this.sync(sync === FSYNC ? 'fsync' : 'fdatasync', file);
  }

  /** The job's last I/O has ended: all its files are synced. */
  ended(): string | null {
    if (!this.policy.endFsync) return null;
    const once = new Map(this.files.each.map(({ destinationFd }, file) => [destinationFd, file]));
    const problems = [...once.values()].map((file) => this.sync('fsync', file));
    return problems.find((problem) => problem !== null) ?? null;
  }

  private sync(call: Extract<Call, 'fsync' | 'fdatasync'>, file: number): string | null {
    const fd = present(this.files.each[file], 'a file that was written').destinationFd;
    const result = call === 'fsync' ? this.calls.fsync(fd) : this.calls.fdatasync(fd);
    if (result >= 0) return null;
    this.failedFile = file;
    return `${errnoName(-result)}: ${call}`;
  }
}
