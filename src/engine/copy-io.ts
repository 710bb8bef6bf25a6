/**
 * A copy: asked for on its path and, where the job allows a fallback, on the next one for what is
 * left. A path that was left keeps the bytes it has served (the good prefix), and the record counts
 * both.
 *
 * The paths themselves are one file each: offload-stage.ts, emulation-stage.ts,
 * read-write-stage.ts.
 */

import type { Plug } from '../block/plug.ts';
import { assert, present } from '../units/assert.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import { errnoOf, Status } from '../workload/status.ts';
import type { SlotIo, StageOwner } from './slot-io.ts';
import type { CopyPlace, CopyStage } from './copy-stage.ts';

export type Path = 'offload' | 'emulation' | 'read-write';
export type Fallback = 'never' | 'unsupported' | 'error';

/** Makes the stage of a path when it is first needed. */
export type StageMaker = (path: Path, ended: (atNs: Nanoseconds) => void) => CopyStage;

const NEXT: Readonly<Record<Path, Path | null>> = {
  offload: 'emulation',
  emulation: 'read-write',
  'read-write': null,
};

export class CopyIo implements SlotIo {
  doneBytes: Bytes = 0;
  status: Status = Status.OK;
  private readonly slot: number;
  private readonly owner: StageOwner;
  private readonly place: CopyPlace;
  private readonly firstPath: Path;
  private readonly fallback: Fallback;
  private readonly makeStage: StageMaker;
  private readonly stages = new Map<Path, CopyStage>();
  private readonly served: Record<Path, Bytes> = { offload: 0, emulation: 0, 'read-write': 0 };
  private readonly reasons: string[] = [];
  private path: Path;
  private stage: CopyStage | null = null;

  constructor(
    slot: number,
    owner: StageOwner,
    place: CopyPlace,
    options: { readonly path: Path; readonly fallback: Fallback; readonly makeStage: StageMaker },
  ) {
    this.slot = slot;
    this.owner = owner;
    this.place = place;
    this.firstPath = options.path;
    this.path = options.path;
    this.fallback = options.fallback;
    this.makeStage = options.makeStage;
  }

  begin(): void {
    this.doneBytes = 0;
    this.status = Status.OK;
    this.served.offload = 0;
    this.served.emulation = 0;
    this.served['read-write'] = 0;
    this.reasons.length = 0;
    this.place.begin();
    this.enter(this.firstPath);
  }

  submit(plug: Plug): boolean {
    return this.present.submit(plug);
  }

  sent(atNs: Nanoseconds): void {
    this.present.sent(atNs);
  }

  reaped(): boolean {
    const stage = this.present;
    if (!stage.reaped()) return false;
    this.served[this.path] += stage.doneBytes;
    this.doneBytes += stage.doneBytes;
    this.status = stage.status;
    if (stage.status === Status.OK) {
      assert(this.doneBytes === this.place.totalBytes, 'a copy that ended well is whole');
      return true;
    }
    const next = this.nextPath(stage.status);
    if (next === null) return true;
    this.reasons.push(`${this.path}: ${stage.reason ?? errnoOf(stage.status)}`);
    this.enter(next);
    return false;
  }

  credit(): void {
    const { measurement } = this.place;
    measurement.offloadBytes += this.served.offload;
    measurement.emulationBytes += this.served.emulation;
    measurement.readWriteBytes += this.served['read-write'];
    for (const reason of this.reasons) measurement.fellBack(reason);
  }

  private nextPath(status: Status): Path | null {
    if (this.fallback === 'never') return null;
    if (this.fallback === 'unsupported' && status !== Status.NOTSUPP) return null;
    return NEXT[this.path];
  }

  private enter(path: Path): void {
    this.path = path;
    let stage = this.stages.get(path);
    if (stage === undefined) {
      stage = this.makeStage(path, (atNs) => this.owner.stageEnded(this.slot, atNs));
      this.stages.set(path, stage);
    }
    this.stage = stage;
    stage.begin(this.doneBytes);
  }

  private get present(): CopyStage {
    return present(this.stage, 'the stage of a copy that has begun');
  }
}
