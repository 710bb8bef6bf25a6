/** What a thread does for a run on real files and block devices. */

import { widenInlining } from './inlining.ts';
import { runClone } from './real-clone.ts';
import { finish, prepare } from './real-targets.ts';
import type { RealReport, RealTask } from './real-task.ts';
import { replyOf, type TaskReply } from './task-reply.ts';

widenInlining();

export async function perform(task: RealTask): Promise<TaskReply<RealReport>> {
  return replyOf(async () => {
    switch (task.kind) {
      case 'prepare':
        return prepare(task);
      case 'finish':
        return finish(task);
      case 'clone':
        return runClone(task);
    }
  });
}
