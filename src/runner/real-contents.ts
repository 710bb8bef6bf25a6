/** The content of a clone's buffers on real files, by its plan, and who sees to it in its loop. */

import { verifyMethod } from '../checksum/verify-method.ts';
import type { JobPlan } from '../job/plan.ts';
import { rwMeaning } from '../job/rw.ts';
import { fillBuffer } from '../linux/buffer-content.ts';
import { BufferWork } from '../linux/buffer-work.ts';
import type { Clock } from '../linux/clock.ts';
import type { Attempts } from '../linux/engine.ts';
import { dropFromPageCache } from '../linux/page-cache.ts';
import type { SlotFiles } from '../linux/slot-files.ts';
import { TargetFailure } from '../linux/target-failure.ts';
import { VerifiedContents } from '../linux/verified-contents.ts';
import { WrittenContents } from '../linux/written-contents.ts';
import { present } from '../units/assert.ts';
import type { Workload } from '../workload/workload.ts';
import type { FilePaths } from './clone-files.ts';
import { bufferBytes } from './real-memory.ts';

export interface ContentsSetting {
  readonly job: JobPlan;
  readonly clone: number;
  readonly repetition: number;
  readonly paths: readonly FilePaths[];
  readonly files: SlotFiles;
  readonly workload: Workload;
  readonly attempts: Attempts;
  readonly clock: Clock;
  /** A buffer for each slot, one behind the other. */
  readonly buffers: Uint8Array;
}

/** Fills the buffers; null: they are written as they are, and nobody looks at what is read. */
export function bufferWork(setting: ContentsSetting): BufferWork | null {
  const { buffers, clone, job } = setting;
  const real = present(job.real, 'a job on real targets');
  const { compressChunkBytes, compressPercent, pattern, zero } = real.buffers;
  const spec = { compressChunkBytes, compressPercent, pattern, zero };
  fillBuffer(buffers, spec, job.seed + clone);
  const contents = verified(setting);
  const changes = contents === null ? written(setting) : null;
  if (contents === null && changes === null) return null;
  const { attempts, clock, workload } = setting;
  return new BufferWork({
    attempts,
    clock,
    contents,
    written: changes,
    workload,
    stops: !job.ends.continueOnVerify || job.verification?.fatal === true,
    dropCache: () => dropAll(setting),
  });
}

/** null: the job verifies nothing. */
function verified(setting: ContentsSetting): VerifiedContents | null {
  const { buffers, clone, job, paths, repetition, workload } = setting;
  const { verification: plan } = job;
  if (plan === null) return null;
  const phase = present(workload.verification, 'a workload that verifies');
  const { headerOffsetBytes, intervalBytes, method, number, pattern, seed } = plan;
  const strict = method === 'pattern' || method === 'pattern_hdr';
  return new VerifiedContents(
    workload.slots,
    phase,
    { bytes: buffers, bufferBytes: bufferBytes(job) },
    {
      name: method,
      blocks: {
        method: verifyMethod(method),
        pattern,
        strict,
        intervalBytes,
        headerOffsetBytes,
      },
      checks: { seed, number },
      fatal: plan.fatal,
      dumps: plan.dump ? paths.map(({ source }) => source) : null,
      seed: job.seed + repetition,
      clone,
    },
  );
}

/** null: each write writes what its buffer holds from the beginning. */
function written({ buffers, clone, job, workload }: ContentsSetting): WrittenContents | null {
  const real = present(job.real, 'a real job');
  const { access } = rwMeaning(job.rw);
  const writes = access === 'write' || access === 'mixed' || access === 'trimwrite';
  const { dedupePercent, refill, scramble, ...buffer } = real.buffers;
  const restores = access === 'mixed' && (buffer.zero || buffer.pattern !== null);
  if (!writes || real.engine === 'null' || !(refill || scramble || restores)) return null;
  const spec = { buffer, refill, scramble, dedupePercent, seed: job.seed + clone };
  return new WrittenContents(workload.slots, buffers, bufferBytes(job), spec);
}

/** What cannot be dropped is read from memory, as fio reads it then. */
function dropAll({ files, paths }: ContentsSetting): string | null {
  try {
    files.each.forEach(({ sourceFd }, file) => {
      dropFromPageCache(sourceFd, paths[file]?.source ?? '');
    });
    return null;
  } catch (error) {
    if (error instanceof TargetFailure) return error.message;
    throw error;
  }
}
