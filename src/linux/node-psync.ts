/**
 * psync without koffi: reads, writes and read-write copies over node:fs. A copy on another path
 * answers ENOSYS, and where no fallback leads to read-write, the engine is refused.
 */

import { assert } from '../units/assert.ts';
import type { CopyCall } from './copy-rest.ts';
import {
  CALLS,
  type Call,
  EngineFailure,
  type EngineSetting,
  PATHS,
  READ_WRITE,
} from './engine.ts';
import { Errno } from './errno.ts';
import { NodeSyscalls } from './node-syscalls.ts';
import { Psync } from './psync.ts';
import { NoTrim } from './trim.ts';

export interface NodePsyncSetting
  extends Pick<EngineSetting, 'slots' | 'attempts' | 'files' | 'bufferBytes' | 'copyApi'> {
  /** A buffer for each slot, of `bufferBytes`, one behind the other. */
  readonly memory: ArrayBuffer;
  /** That copies may take, fallbacks too; empty: there are no copies. */
  readonly paths: readonly number[];
}

/** `missing`: the sentence of loadSyscalls. */
export function openNodePsync(setting: NodePsyncSetting, missing: string): Psync {
  const { bufferBytes, copyApi, memory, paths, slots } = setting;
  assert(memory.byteLength >= slots.depth * bufferBytes, 'every slot has its buffer');
  const [first] = paths;
  if (first !== undefined && !paths.includes(READ_WRITE)) {
    throw new EngineFailure(
      `path=${PATHS[first] ?? first} asks for system calls that node:fs does not have, and ` +
        `${missing}; path=read-write does without`,
    );
  }
  return new Psync({
    ...setting,
    syscalls: new NodeSyscalls(memory),
    buffersAt: 0,
    offload: absent(copyApi === 'ficlonerange' ? 'ioctl(FICLONERANGE)' : 'copy_file_range'),
    emulation: absent('splice'),
    trim: new NoTrim(setting.attempts),
  });
}

function absent(call: Call): CopyCall {
  return { call: CALLS.indexOf(call), copy: () => -Errno.ENOSYS, close: () => undefined };
}
