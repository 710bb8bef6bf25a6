/** What a thread does for a run on real files and block devices. */

import { Control } from '../linux/control.ts';
import { widenInlining } from './inlining.ts';
import { checkCopies } from './real-check.ts';
import { runClone } from './real-clone.ts';
import { finish, prepare } from './real-targets.ts';
import type { CloneTask, RealReport, RealTask } from './real-task.ts';
import { replyOf, type TaskReply } from './task-reply.ts';
import { writeLogs } from './write-logs.ts';

widenInlining();

export async function perform(task: RealTask): Promise<TaskReply<RealReport>> {
  return replyOf(async () => {
    switch (task.kind) {
      case 'prepare':
        return prepare(task);
      case 'finish':
        return finish(task);
      case 'check':
        return checkCopies(task);
      case 'log':
        return { kind: 'logged', problem: writeLogs(task.run, task.place, task.clones) };
      case 'clone':
        dieIfAsked(task);
        return runClone(task);
    }
  });
}

/**
 * For test/e2e alone: RUN.JOB.CLONE, whose thread is to die at the barrier, where it holds all that
 * it has opened. No job file kills a thread (that would be a defect), nor can a shell.
 */
function dieIfAsked({ run, job, clone }: CloneTask): void {
  if (process.env['COFFER_TEST_CRASH_CLONE'] !== `${run.index}.${job}.${clone}`) return;
  Control.prototype.readyAndWait = () => process.exit(9);
}
