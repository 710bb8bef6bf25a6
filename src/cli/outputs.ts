/** Where a run's files go, and that they destroy nothing. */

import { mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { UsageError } from './usage-error.ts';

const DEFAULT_FOLDER = 'results';

/** FILE of --output, or results/STEM.csv; makes the folder. Throws UsageError. */
export function outputOf(files: readonly string[], output: string | undefined): string {
  if (output !== undefined) return output;
  const [file] = files;
  if (file === undefined || files.length > 1) {
    throw new UsageError('several job files need --output FILE.csv for their one record');
  }
  try {
    mkdirSync(DEFAULT_FOLDER, { recursive: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`the folder ${DEFAULT_FOLDER} cannot be made here, give --output: ${why}`);
  }
  return join(DEFAULT_FOLDER, `${basename(file, extname(file))}.csv`);
}

/**
 * An output that is one of the inputs, or two outputs that are one file, would destroy it. Throws
 * UsageError.
 */
export function keepApart(
  files: readonly string[],
  output: string,
  trace: string | undefined,
): void {
  const inputs = new Set(files.map((file) => realpathSync(file)));
  const outputs = [
    ['--output', output],
    ['--trace', trace],
  ] as const;
  for (const [flag, path] of outputs) {
    if (path === undefined) continue;
    if (inputs.has(resolve(realFolder(path), basename(path)))) {
      throw new UsageError(`${flag} ${path}: is a job file; name another file`);
    }
  }
  if (trace !== undefined && resolve(trace) === resolve(output)) {
    throw new UsageError(`--trace ${trace}: is the --output too; name another file`);
  }
}

function realFolder(path: string): string {
  try {
    return realpathSync(dirname(path));
  } catch {
    // A folder that does not exist holds no job file; that it does not is told later.
    return resolve(dirname(path));
  }
}
