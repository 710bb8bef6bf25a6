/**
 * An NVMe controller on PCIe (NVMe base specification 2.0, memory-based transport). It sees bytes
 * only: registers and doorbells, submission entries it finds in host memory by address, completion
 * entries it writes there with their phase, an interrupt. Entries are taken from their ring when
 * the doorbell rings; the link and the one command processor then serve them in order.
 *
 * Left out: arbitration among queues beyond the order of doorbells, interrupt coalescing and masks,
 * asynchronous events, log pages, power states, subsystem reset, several controllers.
 */

import type { HostMemory } from '../../host/memory.ts';
import { Resource } from '../../sim/resource.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { assert, present } from '../../units/assert.ts';
import type { Bytes, Nanoseconds } from '../../units/quantity.ts';
import type { BackingStore } from '../store/store.ts';
import { AdminCommands } from './admin-commands.ts';
import { type Command, type CommandOwner, Stage } from './command.ts';
import { CommandPool } from './command-pool.ts';
import type { NvmeConfig, NvmeNamespaceConfig } from './config.ts';
import {
  CQE_BYTES,
  CQE_WORDS,
  IoOpcode,
  putCompletion,
  quad,
  SQE_BYTES,
  SQE_WORDS,
  word,
} from './encode.ts';
import { type CommandSink, IoCommands } from './io-commands.ts';
import { Namespace } from './namespace.ts';
import { Pcie } from './pcie.ts';
import type { InterruptHandler, Probe } from './probe.ts';
import { CompletionQueue, ringWords, SubmissionQueue } from './queue.ts';
import * as registers from './registers.ts';
import { Register } from './registers.ts';
import { doNotRetry, StatusCode } from './status-code.ts';
import { Transfer } from './transfer.ts';

export interface ControllerOptions {
  readonly name: string;
  readonly config: NvmeConfig;
  readonly namespaces: readonly { config: NvmeNamespaceConfig; store: BackingStore }[];
  /** I/O queue pairs it has. */
  readonly queues: number;
}

export class Controller implements CommandOwner, CommandSink {
  readonly name: string;
  readonly config: NvmeConfig;
  readonly namespaces: readonly Namespace[];
  readonly queues: number;
  readonly memory: HostMemory;
  readonly simulation: Simulation;
  readonly pcie: Pcie;
  readonly transfer: Transfer;
  readonly submissionQueues: (SubmissionQueue | null)[];
  readonly completionQueues: (CompletionQueue | null)[];
  readonly io: IoCommands;
  private readonly admin: AdminCommands;
  private readonly processor = new Resource();
  private readonly commandNs: Nanoseconds;
  private readonly firmwareReadNs: Nanoseconds;
  private readonly probe: Probe;
  private readonly interrupts: InterruptHandler;
  /** CC, CSTS, AQA, ASQ, ACQ by word. */
  private readonly registers = new Uint32Array(registers.Register.DOORBELLS / 4);
  private readonly commands: CommandPool;

  constructor(
    options: ControllerOptions,
    memory: HostMemory,
    simulation: Simulation,
    probe: Probe,
    interrupts: InterruptHandler,
  ) {
    const { config } = options;
    this.name = options.name;
    this.config = config;
    this.queues = options.queues;
    this.memory = memory;
    this.simulation = simulation;
    this.commandNs = config.timing.commandNs;
    this.firmwareReadNs = config.timing.firmwareReadNs;
    this.probe = probe;
    this.interrupts = interrupts;
    let baseBytes = 0;
    this.namespaces = options.namespaces.map((namespace, index) => {
      const made = new Namespace(index + 1, namespace.config, namespace.store, baseBytes);
      baseBytes += namespace.config.sizeBytes;
      return made;
    });
    this.commands = new CommandPool(this, present(this.namespaces[0], 'a first namespace'));
    this.pcie = new Pcie(config.timing.pcieBytesPerNs, config.timing.pcieLatencyNs);
    this.transfer = new Transfer(memory);
    this.submissionQueues = new Array<SubmissionQueue | null>(options.queues + 1).fill(null);
    this.completionQueues = new Array<CompletionQueue | null>(options.queues + 1).fill(null);
    this.io = new IoCommands(config, this.namespaces, simulation, this.pcie, this.transfer, this);
    this.admin = new AdminCommands(this);
  }

  /** ONCS: Copy is there when a namespace has limits for it. */
  get copies(): boolean {
    return this.namespaces.some((namespace) => namespace.copies);
  }

  read32(offset: number): number {
    switch (offset) {
      case Register.CAP:
        return registers.capabilitiesLow(this.config.queueDepth + 1);
      case Register.CAP + 4:
        return registers.CAPABILITIES_HIGH;
      case Register.VS:
        return registers.VERSION;
      case Register.CSTS:
        return word(this.registers, Register.CC / 4) & registers.CC_ENABLE;
      default:
        return word(this.registers, offset / 4);
    }
  }

  write32(offset: number, value: number): void {
    if (offset >= Register.DOORBELLS) {
      const doorbell = (offset - Register.DOORBELLS) >> 2;
      if ((doorbell & 1) === 0) this.submissionTail(doorbell >> 1, value);
      else this.completionHead(doorbell >> 1, value);
      return;
    }
    const enabled = this.read32(Register.CSTS) === registers.CSTS_READY;
    this.registers[offset / 4] = value;
    if (offset !== Register.CC) return;
    const enable = (value & registers.CC_ENABLE) !== 0;
    if (enable && !enabled) this.enable();
    if (!enable && enabled) this.reset();
  }

  advance(command: Command, stage: number): void {
    if (stage === Stage.EXECUTE) this.execute(command);
    else if (stage === Stage.POST) this.post(command);
    else this.io.advance(command, stage);
  }

  complete(command: Command, dataBytes: Bytes = 0): void {
    const bytes = dataBytes + CQE_BYTES;
    command.pcieRxBytes += bytes;
    command.timer.kind = Stage.POST;
    this.simulation.schedule(command.timer, this.pcie.push(this.simulation.nowNs, bytes));
  }

  padded(command: Command, bytes: Bytes): void {
    const costs = { pcieTxBytes: 0, pcieRxBytes: 0, mediaReadBytes: 0, mediaWriteBytes: bytes };
    command.namespace.totals.mediaWriteBytes += bytes;
    this.probe.unasked(command.namespace, costs);
  }

  /** Ends a command before its time; false: there is none, or its completion is on the way. */
  abort(queueId: number, commandId: number): boolean {
    const command = this.commands.find(queueId, commandId);
    if (command === null || command.queue.completionQueue.full) return false;
    this.abandon(command);
    return true;
  }

  /** Deleting a submission queue aborts what it still has here. */
  abortQueue(queueId: number): void {
    this.commands.abandon(queueId);
  }

  private enable(): void {
    const aqa = word(this.registers, Register.AQA / 4);
    const completions = registers.adminCompletionEntries(aqa);
    const submissions = registers.adminSubmissionEntries(aqa);
    const cqAddress = quad(this.registers, Register.ACQ / 4);
    const sqAddress = quad(this.registers, Register.ASQ / 4);
    const cqWords = ringWords(this.memory, cqAddress, completions, CQE_BYTES);
    const sqWords = ringWords(this.memory, sqAddress, submissions, SQE_BYTES);
    assert(cqWords !== null && sqWords !== null, 'the admin queues lie in host memory');
    const completionQueue = new CompletionQueue(0, completions, 0, cqWords);
    this.completionQueues[0] = completionQueue;
    this.submissionQueues[0] = new SubmissionQueue(0, submissions, completionQueue, sqWords);
  }

  /** CC.EN 1 → 0: all queues are gone, and what is under way ends unseen. */
  private reset(): void {
    this.submissionQueues.fill(null);
    this.completionQueues.fill(null);
    this.commands.abandon(null);
  }

  private submissionTail(id: number, tail: number): void {
    const queue = present(this.submissionQueues[id], 'a doorbell of a submission queue that is');
    assert(tail < queue.entries, 'a submission tail within its ring');
    while (queue.head !== tail) {
      this.fetch(queue, queue.head * SQE_WORDS);
      queue.head = queue.head + 1 === queue.entries ? 0 : queue.head + 1;
    }
  }

  private completionHead(id: number, head: number): void {
    const queue = present(this.completionQueues[id], 'a doorbell of a completion queue that is');
    assert(head < queue.entries, 'a completion head within its ring');
    queue.head = head;
    for (let held = queue.unhold(); held !== null; held = queue.unhold()) this.post(held);
  }

  /** Takes an entry over; it is executed when the link and the processor are through with it. */
  private fetch(queue: SubmissionQueue, at: number): void {
    const command = this.commands.take(queue);
    command.decode(queue.words, at);
    command.pcieTxBytes = SQE_BYTES;
    command.timer.kind = Stage.EXECUTE;
    const fetchedNs = this.pcie.pull(this.simulation.nowNs, SQE_BYTES);
    // All that reaches the processor comes over the link in this order: served in one call.
    let dueNs: Nanoseconds = this.processor.serve(fetchedNs, this.commandNs);
    if (command.opcode === IoOpcode.READ && queue.id !== 0) dueNs += this.firmwareReadNs;
    this.simulation.schedule(command.timer, dueNs);
  }

  private execute(command: Command): void {
    if (command.status !== StatusCode.SUCCESS) {
      this.complete(command);
      return;
    }
    if (command.queue.id === 0) {
      this.admin.execute(command);
      return;
    }
    const namespace = this.namespaces[command.nsid - 1];
    if (namespace !== undefined) {
      command.namespace = namespace;
    } else if (command.opcode !== IoOpcode.FLUSH || command.nsid !== 0xffff_ffff) {
      command.status = StatusCode.INVALID_NS;
      this.complete(command);
      return;
    }
    this.io.execute(command);
  }

  private post(command: Command): void {
    if (command.abandoned) {
      this.unasked(command);
      this.commands.give(command);
      return;
    }
    const queue = command.queue.completionQueue;
    if (queue.full) {
      queue.hold(command);
      return;
    }
    this.writeEntry(command, queue);
    this.commands.give(command);
    this.interrupts.interrupt(queue.vector);
  }

  private writeEntry(command: Command, queue: CompletionQueue): void {
    putCompletion(
      queue.words,
      queue.tail * CQE_WORDS,
      command.dw0,
      command.queue.head,
      command.queue.id,
      command.commandId,
      command.status,
      doNotRetry(command.status),
      queue.phase,
    );
    queue.advance();
    const totals = command.namespace.totals;
    totals.commands += 1;
    this.count(command);
    this.probe.finished(command.queue.id, command.commandId, command.namespace, command);
  }

  private count(command: Command): void {
    const totals = command.namespace.totals;
    totals.pcieTxBytes += command.pcieTxBytes;
    totals.pcieRxBytes += command.pcieRxBytes;
    totals.mediaReadBytes += command.mediaReadBytes;
    totals.mediaWriteBytes += command.mediaWriteBytes;
  }

  /** Its completion entry is written now; its stages go on unseen, since they hold resources. */
  private abandon(command: Command): void {
    const queue = command.queue.completionQueue;
    const status = command.status;
    command.status = StatusCode.ABORT_REQUESTED;
    command.pcieRxBytes += CQE_BYTES;
    this.writeEntry(command, queue);
    command.clearCosts();
    command.status = status;
    command.abandoned = true;
    this.interrupts.interrupt(queue.vector);
  }

  private unasked(command: Command): void {
    this.count(command);
    this.probe.unasked(command.namespace, command);
  }
}
