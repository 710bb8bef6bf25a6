/** The engines of real files: how deep they go, and which copies they can do. */

import { assert } from '../units/assert.ts';
import type { Path, RealEngine } from './plan.ts';

interface Ability {
  /** Keeps iodepth I/Os in flight; else one. */
  readonly deep: boolean;
  readonly paths: readonly Path[];
}

const ALL_PATHS: readonly Path[] = ['offload', 'emulation', 'read-write'];

/** null does nothing, of whatever kind. */
const ENGINES: Readonly<Record<RealEngine, Ability>> = {
  psync: { deep: false, paths: ALL_PATHS },
  io_uring: { deep: true, paths: ['emulation', 'read-write'] },
  libaio: { deep: true, paths: ['read-write'] },
  mmap: { deep: false, paths: ['read-write'] },
  null: { deep: true, paths: ALL_PATHS },
};

/** fio's engines that differ in the system call alone, and not in what it does. */
const SAME_AS_PSYNC: readonly string[] = ['sync', 'pvsync', 'pvsync2'];

/** `name`: one of the choices of ioengine but sim. */
export function realEngine(name: string): RealEngine {
  const engine = SAME_AS_PSYNC.includes(name) ? 'psync' : name;
  assert(isRealEngine(engine), `${name} is an engine`);
  return engine;
}

function isRealEngine(name: string): name is RealEngine {
  return Object.hasOwn(ENGINES, name);
}

export function isDeep(engine: RealEngine): boolean {
  return ENGINES[engine].deep;
}

/** Hands over and reaps several I/Os with one system call. */
export function isAsynchronous(engine: RealEngine): boolean {
  return isDeep(engine) && engine !== 'null';
}

export function pathsOf(engine: RealEngine): readonly Path[] {
  return ENGINES[engine].paths;
}

/** Those that copy so, null aside, which would not. */
export function enginesWith(path: Path): readonly string[] {
  const able = Object.entries(ENGINES).filter(([, { paths }]) => paths.includes(path));
  return able.map(([name]) => name).filter((name) => name !== 'null');
}
