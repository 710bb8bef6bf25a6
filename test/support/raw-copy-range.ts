/** A recorded copy_file_range or FICLONERANGE made again, as it was: any offset, any length. */

import { FICLONERANGE } from '../../src/linux/ficlonerange.ts';
import { Arena } from '../../src/linux/arena.ts';
import type { Result, Syscalls } from '../../src/linux/syscalls.ts';
import type { CaseFiles, CopyRangeArgs, CopyRangeLine } from './copy-range-case.ts';
import { syscallsOrThrow } from './engine-rig.ts';

const RLIMIT_FSIZE = 1;
const CROSSING: CopyRangeArgs = { off_in: 0, off_out: 0, len: 65536, src_length: 65536 };

export interface Answer {
  readonly result: Result;
  /** Of copy_file_range, where they were not the files' own. */
  readonly offInAfter: number | null;
  readonly offOutAfter: number | null;
}

/** As recorded, or what a case without arguments was made with. */
export function argsOf(line: CopyRangeLine): CopyRangeArgs {
  if (line.args !== null && line.args !== undefined) return line.args;
  if (line.case.startsWith('RLIMIT_FSIZE')) {
    return { off_in: 0, off_out: line.case.endsWith('off_out 8192') ? 8192 : 0, len: 65536 };
  }
  return line.case === 'source pipe (off NULL)' ? { ...CROSSING, off_in: null } : CROSSING;
}

export function rawCopyRange(line: CopyRangeLine, files: CaseFiles): Answer {
  const syscalls = syscallsOrThrow();
  const arena = new Arena(syscalls, 64);
  try {
    const words = new BigInt64Array(arena.memory, 0, 4);
    const args = argsOf(line);
    const limit = line.case.startsWith('RLIMIT_FSIZE') ? 8192 : null;
    const { op } = line;
    return withFileLimit(syscalls, limit, () =>
      op === 'FICLONERANGE'
        ? rawClone(syscalls, files, args, arena.address, words)
        : rawCopy(syscalls, files, args, arena.address, words),
    );
  } finally {
    arena.close();
  }
}

function rawCopy(
  syscalls: Syscalls,
  files: CaseFiles,
  { off_in = 0, off_out = 0, len = 0, flags = 0 }: CopyRangeArgs,
  address: number,
  words: BigInt64Array,
): Answer {
  words[0] = BigInt(off_in ?? 0);
  words[1] = BigInt(off_out ?? 0);
  const result = syscalls.copyFileRange(
    files.sourceFd,
    off_in === null ? 0 : address,
    files.destinationFd,
    off_out === null ? 0 : address + 8,
    len,
    flags,
  );
  return {
    result,
    offInAfter: off_in === null ? null : Number(words[0]),
    offOutAfter: off_out === null ? null : Number(words[1]),
  };
}

function rawClone(
  syscalls: Syscalls,
  { sourceFd, destinationFd }: CaseFiles,
  { src_offset = 0, src_length = 0, dest_offset = 0 }: CopyRangeArgs,
  address: number,
  words: BigInt64Array,
): Answer {
  words.set([sourceFd, src_offset, src_length, dest_offset].map(BigInt));
  const result = syscalls.ioctl(destinationFd, FICLONERANGE, address);
  return { result, offInAfter: null, offOutAfter: null };
}

/** RLIMIT_FSIZE sends SIGXFSZ, which would end the process. */
function withFileLimit<T>(syscalls: Syscalls, bytes: number | null, body: () => T): T {
  if (bytes === null) return body();
  const ignore = (): void => undefined;
  const arena = new Arena(syscalls, 64);
  process.on('SIGXFSZ', ignore);
  try {
    const [old, lower] = [arena.address, arena.address + 16];
    const words = new BigUint64Array(arena.memory, 0, 4);
    if (syscalls.prlimit(0, RLIMIT_FSIZE, 0, old) !== 0) throw new Error('prlimit');
    words[2] = BigInt(bytes);
    words[3] = words[1] ?? 0n;
    if (syscalls.prlimit(0, RLIMIT_FSIZE, lower, 0) !== 0) throw new Error('prlimit');
    try {
      return body();
    } finally {
      syscalls.prlimit(0, RLIMIT_FSIZE, old, 0);
    }
  } finally {
    process.off('SIGXFSZ', ignore);
    arena.close();
  }
}
