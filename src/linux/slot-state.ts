/**
 * An I/O in its slot from one attempt to the next: whether what is left is tried again, on which
 * path, and what to say of it at the end. A short I/O is finished by another attempt, as long as
 * each brings it on; what is missing then is the end of the source.
 */

import type { Measurement } from '../measure/measurement.ts';
import { COPY, SLOT_DIRECTIONS, type Slots } from '../workload/slots.ts';
import { type Attempts, CALLS, EMULATION, OFFLOAD, PATHS, READ_WRITE } from './engine.ts';
import { Errno, errnoName } from './errno.ts';

export type Fallback = 'never' | 'unsupported' | 'error';

/** Errors that say that this path cannot do it here: another may. */
const UNSUPPORTED: ReadonlySet<number> = new Set([
  Errno.EOPNOTSUPP,
  Errno.ENOSYS,
  Errno.EXDEV,
  Errno.EINVAL,
  Errno.ENOTTY,
]);

const HINTS: ReadonlyMap<number, string> = new Map([
  [Errno.EXDEV, 'the files lie on two file systems; fallback=unsupported copies by another path'],
  [Errno.EOPNOTSUPP, 'the file system cannot; fallback=unsupported copies by another path'],
  [Errno.EFBIG, 'past RLIMIT_FSIZE, or the largest file of the file system'],
  [Errno.ENOSPC, 'the file system is full'],
  [Errno.EDQUOT, 'the quota is used up'],
]);

export interface PathPolicy {
  /** The first of the paths a copy takes, and those it may go on to, in order. */
  readonly paths: readonly number[];
  readonly fallback: Fallback;
}

export class SlotState {
  private readonly slots: Slots;
  private readonly attempts: Attempts;
  private readonly policy: PathPolicy;
  private readonly measurement: Measurement | null;
  /** Good bytes before the attempt under way. */
  private readonly before: Float64Array;
  /** Of the policy's paths, the one a slot is on. */
  private readonly step: Uint8Array;
  /** By slot and path: the bytes that it brought. */
  private readonly brought: Float64Array;

  /** `measurement`: of the job's copies; null: it has none. */
  constructor(
    slots: Slots,
    attempts: Attempts,
    policy: PathPolicy,
    measurement: Measurement | null,
  ) {
    this.slots = slots;
    this.attempts = attempts;
    this.policy = policy;
    this.measurement = measurement;
    this.before = new Float64Array(slots.depth);
    this.step = new Uint8Array(slots.depth);
    this.brought = new Float64Array(slots.depth * PATHS.length);
  }

  /** A new I/O stands in the slot. */
  begin(slot: number): void {
    const { attempts } = this;
    attempts.doneBytes[slot] = 0;
    attempts.errno[slot] = 0;
    this.before[slot] = 0;
    if (this.measurement === null) return;
    this.step[slot] = 0;
    // Three stores: fill() is a call that costs as much as all else here.
    const at = slot * PATHS.length;
    this.brought[at + OFFLOAD] = 0;
    this.brought[at + EMULATION] = 0;
    this.brought[at + READ_WRITE] = 0;
    attempts.path[slot] = this.policy.paths[0] ?? OFFLOAD;
  }

  /** An attempt has ended: true when another one is to be made at what is left. */
  goesOn(slot: number): boolean {
    const { attempts, slots } = this;
    const doneBytes = attempts.doneBytes[slot] ?? 0;
    const broughtBytes = doneBytes - (this.before[slot] ?? 0);
    if (this.measurement !== null) {
      const place = slot * PATHS.length + (attempts.path[slot] ?? OFFLOAD);
      this.brought[place] = (this.brought[place] ?? 0) + broughtBytes;
    }
    if (doneBytes === slots.lengthBytes[slot]) return false;
    this.before[slot] = doneBytes;
    if (attempts.errno[slot] === 0) return broughtBytes > 0;
    return this.fallsBack(slot);
  }

  /** The workload has counted the I/O: with the ramp over or not, the paths count with it. */
  credit(slot: number): void {
    const { brought, measurement } = this;
    if (measurement === null) return;
    const at = slot * PATHS.length;
    measurement.offloadBytes += brought[at + OFFLOAD] ?? 0;
    measurement.emulationBytes += brought[at + EMULATION] ?? 0;
    measurement.readWriteBytes += brought[at + READ_WRITE] ?? 0;
  }

  failed(slot: number): boolean {
    return this.attempts.errno[slot] !== 0;
  }

  /** `EXDEV: copy_file_range, copy of 65536 bytes at 0 to 0 (two file systems; …)` */
  describe(slot: number): string {
    const { attempts, slots } = this;
    const direction = SLOT_DIRECTIONS[slots.direction[slot] ?? 0] ?? 'I/O';
    const call = CALLS[attempts.call[slot] ?? 0] ?? 'a call';
    const to = slots.direction[slot] === COPY ? ` to ${slots.destOffsetBytes[slot] ?? 0}` : '';
    const done = attempts.doneBytes[slot] ?? 0;
    const after = done > 0 ? `, after ${done} of them` : '';
    const range = `${slots.lengthBytes[slot] ?? 0} bytes at ${slots.offsetBytes[slot] ?? 0}${to}`;
    const errno = attempts.errno[slot] ?? 0;
    const hint = HINTS.get(errno);
    const why = hint === undefined ? '' : ` (${hint})`;
    return `${errnoName(errno)}: ${call}, ${direction} of ${range}${after}${why}`;
  }

  private fallsBack(slot: number): boolean {
    const { attempts, measurement, policy } = this;
    if (measurement === null || policy.fallback === 'never') return false;
    const errno = attempts.errno[slot] ?? 0;
    if (policy.fallback === 'unsupported' && !UNSUPPORTED.has(errno)) return false;
    const next = (this.step[slot] ?? 0) + 1;
    const path = policy.paths[next];
    if (path === undefined) return false;
    const left = PATHS[attempts.path[slot] ?? OFFLOAD] ?? 'a path';
    measurement.fellBack(`${left}: ${errnoName(errno)}`);
    this.step[slot] = next;
    attempts.path[slot] = path;
    attempts.errno[slot] = 0;
    return true;
  }
}
