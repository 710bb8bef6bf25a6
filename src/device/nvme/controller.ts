/**
 * An NVMe controller on PCIe (NVMe base specification 2.0, memory-based transport). It sees bytes only:
 * registers and doorbells, submission entries it finds in host memory by address, completion entries it
 * writes there with their phase, an interrupt. Entries are taken from their ring when the doorbell rings;
 * the link and the one command processor then serve them in order.
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
import { Command, type CommandOwner, Stage } from './command.ts';
import type { NvmeConfig, NvmeNamespaceConfig } from './config.ts';
import {
  CQE_BYTES,
  CQE_WORDS,
  IoOpcode,
  PSDT_MASK,
  PSDT_SGL,
  putCompletion,
  quad,
  SQE_BYTES,
  SQE_WORDS,
  Word,
  word,
} from './encode.ts';
import { type CommandSink, IoCommands } from './io-commands.ts';
import { Namespace } from './namespace.ts';
import { Pcie } from './pcie.ts';
import { CompletionQueue, ringWords, SubmissionQueue } from './queue.ts';
import * as registers from './registers.ts';
import { Register } from './registers.ts';
import { doNotRetry, StatusCode } from './status-code.ts';
import { Transfer } from './transfer.ts';

export interface InterruptHandler {
  /** MSI-X message of this vector. */
  interrupt(vector: number): void;
}

/** Measurement, not protocol: what commands cost, for whoever knows whose they are. */
export interface Probe {
  /** The completion entry is in host memory; called before the interrupt. */
  finished(queueId: number, commandId: number, namespace: Namespace, costs: CommandCosts): void;
  /** An aborted command went on to cost, or a program unit was padded. */
  unasked(namespace: Namespace, costs: CommandCosts): void;
}

export interface CommandCosts {
  readonly pcieTxBytes: Bytes;
  readonly pcieRxBytes: Bytes;
  readonly mediaReadBytes: Bytes;
  readonly mediaWriteBytes: Bytes;
}

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
  readonly #admin: AdminCommands;
  readonly #processor = new Resource();
  readonly #commandNs: Nanoseconds;
  readonly #firmwareReadNs: Nanoseconds;
  readonly #probe: Probe;
  readonly #interrupts: InterruptHandler;
  /** CC, CSTS, AQA, ASQ, ACQ by word. */
  readonly #registers = new Uint32Array(registers.Register.DOORBELLS / 4);
  /** Every command made so far. */
  readonly #commands: Command[] = [];
  #free: Command | null = null;

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
    this.#commandNs = config.timing.commandNs;
    this.#firmwareReadNs = config.timing.firmwareReadNs;
    this.#probe = probe;
    this.#interrupts = interrupts;
    let baseBytes = 0;
    this.namespaces = options.namespaces.map((namespace, index) => {
      const made = new Namespace(index + 1, namespace.config, namespace.store, baseBytes);
      baseBytes += namespace.config.sizeBytes;
      return made;
    });
    this.pcie = new Pcie(config.timing.pcieBytesPerNs, config.timing.pcieLatencyNs);
    this.transfer = new Transfer(memory);
    this.submissionQueues = new Array<SubmissionQueue | null>(options.queues + 1).fill(null);
    this.completionQueues = new Array<CompletionQueue | null>(options.queues + 1).fill(null);
    this.io = new IoCommands(config, this.copies, simulation, this.pcie, this.transfer, this);
    this.#admin = new AdminCommands(this);
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
        return word(this.#registers, Register.CC / 4) & registers.CC_ENABLE;
      default:
        return word(this.#registers, offset / 4);
    }
  }

  write32(offset: number, value: number): void {
    if (offset >= Register.DOORBELLS) {
      const doorbell = (offset - Register.DOORBELLS) >> 2;
      if ((doorbell & 1) === 0) this.#submissionTail(doorbell >> 1, value);
      else this.#completionHead(doorbell >> 1, value);
      return;
    }
    const enabled = this.read32(Register.CSTS) === registers.CSTS_READY;
    this.#registers[offset / 4] = value;
    if (offset !== Register.CC) return;
    const enable = (value & registers.CC_ENABLE) !== 0;
    if (enable && !enabled) this.#enable();
    if (!enable && enabled) this.#reset();
  }

  advance(command: Command, stage: number): void {
    if (stage === Stage.EXECUTE) this.#execute(command);
    else if (stage === Stage.POST) this.#post(command);
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
    this.#probe.unasked(command.namespace, costs);
  }

  /** Ends a command before its time; false: there is none, or its completion is on the way. */
  abort(queueId: number, commandId: number): boolean {
    for (const command of this.#commands) {
      if (!command.active || command.abandoned || command.timer.kind === Stage.POST) continue;
      if (command.queue.id !== queueId || command.commandId !== commandId) continue;
      this.#abandon(command);
      return true;
    }
    return false;
  }

  /** Deleting a submission queue aborts what it still has here. */
  abortQueue(queueId: number): void {
    for (const command of this.#commands) {
      if (command.active && command.queue.id === queueId) command.abandoned = true;
    }
  }

  #enable(): void {
    const aqa = word(this.#registers, Register.AQA / 4);
    const completions = registers.adminCompletionEntries(aqa);
    const submissions = registers.adminSubmissionEntries(aqa);
    const cqAddress = quad(this.#registers, Register.ACQ / 4);
    const sqAddress = quad(this.#registers, Register.ASQ / 4);
    const cqWords = ringWords(this.memory, cqAddress, completions, CQE_BYTES);
    const sqWords = ringWords(this.memory, sqAddress, submissions, SQE_BYTES);
    assert(cqWords !== null && sqWords !== null, 'the admin queues lie in host memory');
    const completionQueue = new CompletionQueue(0, completions, 0, cqWords);
    this.completionQueues[0] = completionQueue;
    this.submissionQueues[0] = new SubmissionQueue(0, submissions, completionQueue, sqWords);
  }

  /** CC.EN 1 → 0: all queues are gone, and what is under way ends unseen. */
  #reset(): void {
    this.submissionQueues.fill(null);
    this.completionQueues.fill(null);
    for (const command of this.#commands) if (command.active) command.abandoned = true;
  }

  #submissionTail(id: number, tail: number): void {
    const queue = present(this.submissionQueues[id], 'a doorbell of a submission queue that is');
    assert(tail < queue.entries, 'a submission tail within its ring');
    while (queue.head !== tail) {
      this.#fetch(queue, queue.head * SQE_WORDS);
      queue.head = queue.head + 1 === queue.entries ? 0 : queue.head + 1;
    }
  }

  #completionHead(id: number, head: number): void {
    const queue = present(this.completionQueues[id], 'a doorbell of a completion queue that is');
    assert(head < queue.entries, 'a completion head within its ring');
    queue.head = head;
    if (queue.waitingFirst !== null) this.#writeWaiting(queue);
  }

  #writeWaiting(queue: CompletionQueue): void {
    let command = queue.waitingFirst;
    while (command !== null && !queue.full) {
      queue.waitingFirst = command.next;
      if (queue.waitingFirst === null) queue.waitingLast = null;
      command.next = null;
      this.#write(command, queue);
      command = queue.waitingFirst;
    }
  }

  /** Takes an entry over; it is executed when the link and the processor are through with it. */
  #fetch(queue: SubmissionQueue, at: number): void {
    const words = queue.words;
    const cdw0 = word(words, at);
    const command = this.#take(queue);
    command.opcode = cdw0 & 0xff;
    command.commandId = cdw0 >>> 16;
    command.nsid = word(words, at + Word.NSID);
    command.dptr0 = word(words, at + Word.DPTR) | 0;
    command.dptr1 = word(words, at + Word.DPTR + 1) | 0;
    command.dptr2 = word(words, at + Word.DPTR + 2) | 0;
    command.dptr3 = word(words, at + Word.DPTR + 3) | 0;
    if ((cdw0 & PSDT_MASK) === 0) {
      command.sgl = false;
    } else {
      command.sgl = true;
      // Data block (type 0h, address 0h) alone, and PSDT 01b alone.
      if (command.dptr3 >>> 24 !== 0 || (cdw0 & PSDT_MASK) !== PSDT_SGL)
        command.status = StatusCode.SGL_TYPE_INVALID;
    }
    command.cdw10 = word(words, at + Word.CDW10) | 0;
    command.cdw11 = word(words, at + Word.CDW11) | 0;
    command.cdw12 = word(words, at + Word.CDW12) | 0;
    command.pcieTxBytes = SQE_BYTES;
    command.timer.kind = Stage.EXECUTE;
    const fetchedNs = this.pcie.pull(this.simulation.nowNs, SQE_BYTES);
    // All that reaches the processor comes over the link in this order: served in one call.
    let dueNs: Nanoseconds = this.#processor.serve(fetchedNs, this.#commandNs);
    if (command.opcode === IoOpcode.READ && queue.id !== 0) dueNs += this.#firmwareReadNs;
    this.simulation.schedule(command.timer, dueNs);
  }

  #execute(command: Command): void {
    if (command.status !== StatusCode.SUCCESS) {
      this.complete(command);
      return;
    }
    if (command.queue.id === 0) {
      this.#admin.execute(command);
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

  #post(command: Command): void {
    if (command.abandoned) {
      this.#unasked(command);
      this.#give(command);
      return;
    }
    const queue = command.queue.completionQueue;
    if (!queue.full) {
      this.#write(command, queue);
      return;
    }
    command.next = null;
    if (queue.waitingLast === null) queue.waitingFirst = command;
    else queue.waitingLast.next = command;
    queue.waitingLast = command;
  }

  #write(command: Command, queue: CompletionQueue): void {
    this.#writeEntry(command, queue);
    this.#give(command);
    this.#interrupts.interrupt(queue.vector);
  }

  #writeEntry(command: Command, queue: CompletionQueue): void {
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
    this.#count(command);
    this.#probe.finished(command.queue.id, command.commandId, command.namespace, command);
  }

  #count(command: Command): void {
    const totals = command.namespace.totals;
    totals.pcieTxBytes += command.pcieTxBytes;
    totals.pcieRxBytes += command.pcieRxBytes;
    totals.mediaReadBytes += command.mediaReadBytes;
    totals.mediaWriteBytes += command.mediaWriteBytes;
  }

  /** Its completion entry is written now; its stages go on unseen, since they hold resources. */
  #abandon(command: Command): void {
    const queue = command.queue.completionQueue;
    const status = command.status;
    command.status = StatusCode.ABORT_REQUESTED;
    command.pcieRxBytes += CQE_BYTES;
    this.#writeEntry(command, queue);
    command.clearCosts();
    command.status = status;
    command.abandoned = true;
    this.#interrupts.interrupt(queue.vector);
  }

  #unasked(command: Command): void {
    this.#count(command);
    this.#probe.unasked(command.namespace, command);
  }

  #take(queue: SubmissionQueue): Command {
    const first = present(this.namespaces[0], 'a controller has a namespace');
    let command = this.#free;
    if (command === null) {
      command = new Command(this, queue, first);
      this.#commands.push(command);
    } else {
      this.#free = command.next;
    }
    command.next = null;
    command.queue = queue;
    command.namespace = first;
    command.active = true;
    command.status = StatusCode.SUCCESS;
    command.dw0 = 0;
    command.rangeCount = 0;
    command.rangeAt = 0;
    command.pcieRxBytes = 0;
    command.mediaReadBytes = 0;
    command.mediaWriteBytes = 0;
    return command;
  }

  #give(command: Command): void {
    command.active = false;
    command.abandoned = false;
    command.next = this.#free;
    this.#free = command;
  }
}
