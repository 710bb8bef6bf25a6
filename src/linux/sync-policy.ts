/**
 * fsync and fdatasync after so many writes, as fio's options of these names: plain calls between
 * I/Os, in the job's time. At depth I/Os under way are not waited for, and wait themselves to be
 * reaped: that is in their latency, as in fio.
 */

import type { Call } from './engine.ts';
import { errnoName } from './errno.ts';
import type { Fd, Syscalls } from './syscalls.ts';

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
  private readonly fd: Fd;
  private readonly policy: SyncPolicy;
  private writes = 0;

  constructor(calls: SyncCalls, fd: Fd, policy: SyncPolicy) {
    this.calls = calls;
    this.fd = fd;
    this.policy = policy;
  }

  /** A write has ended. Why the sync that was due failed; null: it did not. */
  written(): string | null {
    const { fsync, fdatasync } = this.policy;
    if (fsync === 0 && fdatasync === 0) return null;
    this.writes += 1;
    if (fsync > 0 && this.writes % fsync === 0) return this.sync('fsync');
    if (fdatasync > 0 && this.writes % fdatasync === 0) return this.sync('fdatasync');
    return null;
  }

  /** The job's last I/O has ended. */
  ended(): string | null {
    return this.policy.endFsync ? this.sync('fsync') : null;
  }

  private sync(call: Extract<Call, 'fsync' | 'fdatasync'>): string | null {
    const result = call === 'fsync' ? this.calls.fsync(this.fd) : this.calls.fdatasync(this.fd);
    return result < 0 ? `${errnoName(-result)}: ${call}` : null;
  }
}
