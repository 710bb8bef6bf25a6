import { expect, test } from 'vitest';
import { Clock, thisMoment } from '../../../src/linux/clock.ts';
import { type BatchSetting, CloneLoop } from '../../../src/linux/clone-loop.ts';
import { Control } from '../../../src/linux/control.ts';
import {
  type AsynchronousEngine,
  Attempts,
  OFFLOAD,
  READ_WRITE,
  type SynchronousEngine,
} from '../../../src/linux/engine.ts';
import { Errno } from '../../../src/linux/errno.ts';
import { SlotFiles } from '../../../src/linux/slot-files.ts';
import { type PathPolicy, SlotState } from '../../../src/linux/slot-state.ts';
import { Syncer, type SyncPolicy } from '../../../src/linux/sync-policy.ts';
import { Account } from '../../../src/measure/account.ts';
import { FDATASYNC, FSYNC, NO_SYNC } from '../../../src/workload/iolog.ts';
import { COPY, READ, TRIM, WRITE } from '../../../src/workload/slots.ts';
import type { Access, WorkloadSpec } from '../../../src/workload/spec.ts';
import { Workload } from '../../../src/workload/workload.ts';
import { errorsEnd, workloadSpec } from '../../support/workload-spec.ts';

const BS = 4096;
const FILE = { sourceFd: 9, destinationFd: 9, sourceBytes: 0, destinationBytes: 0 };

interface Asked {
  readonly access?: Access;
  readonly depth?: number;
  readonly ios?: number;
  readonly spec?: Partial<WorkloadSpec>;
  readonly policy?: PathPolicy;
  readonly sync?: Partial<SyncPolicy>;
  readonly continueOnError?: boolean;
  /** What fsync(2) returns, if not 0. */
  readonly syncErrno?: number;
}

function rig({ access = 'read', depth = 1, ios = 8, ...asked }: Asked = {}) {
  const spec = workloadSpec({
    access,
    depth,
    submission: depth > 1,
    sizeBytes: ios * BS,
    seeds: [1],
    continueOnError: errorsEnd(asked.continueOnError !== true),
    ...asked.spec,
  });
  const account = new Account();
  const workload = new Workload(spec, { source: account, destination: account });
  const attempts = new Attempts(depth);
  const directions = { read: READ, write: WRITE, copy: COPY, mixed: READ };
  const direction = { ...directions, trim: TRIM, trimwrite: TRIM }[access];
  const measurement = workload.measurement(direction);
  const policy = asked.policy ?? { paths: [OFFLOAD, READ_WRITE], fallback: 'never' };
  const synced: string[] = [];
  const calls = {
    fsync: () => (synced.push('fsync'), asked.syncErrno ?? 0),
    fdatasync: () => (synced.push('fdatasync'), 0),
  };
  const control = Control.for(1);
  const noted: number[] = [];
  const loop = new CloneLoop({
    workload,
    attempts,
    state: new SlotState(workload.slots, attempts, policy, access === 'copy' ? measurement : null),
    syncer: new Syncer(calls, new SlotFiles(workload.slots.file, [FILE]), {
      fsync: 0,
      fdatasync: 0,
      endFsync: false,
      ...asked.sync,
    }),
    clock: new Clock(thisMoment()),
    control,
    clone: 0,
    measuring: () => undefined,
    copies: { ended: (_, doneBytes) => noted.push(doneBytes) },
    buffers: null,
  });
  return { workload, attempts, measurement, control, loop, synced, noted };
}

type Rig = ReturnType<typeof rig>;

/** Each attempt brings `bytes`, but no more than is left; `errno` after it. */
function attempt({ attempts, workload }: Rig, slot: number, bytes: number, errno = 0): void {
  const done = attempts.doneBytes[slot] ?? 0;
  attempts.doneBytes[slot] = Math.min(done + bytes, workload.slots.lengthBytes[slot] ?? 0);
  attempts.errno[slot] = errno;
}

function synchronous(perform: (slot: number) => void): SynchronousEngine {
  return { synchronous: true, perform, close: () => undefined };
}

/** Ends what was handed over, oldest first; `log` tells what it was asked. */
class Queue implements AsynchronousEngine {
  readonly synchronous = false;
  readonly ended: Int32Array;
  readonly log: string[] = [];
  deepest = 0;
  private readonly end: (slot: number) => void;
  private readonly underWay: number[] = [];
  private readonly queued: number[] = [];

  constructor(depth: number, end: (slot: number) => void) {
    this.ended = new Int32Array(depth);
    this.end = end;
  }

  get pending(): number {
    return this.underWay.length;
  }

  queue(slot: number): void {
    this.queued.push(slot);
  }

  submit(): void {
    this.log.push(`submit ${this.queued.length}`);
    this.underWay.push(...this.queued.splice(0));
    this.deepest = Math.max(this.deepest, this.underWay.length);
  }

  reap(least: number): number {
    if (least > this.underWay.length) throw new Error('would wait for ever');
    const slots = this.underWay.splice(0, least);
    slots.forEach((slot, index) => {
      this.end(slot);
      this.ended[index] = slot;
    });
    if (least > 0) this.log.push(`reap ${least}`);
    return slots.length;
  }

  close(): void {}
}

const BATCH: BatchSetting = { batch: 1, completeMin: 1, completeMax: 1, stamps: 'io' };

test('a synchronous job does its bytes, one at a time', () => {
  const made = rig({ ios: 5 });
  const offsets: number[] = [];
  made.loop.runSynchronous(
    synchronous((slot) => {
      offsets.push(made.workload.slots.offsetBytes[slot] ?? -1);
      attempt(made, slot, BS);
    }),
  );
  expect(offsets).toEqual([0, BS, 2 * BS, 3 * BS, 4 * BS]);
  const { measurement, control, loop, workload } = made;
  expect([measurement.ios, measurement.bytes, measurement.lat.count]).toEqual([5, 5 * BS, 5]);
  expect([measurement.slat.maxNs, loop.failure]).toEqual([0, null]);
  expect([...control.progress(0)].slice(0, 3)).toEqual([5, 5 * BS, 1]);
  expect(workload.endedNs).toBeGreaterThanOrEqual(workload.measuredFromNs);
});

test('short I/Os are finished, and what the source has not is a short I/O', () => {
  const made = rig({ ios: 2 });
  let attempts = 0;
  made.loop.runSynchronous(
    synchronous((slot) => {
      attempts += 1;
      // The second block ends half way.
      attempt(made, slot, attempts < 4 ? BS / 2 : 0);
    }),
  );
  const { measurement } = made;
  expect([attempts, measurement.ios, measurement.bytes, measurement.shortIos]).toEqual([
    4,
    2,
    1.5 * BS,
    1,
  ]);
});

test('the first failure ends the job, and is told', () => {
  const made = rig({ access: 'write', ios: 4 });
  let calls = 0;
  made.loop.runSynchronous(
    synchronous((slot) => {
      calls += 1;
      attempt(made, slot, 0, calls === 2 ? Errno.ENOSPC : 0);
      if (calls !== 2) attempt(made, slot, BS);
    }),
  );
  expect([calls, made.measurement.ios, made.measurement.errorIos]).toEqual([2, 1, 1]);
  expect(made.loop.failure).toBe(
    'ENOSPC: pread, write of 4096 bytes at 4096 (the file system is full)',
  );
});

test('with continue_on_error the job goes on, and still tells the first', () => {
  const made = rig({ ios: 4, continueOnError: true });
  let calls = 0;
  made.loop.runSynchronous(
    synchronous((slot) => {
      calls += 1;
      attempt(made, slot, calls % 2 === 0 ? 0 : BS, calls % 2 === 0 ? Errno.EIO : 0);
    }),
  );
  expect([made.measurement.ios, made.measurement.errorIos]).toEqual([2, 2]);
  expect(made.loop.failure).toBe('EIO: pread, read of 4096 bytes at 4096');
});

test('a copy that may falls back, and is noted when it is done', () => {
  const policy: PathPolicy = { paths: [OFFLOAD, READ_WRITE], fallback: 'unsupported' };
  const made = rig({ access: 'copy', ios: 3, policy });
  made.loop.runSynchronous(
    synchronous((slot) => {
      const offload = made.attempts.path[slot] === OFFLOAD;
      attempt(made, slot, offload ? 0 : BS, offload ? Errno.EXDEV : 0);
    }),
  );
  const { measurement, noted } = made;
  expect([measurement.readWriteBytes, measurement.fallbacks, noted]).toEqual([
    3 * BS,
    3,
    [BS, BS, BS],
  ]);
});

test('syncs come after so many writes, and at the end', () => {
  const made = rig({ access: 'write', ios: 5, sync: { fdatasync: 2, endFsync: true } });
  made.loop.runSynchronous(synchronous((slot) => attempt(made, slot, BS)));
  expect(made.synced).toEqual(['fdatasync', 'fdatasync', 'fsync']);
});

/** The loop looks at the control block once in a millisecond. */
function stopAndWait(control: Control): void {
  control.stop();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}

test('a stop ends the job after what is under way', () => {
  const made = rig({ ios: 100 });
  let calls = 0;
  made.loop.runSynchronous(
    synchronous((slot) => {
      calls += 1;
      if (calls === 3) stopAndWait(made.control);
      attempt(made, slot, BS);
    }),
  );
  expect([calls, made.measurement.ios]).toEqual([3, 3]);
});

test.each([
  { depth: 4, ios: 9, batch: BATCH },
  { depth: 4, ios: 9, batch: { ...BATCH, batch: 4, completeMin: 2, completeMax: 4 } },
  { depth: 8, ios: 50, batch: { ...BATCH, batch: 3, completeMin: 5, completeMax: 2 } },
  { depth: 1, ios: 3, batch: { ...BATCH, stamps: 'batch' } as const },
  { depth: 16, ios: 5, batch: { ...BATCH, batch: 16, completeMin: 16, completeMax: 16 } },
])('$ios at depth $depth in batches $batch: each once, never deeper', ({ depth, ios, batch }) => {
  const made = rig({ depth, ios });
  const offsets: number[] = [];
  const engine = new Queue(depth, (slot) => {
    offsets.push((made.workload.slots.offsetBytes[slot] ?? -1) / BS);
    attempt(made, slot, BS);
  });
  made.loop.runAsynchronous(engine, batch);
  expect(offsets.toSorted((a, b) => a - b)).toEqual(Array.from({ length: ios }, (_, at) => at));
  expect(engine.deepest).toBe(Math.min(depth, ios));
  expect([made.measurement.ios, made.measurement.lat.count]).toEqual([ios, ios]);
});

test('fills to its depth first, then one for each that ended', () => {
  const made = rig({ depth: 3, ios: 5 });
  const engine = new Queue(3, (slot) => attempt(made, slot, BS));
  made.loop.runAsynchronous(engine, BATCH);
  expect(engine.log).toEqual([
    'submit 1',
    'submit 1',
    'submit 1',
    'reap 1',
    'submit 1',
    'reap 1',
    'submit 1',
    'reap 1',
    'reap 1',
    'reap 1',
  ]);
});

test('short I/Os at depth are queued again until they are whole', () => {
  const made = rig({ depth: 4, ios: 12 });
  const engine = new Queue(4, (slot) => attempt(made, slot, BS / 4));
  made.loop.runAsynchronous(engine, { ...BATCH, batch: 4, completeMin: 3, completeMax: 4 });
  expect([made.measurement.ios, made.measurement.bytes, made.measurement.shortIos]).toEqual([
    12,
    12 * BS,
    0,
  ]);
});

test('a failure at depth stops the job when what is under way has ended', () => {
  const made = rig({ depth: 4, ios: 100 });
  let ended = 0;
  const engine = new Queue(4, (slot) => {
    ended += 1;
    attempt(made, slot, ended === 2 ? 0 : BS, ended === 2 ? Errno.EIO : 0);
  });
  made.loop.runAsynchronous(engine, BATCH);
  expect([ended, made.measurement.ios, made.measurement.errorIos]).toEqual([5, 4, 1]);
  expect(made.loop.failure).toContain('EIO');
});

test('the syncs of a log that is replayed stand behind their I/Os, reads too', () => {
  const iolog = {
    ios: 3,
    direction: Uint8Array.of(WRITE, READ, WRITE),
    file: new Uint16Array(3),
    offsetBytes: Float64Array.of(0, BS, 0),
    lengthBytes: new Float64Array(3).fill(BS),
    destOffsetBytes: new Float64Array(3),
    dueNs: new Float64Array(3),
    sync: Uint8Array.of(FSYNC, FDATASYNC, NO_SYNC),
  };
  const made = rig({ access: 'mixed', spec: { iolog } });
  const seen: number[] = [];
  made.loop.runSynchronous(
    synchronous((slot) => {
      seen.push(made.synced.length);
      attempt(made, slot, BS);
    }),
  );
  expect(made.synced).toEqual(['fsync', 'fdatasync']);
  expect(seen).toEqual([0, 1, 2]);
});

/** I/Os have ended when they are handed over, as those of a file in the page cache have. */
class Instant extends Queue {
  override reap(): number {
    return super.reap(this.pending);
  }
}

test.each([
  { completeMin: 1, deepest: 8 },
  { completeMin: 0, deepest: 1 },
])('with completeMin=$completeMin the depth comes to $deepest, as in fio', (asked) => {
  const made = rig({ depth: 8, ios: 24 });
  const engine = new Instant(8, (slot) => attempt(made, slot, BS));
  made.loop.runAsynchronous(engine, { ...BATCH, completeMin: asked.completeMin });
  expect([engine.deepest, made.measurement.ios]).toEqual([asked.deepest, 24]);
});

test('iodepth_low: filled in batches to its depth, then emptied so far', () => {
  const made = rig({ depth: 4, ios: 10, spec: { iodepthLow: 1 } });
  const engine = new Queue(4, (slot) => attempt(made, slot, BS));
  made.loop.runAsynchronous(engine, { ...BATCH, batch: 2 });
  expect(engine.log).toEqual([
    'submit 2',
    'submit 2',
    'reap 1',
    'reap 1',
    'reap 1',
    'submit 2',
    'submit 1',
    'reap 1',
    'reap 1',
    'reap 1',
    'submit 2',
    'submit 1',
    'reap 1',
    'reap 1',
    'reap 1',
    'reap 1',
  ]);
});

test('a sync that fails ends the job, unless errors of writes do not', () => {
  const failing = (continueOnError: boolean) => {
    const made = rig({
      access: 'write',
      ios: 4,
      sync: { fsync: 1 },
      continueOnError,
      syncErrno: -5,
    });
    made.loop.runSynchronous(synchronous((slot) => attempt(made, slot, BS)));
    return [made.measurement.ios, made.loop.failure === null];
  };
  expect([failing(false), failing(true)]).toEqual([
    [1, false],
    [4, false],
  ]);
});
