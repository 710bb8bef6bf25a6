/**
 * Recorded answers of devices, by the kind that the header of their file names, to the model of the
 * device.
 */

import { type ReplayResult, replayNvmeCopy } from '../device/nvme/replay.ts';
import { AssertionFailure } from '../units/assert.ts';

export type Replayed =
  | { readonly ok: true; readonly result: ReplayResult }
  | { readonly ok: false; readonly problem: string };

const KIND = 'nvme-copy';

/** `text` of a JSON lines file. */
export function replayRecording(text: string): Replayed {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  try {
    const kind = kindOf(lines[0] ?? '');
    if (kind === null) {
      return { ok: false, problem: 'the first line is no header of recorded answers' };
    }
    if (kind !== KIND) {
      return { ok: false, problem: `holds ${kind} answers; only ${KIND} can be replayed` };
    }
    return { ok: true, result: replayNvmeCopy(lines) };
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof AssertionFailure)) throw error;
    return { ok: false, problem: `cannot be replayed: ${error.message}` };
  }
}

function kindOf(line: string): string | null {
  const header: unknown = JSON.parse(line);
  if (typeof header !== 'object' || header === null || !('vectors' in header)) return null;
  return typeof header.vectors === 'string' ? header.vectors : null;
}
