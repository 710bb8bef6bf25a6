/** One copy in slot 0 of a job, on a fake device: what the stages of its paths are given. */

import type { BlockDevice } from '../../src/block/block-device.ts';
import { CopyPlace, type CopyStage } from '../../src/engine/copy-stage.ts';
import type { WorkloadSpec } from '../../src/workload/spec.ts';
import type { Workload } from '../../src/workload/workload.ts';
import { BlockWorld, type BlockWorldOptions } from './fake-driver.ts';
import { aWorkload } from './workload-spec.ts';

/** Copies of `numRange` ranges of 4 KiB (8 sectors), from sector 0 on to sector 2048 on. */
export class OneCopy {
  readonly world: BlockWorld;
  readonly workload: Workload;
  readonly place: CopyPlace;
  /** When the stage has ended, each time. */
  readonly ended: number[] = [];

  constructor(
    spec: Partial<WorkloadSpec> = {},
    options: BlockWorldOptions = {},
    destination?: (world: BlockWorld) => BlockDevice,
  ) {
    this.world = new BlockWorld(options);
    this.workload = aWorkload({ access: 'copy', ...spec });
    this.workload.begin(0);
    this.workload.next(0, 0);
    this.place = new CopyPlace(this.workload, 0, {
      source: this.world.queue,
      destination: destination === undefined ? this.world.queue : destination(this.world),
    });
    this.place.begin();
  }

  readonly whenEnded = (atNs: number): void => {
    this.ended.push(atNs + 0);
  };

  /** Submits and sends all of the present submission, as the job's process does. */
  send(stage: CopyStage): void {
    let more = stage.submit(this.world.plug);
    this.world.plug.flush();
    while (more) {
      more = stage.submit(this.world.plug);
      this.world.plug.flush();
    }
    stage.sent(this.world.simulation.nowNs);
  }
}
