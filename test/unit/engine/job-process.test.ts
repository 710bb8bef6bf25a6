import { expect, test } from 'vitest';
import type { Plug } from '../../../src/block/plug.ts';
import { JobProcess } from '../../../src/engine/job-process.ts';
import type { Batches, CopyCheck } from '../../../src/engine/process-options.ts';
import type { SlotIo, StageOwner } from '../../../src/engine/slot-io.ts';
import { Host, type HostCosts } from '../../../src/host/host.ts';
import { HostMemory } from '../../../src/host/memory.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { Timer } from '../../../src/sim/timer.ts';
import { READ } from '../../../src/workload/slots.ts';
import { Status } from '../../../src/workload/status.ts';
import type { WorkloadSpec } from '../../../src/workload/spec.ts';
import type { Workload } from '../../../src/workload/workload.ts';
import { FREE } from '../../support/fake-driver.ts';
import { aWorkload, errorsEnd } from '../../support/workload-spec.ts';

const COSTS: HostCosts = {
  ...FREE,
  cpus: 1,
  applicationNs: 300,
  syscallNs: 200,
  contextSwitchNs: 1500,
};
const IO_NS = 10_000;

interface Options {
  readonly spec?: Partial<WorkloadSpec>;
  readonly synchronous?: boolean;
  readonly batches?: Partial<Batches>;
  readonly check?: CopyCheck;
  /** Submissions of each stage, and stages of each I/O. */
  readonly submissions?: number;
  readonly stages?: number;
  /** Ends inside the call that sends it. */
  readonly inline?: boolean;
  readonly status?: (nth: number) => Status;
}

/** An I/O that takes IO_NS a stage and says what is done with it. */
class FakeIo implements SlotIo {
  doneBytes = 0;
  status: Status = Status.OK;
  credits = 0;
  private readonly world: OneProcess;
  private readonly slot: number;
  private readonly owner: StageOwner;
  private readonly timer: Timer;
  private submissions = 0;
  private stages = 0;

  constructor(world: OneProcess, slot: number, owner: StageOwner) {
    this.world = world;
    this.slot = slot;
    this.owner = owner;
    this.timer = new Timer(this, 0, 0);
  }

  begin(): void {
    this.stages = 0;
    this.submissions = 0;
  }

  submit(plug: Plug): boolean {
    plug.charge(this.world.workload.measurement(READ).account, 10);
    this.submissions += 1;
    this.world.log.push(`${this.world.now} build ${this.slot}`);
    return this.submissions < (this.world.options.submissions ?? 1);
  }

  sent(atNs: number): void {
    this.submissions = 0;
    this.world.log.push(`${this.world.now} sent ${this.slot}`);
    if (this.world.options.inline === true) this.owner.stageEnded(this.slot, atNs);
    else this.world.simulation.schedule(this.timer, atNs + IO_NS);
  }

  fire(): void {
    this.owner.stageEnded(this.slot, this.world.now);
  }

  reaped(): boolean {
    this.stages += 1;
    if (this.stages < (this.world.options.stages ?? 1)) return false;
    this.status = this.world.options.status?.(this.world.workload.ended) ?? Status.OK;
    this.doneBytes = this.status === Status.OK ? 4096 : 0;
    this.world.log.push(`${this.world.now} reaped ${this.slot}`);
    return true;
  }

  credit(): void {
    this.credits += 1;
  }
}

/** One process on one CPU. */
class OneProcess {
  readonly simulation = new Simulation();
  readonly host: Host;
  readonly workload: Workload;
  readonly process: JobProcess;
  readonly ios: FakeIo[] = [];
  readonly log: string[] = [];
  readonly options: Options;
  endedNs = -1;

  constructor(options: Options) {
    this.options = options;
    const memory = new HostMemory({ unitBytes: 512, contentBytes: 0 });
    this.host = new Host('host', COSTS, memory, this.simulation);
    this.workload = aWorkload(options.spec ?? {});
    this.process = new JobProcess({
      workload: this.workload,
      host: this.host,
      cpu: 0,
      synchronous: options.synchronous ?? false,
      batches: { batch: 1, completeMin: 1, completeMax: 1, ...options.batches },
      check: options.check ?? null,
      makeIo: (slot, owner) => {
        const io = new FakeIo(this, slot, owner);
        this.ios.push(io);
        return io;
      },
      ended: () => {
        this.endedNs = this.now;
      },
    });
    this.process.start(0);
    while (this.simulation.step());
  }

  get now(): number {
    return this.simulation.nowNs + 0;
  }

  get latencies(): number[] {
    const { slat, clat, lat } = this.workload.measurement(READ);
    return [slat.meanNs, clat.meanNs, lat.meanNs];
  }
}

test('submits while a slot is free, then reaps one and submits again, then sleeps', () => {
  const one = new OneProcess({ spec: { depth: 2, numberIos: 3 } });
  expect(one.log).toEqual([
    '0 build 0',
    '510 sent 0',
    '510 build 1',
    '1020 sent 1',
    // Asleep until the first ends at 10510; awake 1500 later.
    '12010 reaped 0',
    '12010 build 0',
    '12720 sent 0',
    '12720 reaped 1',
    // Its reap took a system call; nothing more to do until 22720.
    '24220 reaped 0',
  ]);
  expect(one.workload.measurement(READ).ios).toBe(3);
  expect(one.process.running).toBe(false);
});

test('submission ends when its call returns, completion when the call that reaps does', () => {
  const one = new OneProcess({ spec: { numberIos: 1 } });
  // Stamped at 300, sent at 510, ended at 10510, awake at 12010, reaped at 12210.
  expect(one.latencies).toEqual([210, 11_700, 11_910]);
});

test('a synchronous engine waits inside its call: reaping costs nothing more', () => {
  const one = new OneProcess({ spec: { numberIos: 2 }, synchronous: true });
  expect(one.log).toEqual([
    '0 build 0',
    '510 sent 0',
    '12010 reaped 0',
    '12010 build 0',
    '12520 sent 0',
    '24020 reaped 0',
  ]);
  expect(one.latencies).toEqual([210, 11_500, 11_710]);
});

test('every cost is charged to the direction of the I/O', () => {
  const one = new OneProcess({ spec: { numberIos: 2 } });
  // Choose, submit, build, wake, reap: each once an I/O.
  expect(one.workload.measurement(READ).account.hostCpuNs).toBe(2 * (300 + 200 + 10 + 1500 + 200));
});

test('an I/O that ends inside its call is reaped without sleep', () => {
  const one = new OneProcess({ spec: { numberIos: 2 }, inline: true });
  expect(one.log).toEqual([
    '0 build 0',
    '510 sent 0',
    '510 reaped 0',
    '510 build 0',
    '1220 sent 0',
    '1220 reaped 0',
  ]);
  // The last reap takes a system call's time too.
  expect(one.endedNs).toBe(1420);
});

test('each part of a submission is a slice of its own, and only the last one returns', () => {
  const one = new OneProcess({ spec: { numberIos: 1 }, submissions: 3 });
  expect(one.log.slice(0, 4)).toEqual(['0 build 0', '510 build 0', '520 build 0', '530 sent 0']);
  expect(one.latencies[0]).toBe(230);
});

test('an I/O of two stages is reaped and submitted twice, and submission latency is the first', () => {
  const one = new OneProcess({ spec: { numberIos: 1 }, stages: 2 });
  expect(one.log).toEqual([
    '0 build 0',
    '510 sent 0',
    '12010 build 0',
    '12420 sent 0',
    '23920 reaped 0',
  ]);
  expect(one.latencies[0]).toBe(210);
  expect(one.workload.measurement(READ).ios).toBe(1);
});

test('the second stage of an I/O goes before a new I/O', () => {
  const one = new OneProcess({ spec: { depth: 2, numberIos: 4 }, stages: 2, inline: true });
  expect(
    one.log.filter((line) => line.includes('build')).map((line) => line.split(' ')[2]),
  ).toEqual(['0', '1', '0', '1', '0', '1', '0', '1']);
});

test('after a failure nothing more is issued, and what is out is reaped', () => {
  const one = new OneProcess({
    spec: { depth: 4, offsetBytes: 40_960 },
    status: (nth) => (nth === 1 ? Status.MEDIUM : Status.OK),
  });
  const measured = one.workload.measurement(READ);
  expect(one.process.failure).toEqual({
    status: Status.MEDIUM,
    direction: READ,
    offsetBytes: 40_960 + 4096,
    file: 0,
    lengthBytes: 4096,
  });
  // Four at first, one more when the first was reaped.
  expect([measured.ios, measured.errorIos, one.process.running]).toEqual([4, 1, false]);
});

test('the failure that is kept is the first', () => {
  const one = new OneProcess({
    spec: { depth: 4 },
    status: (nth) => [Status.IOERR, Status.MEDIUM, Status.TARGET][nth] ?? Status.OK,
  });
  expect(one.process.failure?.status).toBe(Status.IOERR);
  expect(one.workload.measurement(READ).errorIos).toBe(3);
});

test('with continueOnError all is done, and the first failure is kept', () => {
  const one = new OneProcess({
    spec: { depth: 2, numberIos: 6, continueOnError: errorsEnd(false) },
    status: (nth) => (nth === 1 || nth === 3 ? Status.MEDIUM : Status.OK),
  });
  const measured = one.workload.measurement(READ);
  expect([measured.ios, measured.errorIos]).toEqual([4, 2]);
  expect(one.process.failure).toMatchObject({ status: Status.MEDIUM, offsetBytes: 4096 });
});

test('whoever checks the copies is told of each, before it begins and after it has ended', () => {
  const told: string[] = [];
  const check = {
    issued: (slot: number) => void told.push(`issued ${slot}`),
    ended: (slot: number, doneBytes: number) => void told.push(`ended ${slot} ${doneBytes}`),
  };
  const one = new OneProcess({ spec: { numberIos: 2 }, check });
  expect(told).toEqual(['issued 0', 'ended 0 4096', 'issued 0', 'ended 0 4096']);
  expect(one.ios[0]?.credits).toBe(2);
});

test('runs out its time', () => {
  const one = new OneProcess({ spec: { runtimeNs: 50_000, timeBased: true }, synchronous: true });
  // An I/O every 12010 ns, the last one begun at 48340.
  expect([one.workload.measurement(READ).ios, one.endedNs]).toEqual([5, 60_050]);
});

test('a batch is prepared one by one, and goes out with one call', () => {
  const batches = { batch: 2, completeMin: 2, completeMax: 2 };
  const one = new OneProcess({ spec: { depth: 2, numberIos: 4 }, batches });
  expect(one.log).toEqual([
    // Two times 300 to choose, then one call of 200 and 10 for each.
    '0 build 0',
    '0 build 1',
    '820 sent 0',
    '820 sent 1',
    // Both end at 10820; it is woken once, and one call reaps both.
    '12320 reaped 0',
    '12320 reaped 1',
    '12320 build 0',
    '12320 build 1',
    '13340 sent 0',
    '13340 sent 1',
    '24840 reaped 0',
    '24840 reaped 1',
  ]);
  // Stamped at 300 and 600, sent at 820; the second time 200 later, for the reap.
  expect(one.workload.measurement(READ).slat.maxNs).toBe(520);
  expect(one.workload.measurement(READ).slat.minNs).toBe(220);
});

test('what is left when the depth is reached goes by itself, and each part in its own slice', () => {
  const batches = { batch: 2 };
  const one = new OneProcess({ spec: { depth: 3, numberIos: 3 }, batches, submissions: 2 });
  expect(one.log).toEqual([
    '0 build 0',
    // The second part of the first I/O, and the first part of the second.
    '810 build 0',
    '810 build 1',
    '830 build 1',
    '840 sent 0',
    '840 sent 1',
    '840 build 2',
    '1350 build 2',
    '1360 sent 2',
    '12340 reaped 0',
    '12340 reaped 1',
    '12340 reaped 2',
  ]);
});

test('it sleeps until as many have ended as it reaps, or as are out', () => {
  const batches = { batch: 1, completeMin: 3, completeMax: 3 };
  const one = new OneProcess({ spec: { depth: 4, numberIos: 5 }, batches });
  const times = one.log.flatMap((line) => (line.includes('reaped') ? [line.split(' ')[0]] : []));
  // The third ends at 11530; the last two are all that is left.
  expect(times).toEqual(['13030', '13030', '13030', '25240', '25240']);
});

test('who polls asks behind each submission, and sleeps where the depth is reached', () => {
  const batches = { batch: 1, completeMin: 0, completeMax: 1 };
  const one = new OneProcess({ spec: { depth: 2, numberIos: 3 }, batches });
  expect(one.log).toEqual([
    '0 build 0',
    '510 sent 0',
    // A call that finds nothing.
    '510 build 1',
    '1220 sent 1',
    '12010 reaped 0',
    '12010 build 0',
    '12720 sent 0',
    '12720 reaped 1',
    '24220 reaped 0',
  ]);
  // Choose, submit and build three; poll three times; wake twice, reap twice.
  expect(one.workload.measurement(READ).account.hostCpuNs).toBe(3 * 510 + 3 * 200 + 2 * 1700);
});
