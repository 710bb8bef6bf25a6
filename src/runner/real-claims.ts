/**
 * Block devices that a run writes are its own while it runs: O_EXCL is refused where one is mounted
 * or held by another device. Claimed once for all clones, for Linux gives the claim to one opener.
 */

import type { RunPlan } from '../job/plan.ts';
import { Descriptors } from '../linux/descriptors.ts';
import { EngineFailure } from '../linux/engine.ts';
import type { Fd } from '../linux/syscalls.ts';

export class Claims {
  private readonly descriptors = new Descriptors();
  /** By path. */
  readonly fds: Record<string, Fd> = {};

  /** Why a device cannot be had, in a sentence; null: all are. */
  take({ targets }: RunPlan): string | null {
    try {
      for (const { path, kind, written, allowMountedWrite } of targets) {
        if (kind !== 'block' || !written || allowMountedWrite) continue;
        const how = { writes: true, direct: false, exclusive: true };
        this.fds[path] = this.descriptors.openFile(path, how);
      }
      return null;
    } catch (error) {
      if (error instanceof EngineFailure) return error.message;
      throw error;
    }
  }

  close(): void {
    this.descriptors.close();
  }
}
