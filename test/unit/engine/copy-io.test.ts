import { expect, test } from 'vitest';
import { CopyIo, type Fallback, type Path } from '../../../src/engine/copy-io.ts';
import type { CopyStage } from '../../../src/engine/copy-stage.ts';
import { Status } from '../../../src/workload/status.ts';
import { OneCopy } from '../../support/one-copy.ts';

const COPY_BYTES = 4 * 4096;

interface Outcome {
  readonly doneBytes: number;
  readonly status: Status;
  readonly reason?: string;
  /** Submissions it wants; 1 unless it says otherwise. */
  readonly turns?: number;
}

/** A path that does as it is told. */
class FakeStage implements CopyStage {
  doneBytes = 0;
  status: Status = Status.OK;
  reason: string | null = null;
  readonly begun: number[] = [];
  private readonly outcome: Outcome;
  private readonly ended: (atNs: number) => void;
  private turns = 0;

  constructor(outcome: Outcome, ended: (atNs: number) => void) {
    this.outcome = outcome;
    this.ended = ended;
  }

  begin(fromBytes: number): void {
    this.begun.push(fromBytes);
    this.turns = 0;
  }

  submit(): boolean {
    return false;
  }

  sent(atNs: number): void {
    this.ended(atNs);
  }

  reaped(): boolean {
    this.turns += 1;
    if (this.turns < (this.outcome.turns ?? 1)) return false;
    this.doneBytes = this.outcome.doneBytes;
    this.status = this.outcome.status;
    this.reason = this.outcome.reason ?? null;
    return true;
  }
}

const NEVER: Outcome = { doneBytes: 0, status: Status.IOERR, reason: 'never asked for' };

/** A copy of 16 KiB, as a process would drive it. */
class Driven {
  readonly io: CopyIo;
  readonly stages = new Map<Path, FakeStage>();
  readonly one = new OneCopy({ numRange: 4 });
  turns = 0;

  constructor(path: Path, fallback: Fallback, outcomes: Partial<Record<Path, Outcome>>) {
    const owner = { stageEnded: () => {} };
    const makeStage = (each: Path, ended: (atNs: number) => void): FakeStage => {
      expect(this.stages.has(each)).toBe(false);
      const stage = new FakeStage(outcomes[each] ?? NEVER, ended);
      this.stages.set(each, stage);
      return stage;
    };
    this.io = new CopyIo(0, owner, this.one.place, { path, fallback, makeStage });
    this.run();
  }

  run(): void {
    this.io.begin();
    do {
      this.turns += 1;
      this.io.submit(this.one.world.plug);
      this.io.sent(0);
    } while (!this.io.reaped());
    this.io.credit();
  }

  get served(): number[] {
    const { offloadBytes, emulationBytes, readWriteBytes } = this.one.place.measurement;
    return [offloadBytes, emulationBytes, readWriteBytes];
  }

  get reasons(): [string, number][] {
    return [...this.one.place.measurement.fallbackReasons];
  }
}

const WHOLE: Outcome = { doneBytes: COPY_BYTES, status: Status.OK };

test.each<[Path, number[]]>([
  ['offload', [COPY_BYTES, 0, 0]],
  ['emulation', [0, COPY_BYTES, 0]],
  ['read-write', [0, 0, COPY_BYTES]],
])('a copy on path=%s is served by that path alone', (path, served) => {
  const driven = new Driven(path, 'error', { [path]: WHOLE });
  expect(driven.served).toEqual(served);
  expect(driven.io).toMatchObject({ doneBytes: COPY_BYTES, status: Status.OK });
  expect([driven.stages.size, driven.one.place.measurement.fallbacks]).toEqual([1, 0]);
});

test.each<[Fallback, Status, boolean]>([
  ['never', Status.NOTSUPP, false],
  ['never', Status.IOERR, false],
  ['unsupported', Status.NOTSUPP, true],
  ['unsupported', Status.IOERR, false],
  ['error', Status.NOTSUPP, true],
  ['error', Status.IOERR, true],
])('fallback=%s, status %d: goes on %j', (fallback, status, goesOn) => {
  const offload = { doneBytes: 4096, status };
  const emulation = { doneBytes: COPY_BYTES - 4096, status: Status.OK };
  const driven = new Driven('offload', fallback, { offload, emulation });
  expect(driven.served).toEqual(goesOn ? [4096, COPY_BYTES - 4096, 0] : [4096, 0, 0]);
  expect(driven.io.status).toBe(goesOn ? Status.OK : status);
  expect(driven.io.doneBytes).toBe(goesOn ? COPY_BYTES : 4096);
  expect(driven.one.place.measurement.fallbacks).toBe(goesOn ? 1 : 0);
});

test('each path takes over what is left, and keeps what it has served', () => {
  const driven = new Driven('offload', 'error', {
    offload: { doneBytes: 4096, status: Status.TARGET },
    emulation: { doneBytes: 8192, status: Status.MEDIUM },
    'read-write': { doneBytes: 4096, status: Status.OK },
  });
  expect(driven.served).toEqual([4096, 8192, 4096]);
  expect(driven.stages.get('emulation')?.begun).toEqual([4096]);
  expect(driven.stages.get('read-write')?.begun).toEqual([12_288]);
  expect(driven.reasons).toEqual([
    ['offload: EREMOTEIO', 1],
    ['emulation: ENODATA', 1],
  ]);
});

test('after the last path there is none: the copy failed with its good prefix', () => {
  const driven = new Driven('emulation', 'error', {
    emulation: { doneBytes: 4096, status: Status.MEDIUM },
    'read-write': { doneBytes: 0, status: Status.IOERR },
  });
  expect(driven.io).toMatchObject({ doneBytes: 4096, status: Status.IOERR });
  expect(driven.served).toEqual([0, 4096, 0]);
});

test('says why a path was left, where the status does not tell', () => {
  const offload = { doneBytes: 0, status: Status.NOTSUPP, reason: 'no copy domain' };
  const driven = new Driven('offload', 'unsupported', { offload, emulation: WHOLE });
  expect(driven.reasons).toEqual([['offload: no copy domain', 1]]);
});

test('a path may want several submissions', () => {
  const driven = new Driven('read-write', 'never', { 'read-write': { ...WHOLE, turns: 2 } });
  expect([driven.turns, driven.served]).toEqual([2, [0, 0, COPY_BYTES]]);
});

test('the next copy of the slot begins on the path of the job again, as new', () => {
  const driven = new Driven('offload', 'error', {
    offload: { doneBytes: 0, status: Status.IOERR },
    emulation: WHOLE,
  });
  driven.run();
  expect(driven.stages.get('offload')?.begun).toEqual([0, 0]);
  expect(driven.served).toEqual([0, 2 * COPY_BYTES, 0]);
  expect(driven.reasons).toEqual([['offload: EIO', 2]]);
});

test('a path that says it is done and is not is our own mistake', () => {
  const short = { doneBytes: 4096, status: Status.OK };
  expect(() => new Driven('offload', 'error', { offload: short })).toThrow(
    'a copy that ended well is whole',
  );
});
