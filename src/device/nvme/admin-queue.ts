/**
 * The host's side of the admin queue: brings a controller up (nvme_pci_configure_admin_queue), and
 * sends admin commands, waiting for each while the simulation goes on; Abort alone is sent and not
 * waited for.
 */

import type { HostMemory, Region } from '../../host/memory.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { assert } from '../../units/assert.ts';
import { AdminOpcode, completionStatus, Feature, putCommand, putPrps, Word } from './encode.ts';
import { Cns, IDENTIFY_BYTES } from './identify.ts';
import { type ControllerRegisters, QueuePair } from './queue-pair.ts';
import * as registers from './registers.ts';
import { Register } from './registers.ts';
import { StatusCode, statusCodeName } from './status-code.ts';

/** NVME_AQ_DEPTH of the kernel. */
const ENTRIES = 32;

export interface AdminAnswer {
  /** Number of status-code.ts. */
  readonly status: number;
  readonly dw0: number;
}

/** What of an admin command's entry differs from one to another; `address` is PRP1. */
export type AdminCommand = readonly [
  opcode: number,
  nsid: number,
  cdw10: number,
  cdw11: number,
  address: number,
];

export class AdminQueue {
  private readonly pair: QueuePair;
  private readonly registers: ControllerRegisters;
  private readonly simulation: Simulation;
  private readonly page: Region;
  private nextId = 0;
  private awaitedId = -1;
  private answer: AdminAnswer | null = null;

  constructor(controller: ControllerRegisters, memory: HostMemory, simulation: Simulation) {
    this.registers = controller;
    this.simulation = simulation;
    this.pair = new QueuePair(0, ENTRIES, memory, controller);
    this.page = memory.allocate(IDENTIFY_BYTES);
  }

  /** Reset, queues, enable, ready. */
  enable(): void {
    const controller = this.registers;
    controller.write32(Register.CC, 0);
    controller.write32(Register.AQA, registers.adminQueueAttributes(ENTRIES));
    this.address(Register.ASQ, this.pair.submissions.address);
    this.address(Register.ACQ, this.pair.completions.address);
    controller.write32(Register.CC, registers.CC_ENABLE | registers.CC_ENTRY_SIZES);
    assert(controller.read32(Register.CSTS) === registers.CSTS_READY, 'an enabled NVMe is ready');
  }

  /** Entries that an I/O queue may have (CAP.MQES). */
  get maxQueueEntries(): number {
    return registers.maxQueueEntries(this.registers.read32(Register.CAP));
  }

  identify(cns: (typeof Cns)[keyof typeof Cns], nsid: number): Uint8Array {
    this.must(AdminOpcode.IDENTIFY, nsid, cns, 0, this.page.address);
    return this.page.content.slice(0, IDENTIFY_BYTES);
  }

  /** How many I/O queue pairs the controller gives when asked for so many. */
  setQueueCount(count: number): number {
    const asked = count - 1 + (count - 1) * 0x1_0000;
    const { dw0 } = this.must(AdminOpcode.SET_FEATURES, 0, Feature.NUMBER_OF_QUEUES, asked, 0);
    return Math.min(count, (dw0 & 0xffff) + 1, (dw0 >>> 16) + 1);
  }

  /** Creates both queues of a pair; completions interrupt by the vector of the same number. */
  createQueues(pair: QueuePair): void {
    const size = pair.id + (pair.entries - 1) * 0x1_0000;
    const contiguous = 1;
    const interrupts = 2;
    const vector = pair.id * 0x1_0000;
    this.must(
      AdminOpcode.CREATE_IO_CQ,
      0,
      size,
      vector + contiguous + interrupts,
      pair.completions.address,
    );
    const completionQueue = pair.id * 0x1_0000;
    this.must(
      AdminOpcode.CREATE_IO_SQ,
      0,
      size,
      completionQueue + contiguous,
      pair.submissions.address,
    );
  }

  abort(queueId: number, commandId: number): void {
    this.send(AdminOpcode.ABORT, 0, queueId + commandId * 0x1_0000, 0, 0);
  }

  /** Sends a command and lets the simulation go on until it is answered. */
  execute(...command: AdminCommand): AdminAnswer {
    this.answer = null;
    this.awaitedId = this.send(...command);
    while (this.answer === null) {
      assert(this.simulation.step(), 'an admin command is answered');
    }
    return this.answer;
  }

  interrupt(): void {
    for (let at = this.pair.take(); at !== -1; at = this.pair.take()) {
      const words = this.pair.cqWords;
      const dw3 = words[at + 3] ?? 0;
      if ((dw3 & 0xffff) !== this.awaitedId) continue;
      this.answer = { status: completionStatus(dw3), dw0: words[at] ?? 0 };
    }
    this.pair.release();
  }

  private must(...command: AdminCommand): AdminAnswer {
    const answer = this.execute(...command);
    const { status } = answer;
    const name = statusCodeName(status >> 8, status & 0xff);
    assert(
      status === StatusCode.SUCCESS,
      `NVMe admin command ${command[0].toString(16)}h: ${name}`,
    );
    return answer;
  }

  private send(...[opcode, nsid, cdw10, cdw11, address]: AdminCommand): number {
    const id = this.nextId;
    this.nextId = (this.nextId + 1) % 0x1_0000;
    const words = this.pair.sqWords;
    const at = this.pair.next();
    putCommand(words, at, opcode, id, nsid);
    putPrps(words, at, address, 0);
    words[at + Word.CDW10] = cdw10;
    words[at + Word.CDW11] = cdw11;
    this.pair.ring();
    return id;
  }

  private address(register: number, address: number): void {
    this.registers.write32(register, address);
    this.registers.write32(register + 4, Math.floor(address / 0x1_0000_0000));
  }
}
