/**
 * The commands a controller has at hand: taken at their fetch, given back after their completion
 * entry.
 */

import { Command, type CommandOwner, Stage } from './command.ts';
import type { Namespace } from './namespace.ts';
import type { SubmissionQueue } from './queue.ts';
import { StatusCode } from './status-code.ts';

export class CommandPool {
  private readonly owner: CommandOwner;
  /** Stands in until the command's own is known. */
  private readonly namespace: Namespace;
  /** Every command made so far. */
  private readonly all: Command[] = [];
  private free: Command | null = null;

  constructor(owner: CommandOwner, namespace: Namespace) {
    this.owner = owner;
    this.namespace = namespace;
  }

  take(queue: SubmissionQueue): Command {
    let command = this.free;
    if (command === null) {
      command = new Command(this.owner, queue, this.namespace);
      this.all.push(command);
    } else {
      this.free = command.next;
    }
    command.next = null;
    command.queue = queue;
    command.namespace = this.namespace;
    command.active = true;
    command.status = StatusCode.SUCCESS;
    command.dw0 = 0;
    command.rangeCount = 0;
    command.rangeAt = 0;
    command.clearCosts();
    return command;
  }

  give(command: Command): void {
    command.active = false;
    command.abandoned = false;
    command.next = this.free;
    this.free = command;
  }

  /** The command of this id, unless its completion entry is on the way. */
  find(queueId: number, commandId: number): Command | null {
    const found = this.all.find(
      (command) =>
        command.active &&
        !command.abandoned &&
        command.timer.kind !== Stage.POST &&
        command.queue.id === queueId &&
        command.commandId === commandId,
    );
    return found ?? null;
  }

  /** What a queue (null: any) has here ends without a completion entry. */
  abandon(queueId: number | null): void {
    for (const command of this.all) {
      const meant = queueId === null || command.queue.id === queueId;
      if (command.active && meant) command.abandoned = true;
    }
  }
}
