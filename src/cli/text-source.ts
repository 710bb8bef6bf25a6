/** What the text of a job file refers to: the environment, this machine, files it includes. */

import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import type { FileText, Machine, TextSource } from '../job/text-source.ts';
import { errorCode } from '../units/error-code.ts';

export const textSource: Required<TextSource> = {
  variable: (name) => process.env[name],
  machine: thisMachine,
  readFile: readText,
};

export function readText(file: string): FileText {
  try {
    return { ok: true, text: readFileSync(file, 'utf8') };
  } catch (error) {
    return { ok: false, problem: whyUnreadable(error) };
  }
}

export function whyUnreadable(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ENOENT') return 'no such file; check the name and the current folder';
  if (code === 'EISDIR') return 'it is a folder; name a file';
  if (code === 'EACCES') return 'permission denied';
  return error instanceof Error ? error.message : String(error);
}

function thisMachine(): Machine {
  return { cpus: availableParallelism(), pageBytes: pageBytes(), memoryBytes: totalmem() };
}

/** Node does not tell it; the kernel does, of each of our mappings (proc_pid_smaps(5)). */
function pageBytes(): number | null {
  const smaps = readText('/proc/self/smaps');
  const kib = smaps.ok ? /^KernelPageSize:\s+(\d+) kB$/m.exec(smaps.text)?.[1] : undefined;
  return kib === undefined ? null : Number(kib) * 1024;
}
