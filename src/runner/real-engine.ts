/** The engine of one clone, by the name that the job gives. */

import type { RealJobPlan, RunPlan } from '../job/plan.ts';
import { pathsOf } from '../job/real-engines.ts';
import { rwMeaning } from '../job/rw.ts';
import { Arena } from '../linux/arena.ts';
import { type Attempts, type Engine, EngineFailure, PATHS } from '../linux/engine.ts';
import { openIoUring } from '../linux/io-uring.ts';
import { openLibaio } from '../linux/libaio.ts';
import { openMmap } from '../linux/mmap-engine.ts';
import { openNodePsync } from '../linux/node-psync.ts';
import { NullEngine, NullQueue } from '../linux/null-engine.ts';
import { openPsync } from '../linux/psync.ts';
import type { SlotFiles } from '../linux/slot-files.ts';
import type { PathPolicy } from '../linux/slot-state.ts';
import { loadSyscalls, type Syscalls } from '../linux/syscalls.ts';
import type { Bytes } from '../units/quantity.ts';
import type { Slots } from '../workload/slots.ts';

/** The path asked for, and those after it that a fallback may go on to. */
export function pathsFrom(asked: string, engine: RealJobPlan['engine']): PathPolicy['paths'] {
  const able: readonly string[] = pathsOf(engine);
  const first = PATHS.findIndex((path) => path === asked);
  return PATHS.flatMap((path, index) => (index >= first && able.includes(path) ? [index] : []));
}

/** Why the engine of some job cannot be had without koffi; null: it is there, or not needed. */
export function missingProblem({ jobs }: RunPlan): string | null {
  const syscalls = loadSyscalls();
  if (typeof syscalls !== 'string') return null;
  for (const { name, real, rw, path, fallback } of jobs) {
    if (real === null || real.engine === 'null') continue;
    const { access, directions } = rwMeaning(rw);
    const copies = access === 'copy';
    const trims = directions.includes('trim');
    const mayReadWrite = path === 'read-write' || fallback !== 'never';
    if (real.engine === 'psync' && !real.direct && !trims && (!copies || mayReadWrite)) continue;
    const asks = trims
      ? `rw=${rw}`
      : copies && !mayReadWrite
        ? `path=${path}`
        : `ioengine=${real.engine}`;
    return `job ${name}: ${real.direct ? 'direct=1' : asks}: ${syscalls}`;
  }
  return null;
}

export interface EngineNeeds {
  readonly real: RealJobPlan;
  readonly slots: Slots;
  readonly attempts: Attempts;
  readonly bufferBytes: Bytes;
  readonly copyApi: 'copy_file_range' | 'ficlonerange';
  /** That copies may take; empty: there are none. */
  readonly paths: readonly number[];
  readonly files: SlotFiles;
  readonly writes: boolean;
  readonly trims: boolean;
}

/** An engine, and the memory of its buffers. */
export interface OpenedEngine {
  readonly engine: Engine;
  readonly buffers: Uint8Array;
  close(): void;
}

/** `syscalls` a sentence: what is missing. Throws EngineFailure, OutOfMemory. */
export function openEngine(needs: EngineNeeds, syscalls: Syscalls | string): OpenedEngine {
  const { real, slots, bufferBytes } = needs;
  if (real.engine === 'null') return openNull(needs);
  const bytes = slots.depth * bufferBytes;
  if (typeof syscalls === 'string') {
    if (real.engine !== 'psync') throw new EngineFailure(`ioengine=${real.engine}: ${syscalls}`);
    if (real.direct) throw new EngineFailure(`direct=1 asks for aligned buffers, and ${syscalls}`);
    const memory = new ArrayBuffer(bytes);
    const engine = openNodePsync({ ...needs, memory }, syscalls);
    return { engine, buffers: new Uint8Array(memory), close: () => engine.close() };
  }
  const arena = new Arena(syscalls, bytes);
  try {
    const engine = openOn(arena, needs, syscalls);
    const close = (): void => {
      engine.close();
      arena.close();
    };
    return { engine, buffers: new Uint8Array(arena.memory), close };
  } catch (error) {
    arena.close();
    throw error;
  }
}

function openNull({ slots, attempts }: EngineNeeds): OpenedEngine {
  const engine =
    slots.depth === 1 ? new NullEngine(slots, attempts) : new NullQueue(slots, attempts);
  return { engine, buffers: new Uint8Array(0), close: () => undefined };
}

function openOn(buffers: Arena, needs: EngineNeeds, syscalls: Syscalls): Engine {
  const { real } = needs;
  const setting = {
    ...needs,
    syscalls,
    buffers,
    fixedBuffers: real.fixedbufs,
    fixedFiles: real.registerfiles,
  };
  switch (real.engine) {
    case 'io_uring':
      return openIoUring(setting);
    case 'libaio':
      return openLibaio(setting);
    case 'mmap':
      return openMmap(setting);
    default:
      return openPsync(setting);
  }
}
