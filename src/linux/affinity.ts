/**
 * On which CPUs the calling thread may run: sched_setaffinity(2). The kernel leaves out of a mask
 * what is not there, or not allowed by cpuset, without a word; so the mask is read back, and a
 * thread that did not get all it asked for gets none.
 */

import { Arena } from './arena.ts';
import { errnoName } from './errno.ts';
import type { Syscalls } from './syscalls.ts';

/** The kernel's mask may be larger than glibc's 1024 CPUs, and no machine has more than 8192. */
const MASK_BYTES = 1024;
const THIS_THREAD = 0;

/**
 * `syscalls`: as loadSyscalls() gives them; `cpus`: at least one. null: done; or, in a sentence,
 * why the thread runs where it ran before.
 */
export function pin(syscalls: Syscalls | string, cpus: readonly number[]): string | null {
  const asked = `cpus_allowed=${cpus.join(',')}`;
  if (typeof syscalls === 'string') return `${asked}: ${syscalls}`;
  const mask = new Arena(syscalls, MASK_BYTES);
  try {
    const before = getMask(syscalls, mask);
    const problem = setMask(syscalls, mask, cpus);
    if (problem !== null) return `${asked}: ${problem}`;
    const granted = new Set(getMask(syscalls, mask));
    const missing = cpus.filter((cpu) => !granted.has(cpu));
    if (missing.length === 0) return null;
    setMask(syscalls, mask, before);
    return `${asked}: ${whichAreMissing(missing)}`;
  } finally {
    mask.close();
  }
}

/** In ascending order. */
export function cpusOfThread(syscalls: Syscalls): readonly number[] {
  const mask = new Arena(syscalls, MASK_BYTES);
  try {
    return getMask(syscalls, mask);
  } finally {
    mask.close();
  }
}

function whichAreMissing(missing: readonly number[]): string {
  const which = missing.length === 1 ? 'this CPU is' : 'these CPUs are';
  return `${which} not there, or not allowed by a cpuset: ${missing.join(', ')}`;
}

function setMask(syscalls: Syscalls, mask: Arena, cpus: readonly number[]): string | null {
  const bytes = new Uint8Array(mask.memory, 0, MASK_BYTES).fill(0);
  const beyond = cpus.filter((cpu) => cpu >= MASK_BYTES * 8);
  if (beyond.length > 0) return whichAreMissing(beyond);
  for (const cpu of cpus) bytes[cpu >>> 3] = (bytes[cpu >>> 3] ?? 0) | (1 << (cpu & 7));
  const result = syscalls.schedSetaffinity(THIS_THREAD, MASK_BYTES, mask.address);
  if (result === 0) return null;
  const code = errnoName(-result);
  return code === 'EINVAL' ? whichAreMissing(cpus) : `sched_setaffinity: ${code}`;
}

function getMask(syscalls: Syscalls, mask: Arena): readonly number[] {
  const bytes = new Uint8Array(mask.memory, 0, MASK_BYTES).fill(0);
  syscalls.schedGetaffinity(THIS_THREAD, MASK_BYTES, mask.address);
  const cpus = Array.from({ length: MASK_BYTES * 8 }, (_, cpu) => cpu);
  return cpus.filter((cpu) => ((bytes[cpu >>> 3] ?? 0) & (1 << (cpu & 7))) !== 0);
}
