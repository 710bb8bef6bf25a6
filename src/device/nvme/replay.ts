/**
 * Replays recorded NVMe Copy commands (what QEMU's controller answered) through the controller
 * model: a fresh controller with the recorded namespaces for each case, the command as raw bytes
 * through an I/O queue, its answer and the blocks it changed held against the record.
 */

import { type Answer, parseVectors, type RecordedCase, type Vectors } from './replay-vectors.ts';
import { ReplayWorld } from './replay-world.ts';

export interface ReplayResult {
  readonly passed: number;
  readonly failed: readonly { name: string; expected: Answer; got: Answer }[];
  readonly skipped: readonly { name: string; why: string }[];
}

/** `lines` of a vectors file, the header first. */
export function replayNvmeCopy(lines: readonly string[]): ReplayResult {
  const vectors = parseVectors(lines);
  let passed = 0;
  const failed: { name: string; expected: Answer; got: Answer }[] = [];
  const skipped: { name: string; why: string }[] = [];
  for (const recorded of vectors.cases) {
    const { name, answer } = recorded;
    const why = whyNot(recorded, vectors);
    if (why !== null) {
      skipped.push({ name, why });
      continue;
    }
    const got = new ReplayWorld(vectors).replay(recorded);
    if (JSON.stringify(got) === JSON.stringify(answer)) passed += 1;
    else failed.push({ name, expected: answer, got });
  }
  return { passed, failed, skipped };
}

/** What the model does not have yet. */
function whyNot(recorded: RecordedCase, vectors: Vectors): string | null {
  const { nsid } = recorded;
  const namespace = vectors.namespaces.find((candidate) => candidate.nsid === nsid);
  if (namespace === undefined) return `namespace ${nsid} is not in the header`;
  // The record is of what lay at a null address in its host: not the controller's doing.
  if (recorded.dataBytes === 0) return 'no data buffer was handed over';
  return null;
}
