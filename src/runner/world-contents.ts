/** The verification of a simulated job: told of each I/O beside the check of copies. */

import type { CopyCheck } from '../engine/process-options.ts';
import { NamedContents } from '../engine/named-contents.ts';
import type { JobPlan } from '../job/plan.ts';
import { present } from '../units/assert.ts';
import type { Workload } from '../workload/workload.ts';
import type { JobPlace } from './slot-ios.ts';
import type { Outside } from './world-check.ts';

export interface WorldContentsSetting {
  readonly plan: JobPlan;
  readonly workload: Workload;
  readonly clone: number;
  readonly repetition: number;
  /** By file. */
  readonly places: readonly JobPlace[];
  readonly outside: Outside;
  /** Told too; null: nobody else is. */
  readonly check: CopyCheck | null;
}

export class WorldContents implements CopyCheck {
  readonly contents: NamedContents;
  /** Of the first block that was wrong. */
  failure: string | null = null;
  private readonly setting: WorldContentsSetting;
  /** Wrong content ends the job. */
  private readonly stops: boolean;

  constructor(setting: WorldContentsSetting) {
    const { clone, places, plan, repetition, workload } = setting;
    const { fatal, method, number, seed } = present(plan.verification, 'a job that verifies');
    const phase = present(workload.verification, 'a workload that verifies');
    const { content } = present(places[0], 'a device of the job').device;
    this.setting = setting;
    this.stops = fatal || !plan.ends.continueOnVerify;
    this.contents = new NamedContents(workload.slots, phase, {
      name: method,
      unitBytes: content.unitBytes,
      devices: places.map(({ device }) => device.name),
      ofWrite: seed && number,
      blind: method === 'null',
      seeds: [plan.seed, clone, repetition],
    });
  }

  issued(slot: number): void {
    const { check, outside } = this.setting;
    check?.issued(slot);
    outside(() => this.contents.fill(slot));
  }

  ended(slot: number, doneBytes: number): void {
    const { check, outside, workload } = this.setting;
    check?.ended(slot, doneBytes);
    const problem = outside(() => this.contents.check(slot, doneBytes));
    if (problem === null) return;
    this.failure ??= problem;
    if (this.stops) workload.stop();
  }
}

/** null: the job verifies nothing. */
export function worldContents(setting: WorldContentsSetting): WorldContents | null {
  const { plan } = setting;
  return plan.verification === null ? null : new WorldContents(setting);
}
