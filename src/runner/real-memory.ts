/** Whether the machine has the memory for a thread per clone, and for their buffers. */

import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import type { JobPlan, RunPlan } from '../job/plan.ts';
import { rwMeaning } from '../job/rw.ts';
import { formatBytes } from '../units/bytes.ts';
import { MIB, PAGE_BYTES, type Bytes } from '../units/quantity.ts';

/** What a further thread takes (`npm run bench -- linux`), its heap and its code. */
const THREAD_BYTES: Bytes = 15 * MIB;

/** Why the run cannot be, in a sentence; null: there is room. */
export function memoryProblem(plan: RunPlan): string | null {
  const neededBytes = plan.jobs.reduce((sum, job) => sum + job.numjobs * cloneBytes(job), 0);
  const availableBytes = available();
  if (neededBytes <= availableBytes) return null;
  const clones = plan.jobs.reduce((sum, { numjobs }) => sum + numjobs, 0);
  return (
    `ENOMEM: ${clones} clones need ${formatBytes(neededBytes)}, a thread with its buffers each, ` +
    `and ${formatBytes(availableBytes)} are available; give a smaller numjobs, iodepth or bs`
  );
}

function cloneBytes(job: JobPlan): Bytes {
  return THREAD_BYTES + job.iodepth * bufferBytes(job);
}

/** Of one slot: the largest I/O that goes through it, rounded up to pages; one page at least. */
export function bufferBytes(job: JobPlan): Bytes {
  const { directions, access } = rwMeaning(job.rw);
  if (access === 'trim' || (access === 'copy' && !buffered(job))) return PAGE_BYTES;
  const most = Math.max(...directions.map((direction) => job.bsBytes[direction]));
  return Math.ceil(most / PAGE_BYTES) * PAGE_BYTES;
}

/** Copies that the application itself reads and writes, or may fall back to. */
function buffered({ path, fallback, real }: JobPlan): boolean {
  if (real?.engine === 'mmap' || real?.engine === 'null') return false;
  return path === 'read-write' || fallback !== 'never';
}

function available(): Bytes {
  try {
    const found = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'));
    return found === null ? freemem() : Number(found[1]) * 1024;
  } catch {
    return freemem();
  }
}
