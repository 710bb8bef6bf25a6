/**
 * Admin commands (NVMe base specification 2.0 §5): Identify, Set and Get Features, creating and
 * deleting I/O queues, Abort. What is not here ends with Invalid Command Opcode.
 *
 * Left out: Asynchronous Event Request, Get Log Page, firmware, Format NVM, namespace management,
 * saved features, discontiguous queues.
 */

import type { Command } from './command.ts';
import type { Controller } from './controller.ts';
import { AdminOpcode, CQE_BYTES, DULBE, Feature, SQE_BYTES } from './encode.ts';
import {
  Cns,
  encodeController,
  encodeNamespace,
  encodeNamespaceList,
  IDENTIFY_BYTES,
} from './identify.ts';
import { CompletionQueue, ringWords, SubmissionQueue } from './queue.ts';
import { StatusCode } from './status-code.ts';

const ALL_NAMESPACES = 0xffff_ffff;
const HOST_BEHAVIOR_BYTES = 512;
/** Bits of the descriptor formats that are enabled. */
const CDFE_BYTE = 4;
/** CDW11 of the queue commands: physically contiguous. */
const CONTIGUOUS = 1;

export class AdminCommands {
  private readonly controller: Controller;
  /** Values of the features that change nothing else here. */
  private arbitration = 0;
  private readonly hostBehavior = new Uint8Array(HOST_BEHAVIOR_BYTES);

  constructor(controller: Controller) {
    this.controller = controller;
  }

  execute(command: Command): void {
    command.status = this.run(command);
    this.controller.complete(command);
  }

  private run(command: Command): StatusCode {
    switch (command.opcode) {
      case AdminOpcode.IDENTIFY:
        return this.identify(command);
      case AdminOpcode.SET_FEATURES:
        return this.setFeature(command);
      case AdminOpcode.GET_FEATURES:
        return this.getFeature(command);
      case AdminOpcode.CREATE_IO_CQ:
        return this.createCompletionQueue(command);
      case AdminOpcode.CREATE_IO_SQ:
        return this.createSubmissionQueue(command);
      case AdminOpcode.DELETE_IO_CQ:
        return this.deleteCompletionQueue(command);
      case AdminOpcode.DELETE_IO_SQ:
        return this.deleteSubmissionQueue(command);
      case AdminOpcode.ABORT:
        return this.abort(command);
      default:
        return StatusCode.INVALID_OPCODE;
    }
  }

  private identify(command: Command): StatusCode {
    const controller = this.controller;
    switch (command.cdw10 & 0xff) {
      case Cns.NAMESPACE: {
        const namespace = controller.namespaces[command.nsid - 1];
        if (namespace === undefined) return StatusCode.INVALID_NS;
        const { lbaBytes, blocks, config } = namespace;
        return this.send(command, encodeNamespace({ ...config, lbaBytes, blocks }));
      }
      case Cns.CONTROLLER: {
        const identity = {
          serial: controller.name,
          model: 'coffer simulated NVMe',
          mdts: controller.config.mdts,
          namespaces: controller.namespaces.length,
          writeCache: controller.config.timing.writeCacheBytes > 0,
          copy: controller.copies,
          copyFormats: controller.config.copyFormats,
          fastCopy: controller.config.fastCopy,
        };
        return this.send(command, encodeController(identity));
      }
      case Cns.ACTIVE_NAMESPACES: {
        const nsids = controller.namespaces.map((namespace) => namespace.nsid);
        return this.send(command, encodeNamespaceList(nsids, command.nsid));
      }
      default:
        return StatusCode.INVALID_FIELD;
    }
  }

  private send(command: Command, page: Uint8Array): StatusCode {
    const status = this.controller.transfer.put(command, page);
    if (status !== StatusCode.SUCCESS) return status;
    command.pcieRxBytes += IDENTIFY_BYTES;
    this.controller.pcie.push(this.controller.simulation.nowNs, IDENTIFY_BYTES);
    return status;
  }

  private setFeature(command: Command): StatusCode {
    const save = command.cdw10 < 0;
    // Bit 31: SV.
    if (save) return StatusCode.FEATURE_NOT_SAVEABLE;
    const value = command.cdw11;
    switch (command.cdw10 & 0xff) {
      case Feature.ARBITRATION:
        this.arbitration = value;
        return StatusCode.SUCCESS;
      case Feature.ERROR_RECOVERY:
        return this.setErrorRecovery(command.nsid, (value & DULBE) !== 0);
      case Feature.VOLATILE_WRITE_CACHE:
        if (this.controller.config.timing.writeCacheBytes === 0) return StatusCode.INVALID_FIELD;
        this.controller.io.cache.enabled = (value & 1) === 1;
        return StatusCode.SUCCESS;
      case Feature.NUMBER_OF_QUEUES:
        // NSQR and NCQR of FFFFh are reserved; the answer is what there is, not what was asked.
        if ((value & 0xffff) === 0xffff || value >>> 16 === 0xffff) return StatusCode.INVALID_FIELD;
        command.dw0 = this.numberOfQueues();
        return StatusCode.SUCCESS;
      case Feature.HOST_BEHAVIOR_SUPPORT:
        return this.setHostBehavior(command);
      default:
        return StatusCode.INVALID_FIELD;
    }
  }

  private getFeature(command: Command): StatusCode {
    switch (command.cdw10 & 0xff) {
      case Feature.ARBITRATION:
        command.dw0 = this.arbitration;
        return StatusCode.SUCCESS;
      case Feature.ERROR_RECOVERY: {
        const namespace = this.controller.namespaces[command.nsid - 1];
        if (namespace === undefined) return StatusCode.INVALID_NS;
        command.dw0 = namespace.deallocatedIsError ? DULBE : 0;
        return StatusCode.SUCCESS;
      }
      case Feature.VOLATILE_WRITE_CACHE:
        if (this.controller.config.timing.writeCacheBytes === 0) return StatusCode.INVALID_FIELD;
        command.dw0 = this.controller.io.cache.enabled ? 1 : 0;
        return StatusCode.SUCCESS;
      case Feature.NUMBER_OF_QUEUES:
        command.dw0 = this.numberOfQueues();
        return StatusCode.SUCCESS;
      case Feature.HOST_BEHAVIOR_SUPPORT: {
        command.pcieRxBytes += HOST_BEHAVIOR_BYTES;
        this.controller.pcie.push(this.controller.simulation.nowNs, HOST_BEHAVIOR_BYTES);
        return this.controller.transfer.put(command, this.hostBehavior);
      }
      default:
        return StatusCode.INVALID_FIELD;
    }
  }

  private setErrorRecovery(nsid: number, on: boolean): StatusCode {
    if (nsid === ALL_NAMESPACES) {
      for (const namespace of this.controller.namespaces) namespace.deallocatedIsError = on;
      return StatusCode.SUCCESS;
    }
    const namespace = this.controller.namespaces[nsid - 1];
    if (namespace === undefined) return StatusCode.INVALID_NS;
    namespace.deallocatedIsError = on;
    return StatusCode.SUCCESS;
  }

  /** CDFE enables descriptor formats 2 and 3 where OCFS has them. */
  private setHostBehavior(command: Command): StatusCode {
    const words = new Uint32Array(HOST_BEHAVIOR_BYTES / 4);
    const status = this.controller.transfer.fetch(command, HOST_BEHAVIOR_BYTES, words);
    if (status !== StatusCode.SUCCESS) return status;
    command.pcieTxBytes += HOST_BEHAVIOR_BYTES;
    this.controller.pcie.pull(this.controller.simulation.nowNs, HOST_BEHAVIOR_BYTES);
    this.hostBehavior.set(new Uint8Array(words.buffer));
    this.controller.io.copies.surroundings.enabledFormats = this.hostBehavior[CDFE_BYTE] ?? 0;
    return StatusCode.SUCCESS;
  }

  /** NSQA and NCQA, 0-based. */
  private numberOfQueues(): number {
    const most = this.controller.queues - 1;
    return most + most * 0x1_0000;
  }

  private createCompletionQueue(command: Command): StatusCode {
    const { completionQueues, memory } = this.controller;
    const id = command.cdw10 & 0xffff;
    const refusal = this.refuseQueue(command, completionQueues);
    if (refusal !== StatusCode.SUCCESS) return refusal;
    const vector = command.cdw11 >>> 16;
    if (vector > this.controller.queues) return StatusCode.INVALID_VECTOR;
    const entries = (command.cdw10 >>> 16) + 1;
    const words = ringWords(memory, command.prp1, entries, CQE_BYTES);
    if (words === null) return StatusCode.DATA_TRANSFER_ERROR;
    completionQueues[id] = new CompletionQueue(id, entries, vector, words);
    return StatusCode.SUCCESS;
  }

  private createSubmissionQueue(command: Command): StatusCode {
    const { completionQueues, submissionQueues, memory } = this.controller;
    const id = command.cdw10 & 0xffff;
    const refusal = this.refuseQueue(command, submissionQueues);
    if (refusal !== StatusCode.SUCCESS) return refusal;
    const completionId = command.cdw11 >>> 16;
    const completionQueue = completionId === 0 ? null : (completionQueues[completionId] ?? null);
    if (completionQueue === null) return StatusCode.CQ_INVALID;
    const entries = (command.cdw10 >>> 16) + 1;
    const words = ringWords(memory, command.prp1, entries, SQE_BYTES);
    if (words === null) return StatusCode.DATA_TRANSFER_ERROR;
    completionQueue.users += 1;
    submissionQueues[id] = new SubmissionQueue(id, entries, completionQueue, words);
    return StatusCode.SUCCESS;
  }

  /** QID from 1, not taken; QSIZE (0-based) of at least 2 entries and at most MQES. */
  private refuseQueue(command: Command, queues: readonly unknown[]): StatusCode {
    const id = command.cdw10 & 0xffff;
    const sizeLessOne = command.cdw10 >>> 16;
    if (id === 0 || id >= queues.length || queues[id] !== null) return StatusCode.QID_INVALID;
    if (sizeLessOne === 0 || sizeLessOne > this.controller.config.queueDepth) {
      return StatusCode.QUEUE_SIZE_INVALID;
    }
    return (command.cdw11 & CONTIGUOUS) === 0 ? StatusCode.INVALID_FIELD : StatusCode.SUCCESS;
  }

  private deleteCompletionQueue(command: Command): StatusCode {
    const id = command.cdw10 & 0xffff;
    const queue = id === 0 ? null : (this.controller.completionQueues[id] ?? null);
    if (queue === null) return StatusCode.QID_INVALID;
    if (queue.users > 0) return StatusCode.INVALID_QUEUE_DELETION;
    this.controller.completionQueues[id] = null;
    return StatusCode.SUCCESS;
  }

  private deleteSubmissionQueue(command: Command): StatusCode {
    const id = command.cdw10 & 0xffff;
    const queue = id === 0 ? null : (this.controller.submissionQueues[id] ?? null);
    if (queue === null) return StatusCode.QID_INVALID;
    queue.completionQueue.users -= 1;
    this.controller.abortQueue(id);
    this.controller.submissionQueues[id] = null;
    return StatusCode.SUCCESS;
  }

  /** Dword 0 bit 0: 1 = not aborted. */
  private abort(command: Command): StatusCode {
    const aborted = this.controller.abort(command.cdw10 & 0xffff, command.cdw10 >>> 16);
    command.dw0 = aborted ? 0 : 1;
    return StatusCode.SUCCESS;
  }
}
