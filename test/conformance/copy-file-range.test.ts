/**
 * copy_file_range and FICLONERANGE against what Linux 6.18 answered
 * (../shared/vectors/copy-file-range.jsonl), on file systems made here: each line by the system
 * call itself, and those that a job could ask for by the engine's copies too. FICLONE and
 * FIDEDUPERANGE, which coffer does not use, are left out.
 *
 * How the recorder made its content is not known, so its sha256 cannot be met. Instead each
 * destination is held against what the answer says was copied, and what we hash must stand one to
 * one for what was recorded, over all lines.
 */

import { createHash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { CopyFileRange } from '../../src/linux/copy-file-range.ts';
import { CopyRest } from '../../src/linux/copy-rest.ts';
import { Attempts } from '../../src/linux/engine.ts';
import { Errno } from '../../src/linux/errno.ts';
import { Ficlonerange } from '../../src/linux/ficlonerange.ts';
import { SlotFiles } from '../../src/linux/slot-files.ts';
import { loadSyscalls } from '../../src/linux/syscalls.ts';
import { Slots } from '../../src/workload/slots.ts';
import { type CaseFiles, type CopyRangeLine, caseFiles } from '../support/copy-range-case.ts';
import { syscallsOrThrow } from '../support/engine-rig.ts';
import { FileSystems, type Place } from '../support/file-systems.ts';
import { type Answer, argsOf, rawCopyRange } from '../support/raw-copy-range.ts';
import { hasSharedExtents } from '../support/shared-extents.ts';
import { vectorLines } from '../support/vectors.ts';

const MEBIBYTE = 1 << 20;
/** A file of 2^63 − 1 bytes was hashed as far as its data went. */
const HASHED_BYTES_MAX = 4 * MEBIBYTE;
const loaded = loadSyscalls();
const koffi = typeof loaded === 'string' ? loaded : null;
const lines = vectorLines<CopyRangeLine>('copy-file-range.jsonl');
const calls = lines.filter(({ op }) => op === 'copy_file_range' || op === 'FICLONERANGE');
const notes = lines.filter(({ op }) => op === 'note');

const places = new FileSystems();
const mounted = new Map<string, Place>(
  (['xfs', 'xfs0', 'btrfs', 'ext4', 'tmpfs'] as const).map((kind) => [kind, places.mount(kind)]),
);
mounted.set('ext4b', places.mount('ext4'));
const device = places.loopDevice(8);
mounted.set('blk', mounted.get('ext4') ?? device);
afterAll(() => places.close());

function problemOf({ fs }: CopyRangeLine): string | null {
  const missing = fs.split('->').map((place) => mounted.get(place)?.missing ?? null);
  return koffi ?? device.missing ?? missing.find((reason) => reason !== null) ?? null;
}

function filesOf(line: CopyRangeLine, name = line.case): CaseFiles {
  const [from = '', to = from] = line.fs.split('->').map((fs) => mounted.get(fs)?.path ?? '');
  return caseFiles(name, [from, to], device.path);
}

/** As a job could ask for it: by the engine's own copies. Null: it could not. */
function byEngine(line: CopyRangeLine, files: CaseFiles): Answer | null {
  const args = argsOf(line);
  const clones = line.op === 'FICLONERANGE';
  const source = clones ? (args.src_offset ?? 0) : args.off_in;
  const destination = clones ? (args.dest_offset ?? 0) : args.off_out;
  const bytes = (clones ? args.src_length : args.len) ?? 0;
  if (source === null || source === undefined || source < 0) return null;
  if (destination === null || destination === undefined || destination < 0) return null;
  if (bytes === 0 || (args.flags ?? 0) !== 0 || line.case.startsWith('RLIMIT')) return null;
  const slots = new Slots(1, 1);
  slots.lengthBytes[0] = bytes;
  slots.rangeOffsetBytes[0] = source;
  slots.rangeCount[0] = 1;
  slots.destOffsetBytes[0] = destination;
  const rest = new CopyRest(slots, new Attempts(1));
  rest.locate(0);
  const file = { ...files, sourceBytes: 0, destinationBytes: 0 };
  const setting = { syscalls: syscallsOrThrow(), files: new SlotFiles(slots.file, [file]) };
  const copies = clones ? new Ficlonerange(setting) : new CopyFileRange(setting);
  try {
    const result = copies.copy(rest);
    // The call itself says 0 for all of it.
    return { result: clones && result > 0 ? 0 : result, offInAfter: null, offOutAfter: null };
  } finally {
    copies.close();
  }
}

const recordedOf = new Map<string, string>();
const oursOf = new Map<string, string>();

/** The same content wherever the recorder had the same, and only there. */
function holdHash(content: Buffer, recorded: string): void {
  const ours = createHash('sha256').update(content).digest('hex').slice(0, 12);
  expect(recordedOf.get(ours) ?? recorded).toBe(recorded);
  expect(oursOf.get(recorded) ?? ours).toBe(ours);
  recordedOf.set(ours, recorded);
  oursOf.set(recorded, ours);
}

function readAll(path: string): { readonly bytes: number; readonly content: Buffer } {
  const fd = openSync(path, 'r');
  try {
    const bytes = fstatSync(fd).size;
    const content = Buffer.alloc(bytes > HASHED_BYTES_MAX ? MEBIBYTE : bytes);
    readSync(fd, content, 0, content.length, 0);
    return { bytes, content };
  } finally {
    closeSync(fd);
  }
}

/** What the destination must hold now, by the answer. */
function expectedContent(line: CopyRangeLine, files: CaseFiles, bytes: number): Buffer {
  const args = argsOf(line);
  const clones = line.op === 'FICLONERANGE';
  const from = (clones ? args.src_offset : args.off_in) ?? 0;
  const to = (clones ? args.dest_offset : args.off_out) ?? 0;
  const toEnd = files.source.length - from;
  const cloned = args.src_length === 0 ? toEnd : (args.src_length ?? 0);
  const copied = line.errno === undefined ? (clones ? cloned : (line.ret ?? 0)) : 0;
  const content = Buffer.alloc(bytes);
  files.destination.copy(content);
  if (copied > 0 && to < bytes) files.source.copy(content, to, from, from + copied);
  return content;
}

function holdAnswer(line: CopyRangeLine, answer: Answer): void {
  const errno = Object.entries(Errno).find(([name]) => name === line.errno)?.[1];
  expect(answer.result).toBe(errno === undefined ? line.ret : -errno);
  const { offInAfter, offOutAfter } = answer;
  if (offInAfter !== null && line.off_in_after !== undefined) {
    expect(offInAfter).toBe(line.off_in_after);
  }
  if (offOutAfter !== null && line.off_out_after !== undefined) {
    expect(offOutAfter).toBe(line.off_out_after);
  }
}

function holdDestination(line: CopyRangeLine, files: CaseFiles): void {
  const { destinationPath } = files;
  if (destinationPath === null || line.dst_size === undefined) return;
  const { bytes, content } = readAll(destinationPath);
  expect(bytes).toBe(line.dst_size[1]);
  expect(content.equals(expectedContent(line, files, content.length))).toBe(true);
  if (line.sha256 !== undefined) holdHash(content, line.sha256[1]);
  if (line.shared_extents === undefined) return;
  const fd = openSync(destinationPath, 'r');
  try {
    const recorded = line.shared_extents === 'ENOTSUP' ? null : line.shared_extents;
    expect(hasSharedExtents(fd)).toBe(recorded);
  } finally {
    closeSync(fd);
  }
}

describe('each call that was recorded', () => {
  let held = 0;
  let asked = 0;

  for (const line of calls) {
    const problem = problemOf(line);
    const reason = problem === null ? '' : ` (${problem})`;
    test.skipIf(problem !== null)(`${line.fs}: ${line.op}: ${line.case}${reason}`, () => {
      for (const ask of [rawCopyRange, byEngine]) {
        const files = filesOf(line);
        try {
          if (line.sha256 !== undefined) holdHash(files.destination, line.sha256[0]);
          const answer = ask(line, files);
          if (answer === null) continue;
          if (ask === byEngine) asked += 1;
          holdAnswer(line, answer);
          holdDestination(line, files);
        } finally {
          files.close();
        }
      }
      held += 1;
    });
  }

  test.skipIf(calls.some((line) => problemOf(line) !== null))('none was left out', () => {
    expect(held).toBe(162);
    expect(asked).toBeGreaterThan(100);
  });
});

describe('a hole copied over data', () => {
  for (const line of notes) {
    const problem = problemOf(line);
    const reason = problem === null ? '' : ` (${problem})`;
    test.skipIf(problem !== null)(`${line.fs}: blocks after${reason}`, () => {
      const files = filesOf(line, 'source all hole');
      try {
        const copy = { ...line, op: 'copy_file_range', args: { len: MEBIBYTE } };
        expect(rawCopyRange(copy, files).result).toBe(MEBIBYTE);
        fsyncSync(files.destinationFd);
        expect(fstatSync(files.destinationFd).blocks).toBe(line.ret);
      } finally {
        files.close();
      }
    });
  }
});
