/** Where the logs of `coffer run` go, and that they are none of its other files. */

import { resolve } from 'node:path';
import type { Plan } from '../job/plan.ts';
import { environmentPath, partialPath } from '../record/file-names.ts';
import { logFilesOf, type LogPlace } from '../runner/log-files.ts';
import { logPlace } from '../runner/probe-logs.ts';
import { UsageError } from './usage-error.ts';

/** `others`: what the invocation reads or writes beside its record. Throws UsageError. */
export function logsBeside(
  outputPath: string,
  plans: readonly Plan[],
  others: readonly string[],
): LogPlace {
  const runs = plans.flatMap((plan) => plan.runs);
  const place = logPlace(outputPath, runs.length);
  const record = [outputPath, partialPath(outputPath), environmentPath(outputPath)];
  const taken = new Set([...record, ...others].map((path) => resolve(path)));
  const path = runs
    .flatMap((run) => logFilesOf(run, place))
    .map((file) => file.path)
    .find((log) => taken.has(resolve(log)));
  if (path === undefined) return place;
  const what = 'is another file of this run too; give write_*_log another name';
  throw new UsageError(`${path}: ${what}`);
}
