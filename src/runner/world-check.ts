/**
 * The check of what a simulated job copies: told of each I/O, by the file that it goes to, so that
 * destinations can be held against sources when the job has ended. Whoever writes says so, also in
 * jobs that are not checked themselves.
 */

import type { CopyCheck } from '../engine/process-options.ts';
import type { JobPlan } from '../job/plan.ts';
import { rwMeaning } from '../job/rw.ts';
import { present } from '../units/assert.ts';
import { Expectation } from '../workload/expectation.ts';
import { type WriteLedger, WriteMarks } from '../workload/write-ledger.ts';
import type { Workload } from '../workload/workload.ts';
import type { JobPlace } from './slot-ios.ts';
import { regionsOf } from './workload-spec.ts';

/** Does work that takes no measured time: in wall time the clock stands still meanwhile. */
export type Outside = <T>(work: () => T) => T;

export interface WorldCheckSetting {
  readonly plan: JobPlan;
  readonly workload: Workload;
  readonly clone: number;
  /** By file. */
  readonly places: readonly JobPlace[];
  /** By device. */
  readonly ledgers: ReadonlyMap<string, WriteLedger>;
  readonly outside: Outside;
}

/** Whether the destination of a job's copies is held against their sources. */
export function checksCopies(plan: JobPlan): boolean {
  const copies = rwMeaning(plan.rw).access === 'copy';
  return copies && plan.verify === 'copy' && plan.ioengine !== 'null';
}

export class WorldCheck implements CopyCheck {
  private readonly outside: Outside;
  private readonly file: Uint16Array;
  /** By file; none: the job is told of, and not checked. */
  private readonly expectations: readonly Expectation[];
  /** By file: who is told. */
  private readonly told: readonly CopyCheck[];

  constructor(setting: WorldCheckSetting) {
    const { plan, workload, places, ledgers } = setting;
    this.outside = setting.outside;
    this.file = workload.slots.file;
    this.expectations = checksCopies(plan) ? expectationsOf(setting) : [];
    const marks = (name: string): WriteMarks =>
      new WriteMarks(workload.slots, ledgerOf(ledgers, name));
    this.told =
      this.expectations.length > 0
        ? this.expectations
        : places.map(({ destDevice }) => marks(destDevice.name));
  }

  issued(slot: number): void {
    this.outside(() => this.of(slot).issued(slot));
  }

  ended(slot: number, doneBytes: number): void {
    this.outside(() => this.of(slot).ended(slot, doneBytes));
  }

  /** Logical blocks of the destinations that do not hold what they should; null: not checked. */
  errors(): number | null {
    if (this.expectations.length === 0) return null;
    return this.outside(() =>
      this.expectations.reduce((sum, expectation) => sum + expectation.errors(), 0),
    );
  }

  private of(slot: number): CopyCheck {
    return present(this.told[this.file[slot] ?? 0], 'somebody is told of each file');
  }
}

function expectationsOf({ plan, workload, clone, places, ledgers }: WorldCheckSetting) {
  return regionsOf(plan, clone).map(({ destOffsetBytes, sizeBytes }, file) => {
    const { device, destDevice } = present(places[file], 'a place for each file');
    return new Expectation(
      workload.slots,
      { content: device.content, ledger: ledgerOf(ledgers, device.name) },
      { content: destDevice.content, ledger: ledgerOf(ledgers, destDevice.name) },
      {
        offsetBytes: destOffsetBytes,
        sizeBytes,
        blockBytes: destDevice.blockDevice.limits.logicalBlockBytes,
      },
    );
  });
}

function ledgerOf(ledgers: ReadonlyMap<string, WriteLedger>, name: string): WriteLedger {
  return present(ledgers.get(name), `the ledger of ${name}`);
}
