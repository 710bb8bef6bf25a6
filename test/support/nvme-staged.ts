/**
 * The NVMe timing model once more, staged: one event per stage, a queue before each server, nothing
 * fused, nothing pooled. What src/device/nvme must give, told a second time and as plainly as
 * possible.
 */

import type { NvmeTiming } from '../../src/device/nvme/config.ts';

export interface StagedCommand {
  readonly kind: 'read' | 'write' | 'copy' | 'flush';
  readonly atNs: number;
  /** First byte on the media of what is read. */
  readonly fromByte: number;
  readonly bytes: number;
  readonly fua: boolean;
}

interface Due {
  readonly atNs: number;
  readonly order: number;
  readonly run: () => void;
}

class Clock {
  nowNs = 0;
  private readonly due: Due[] = [];
  private order = 0;

  /** Order among what is due at one instant. */
  ticket(): number {
    this.order += 1;
    return this.order;
  }

  after(ns: number, run: () => void, order: number = this.ticket()): void {
    this.due.push({ atNs: this.nowNs + ns, order, run });
  }

  run(): void {
    for (;;) {
      this.due.sort((a, b) => a.atNs - b.atNs || a.order - b.order);
      const next = this.due.shift();
      if (next === undefined) return;
      this.nowNs = next.atNs;
      next.run();
    }
  }
}

/** Two arrivals closer than this (ns) differ by rounding only. */
const TOGETHER_NS = 1e-6;

/** First come, first served, one at a time. */
class Server {
  /** Customers of two owners came at one instant: either order would be right. */
  ambiguous = false;
  private readonly clock: Clock;
  private lastNs = -1;
  private lastOwner: unknown = null;
  private readonly line: { ns: number; ticket: number; served: () => void }[] = [];
  private busy = false;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  serve(owner: unknown, ns: number, then: () => void): void {
    const nowNs = this.clock.nowNs;
    if (nowNs - this.lastNs < TOGETHER_NS && owner !== this.lastOwner) this.ambiguous = true;
    this.lastNs = nowNs;
    this.lastOwner = owner;
    // Its place among equals is that of its arrival, not of its turn: ties end in order of issue.
    this.line.push({ ns, ticket: this.clock.ticket(), served: then });
    if (!this.busy) this.next();
  }

  private next(): void {
    const customer = this.line.shift();
    this.busy = customer !== undefined;
    if (customer === undefined) return;
    const served = () => {
      // The next one begins before the one served goes on.
      this.next();
      customer.served();
    };
    this.clock.after(customer.ns, served, customer.ticket);
  }
}

interface Entering {
  left: number;
  readonly done: () => void;
  readonly sync: boolean;
}

export class StagedNvme {
  private readonly clock = new Clock();
  private readonly timing: NvmeTiming;
  private readonly toDevice = new Server(this.clock);
  private readonly toHost = new Server(this.clock);
  private readonly processor = new Server(this.clock);
  private readonly engine = new Server(this.clock);
  private readonly channels: Server[];
  private readonly dies: Server[];
  private readonly programming: boolean[];
  private room: number;
  private open = 0;
  private readonly entering: Entering[] = [];
  /** Passed at once by whoever comes to the cache: tells arrivals that come together. */
  private readonly gate = new Server(this.clock);
  /** Units closed and not started, by number. */
  private readonly toProgram: number[] = [];
  private closed = 0;
  private nextDie = 0;
  private readonly outstanding = new Set<number>();
  private waiting: { readonly units: Set<number>; readonly done: () => void }[] = [];

  constructor(timing: NvmeTiming) {
    this.timing = timing;
    this.channels = Array.from({ length: timing.channels }, () => new Server(this.clock));
    const dies = timing.channels * timing.diesPerChannel;
    this.dies = Array.from({ length: dies }, () => new Server(this.clock));
    this.programming = new Array<boolean>(dies).fill(false);
    this.room = timing.writeCacheBytes === 0 ? Infinity : timing.writeCacheBytes;
  }

  /** Whether some order was left to chance. */
  get ambiguous(): boolean {
    const servers = [this.toDevice, this.toHost, this.processor, this.engine, this.gate];
    return [...servers, ...this.channels, ...this.dies].some(({ ambiguous }) => ambiguous);
  }

  /** When the completion entry of each command reaches the host. */
  run(commands: readonly StagedCommand[]): number[] {
    const ended = commands.map(() => -1);
    commands.forEach((command, index) => {
      this.clock.after(command.atNs, () => {
        this.start(command, () => {
          ended[index] = this.clock.nowNs;
        });
      });
    });
    this.clock.run();
    return ended;
  }

  private start(command: StagedCommand, ended: () => void): void {
    const complete = () => this.push(command, 16, ended);
    this.pull(command, 64, () =>
      this.processor.serve(command, this.timing.commandNs, () => this.execute(command, complete)),
    );
  }

  private execute(command: StagedCommand, complete: () => void): void {
    const timing = this.timing;
    const cacheNs = timing.writeCacheBytes > 0 ? timing.writeCacheNs : 0;
    const pages = Math.ceil(command.bytes / 4096);
    const list = pages > 2 ? (pages - 1) * 8 : 0;
    switch (command.kind) {
      case 'read':
        this.clock.after(timing.firmwareReadNs, () => {
          if (list > 0) this.pull(command, list, () => {});
          this.read(command, (bytes, last) => {
            this.push(command, bytes, () => {});
            if (last) complete();
          });
        });
        return;
      case 'write':
        this.pull(command, command.bytes + list, () =>
          this.clock.after(cacheNs, () => this.admit(command, complete)),
        );
        return;
      case 'copy':
        this.pull(command, 32, () =>
          this.clock.after(timing.copySetupNs, () =>
            this.read(command, (bytes, last) =>
              this.engine.serve(command, bytes / timing.copyBytesPerNs, () => {
                if (last) this.clock.after(cacheNs, () => this.admit(command, complete));
              }),
            ),
          ),
        );
        return;
      case 'flush':
        this.gate.serve(command, 0, () => {});
        this.flush(complete);
    }
  }

  private pull(owner: unknown, bytes: number, then: () => void): void {
    const { pcieBytesPerNs, pcieLatencyNs } = this.timing;
    this.toDevice.serve(owner, bytes / pcieBytesPerNs, () => this.clock.after(pcieLatencyNs, then));
  }

  private push(owner: unknown, bytes: number, then: () => void): void {
    const { pcieBytesPerNs, pcieLatencyNs } = this.timing;
    this.toHost.serve(owner, bytes / pcieBytesPerNs, () => this.clock.after(pcieLatencyNs, then));
  }

  /** Page by page, one per die in flight. */
  private read(command: StagedCommand, page: (bytes: number, last: boolean) => void): void {
    const { pageBytes, channels, channelBytesPerNs, readNs } = this.timing;
    const parts: { die: number; bytes: number }[] = [];
    const end = command.fromByte + command.bytes;
    for (let at = command.fromByte; at < end; ) {
      const number = Math.floor(at / pageBytes);
      const bytes = Math.min(end, (number + 1) * pageBytes) - at;
      parts.push({ die: number % this.dies.length, bytes });
      at += bytes;
    }
    let left = parts.length;
    const issue = () => {
      const part = parts.shift();
      if (part === undefined) return;
      this.dies[part.die]?.serve(command, readNs, () =>
        this.channels[part.die % channels]?.serve(command, part.bytes / channelBytesPerNs, () => {
          left -= 1;
          issue();
          page(part.bytes, left === 0);
        }),
      );
    };
    for (let window = this.dies.length; window > 0; window -= 1) issue();
  }

  private admit(command: StagedCommand, complete: () => void): void {
    this.gate.serve(command, 0, () => {});
    const sync = command.fua || this.timing.writeCacheBytes === 0;
    this.entering.push({ left: command.bytes, done: complete, sync });
    this.pour();
  }

  private pour(): void {
    for (;;) {
      const first = this.entering[0];
      if (first === undefined || this.room <= 0) return;
      const bytes = Math.min(first.left, this.room);
      this.room -= bytes;
      first.left -= bytes;
      this.open += bytes;
      while (this.open >= this.timing.programUnitBytes) {
        this.open -= this.timing.programUnitBytes;
        this.close();
      }
      if (first.left > 0) return;
      this.entering.shift();
      if (first.sync) this.flush(first.done);
      else first.done();
    }
  }

  private close(): void {
    this.closed += 1;
    this.outstanding.add(this.closed);
    this.toProgram.push(this.closed);
    this.program();
  }

  private flush(done: () => void): void {
    if (this.open > 0) {
      this.room -= this.timing.programUnitBytes - this.open;
      this.open = 0;
      this.close();
    }
    if (this.outstanding.size === 0) done();
    else this.waiting.push({ units: new Set(this.outstanding), done });
  }

  private program(): void {
    for (;;) {
      const unit = this.toProgram[0];
      const die = this.nextDie;
      if (unit === undefined || this.programming[die] === true) return;
      this.toProgram.shift();
      this.programming[die] = true;
      this.nextDie = (die + 1) % this.dies.length;
      const { programUnitBytes, channels, channelBytesPerNs, programNs } = this.timing;
      this.channels[die % channels]?.serve('program', programUnitBytes / channelBytesPerNs, () =>
        this.dies[die]?.serve('program', programNs, () => this.programmed(unit, die)),
      );
    }
  }

  private programmed(unit: number, die: number): void {
    this.gate.serve(unit, 0, () => {});
    this.programming[die] = false;
    this.outstanding.delete(unit);
    this.room += this.timing.programUnitBytes;
    for (const { units } of this.waiting) units.delete(unit);
    const done = this.waiting.filter(({ units }) => units.size === 0);
    this.waiting = this.waiting.filter(({ units }) => units.size > 0);
    for (const { done: end } of done) end();
    this.program();
    this.pour();
  }
}
