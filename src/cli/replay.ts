/**
 * `coffer replay FILE`: recorded NVMe commands through the model, and every answer that differs.
 */

import { type Replayed, replayRecording } from '../runner/replay.ts';
import { EXIT } from './exit-code.ts';
import { readText } from './show.ts';
import { UsageError } from './usage-error.ts';

export function replay(file: string): number {
  const replayed = replayRecording(readText(file));
  if (!replayed.ok) throw new UsageError(`${file}: ${replayed.problem}`);
  process.stdout.write(report(replayed.result));
  return replayed.result.failed.length === 0 ? EXIT.good : EXIT.failed;
}

type ReplayResult = Extract<Replayed, { ok: true }>['result'];

/** Misses one by one, skipped cases by reason, and the count to close with. */
export function report({ passed, failed, skipped }: ReplayResult): string {
  const misses = failed.flatMap(({ name, expected, got }) => [
    `failed: ${name}`,
    `  recorded ${JSON.stringify(expected)}`,
    `  model    ${JSON.stringify(got)}`,
  ]);
  const reasons = new Map<string, string[]>();
  for (const { name, why } of skipped) reasons.set(why, [...(reasons.get(why) ?? []), name]);
  const leftOut = [...reasons].flatMap(([why, names]) => [
    `skipped: ${why}`,
    ...names.map((name) => `  ${name}`),
  ]);
  const count = `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
  return `${[...misses, ...leftOut, count].join('\n')}\n`;
}
