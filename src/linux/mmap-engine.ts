/**
 * Reads and writes as memory copies between a file's mapping and the slot's buffer, copies from
 * mapping to mapping (read-write, the only path it has). The kernel reads and writes pages as they
 * are touched; there is no system call, and so no errno: see mapping.ts for what ends in SIGBUS.
 *
 * A read ends short at the end of the mapping, and an attempt at the end of a window of it. Each
 * copy makes a subarray, the one thing here that is allocated per I/O: nothing in JavaScript copies
 * between two arrays without (performance.md, section 5: faster than memcpy through koffi). Buffers
 * behind the mapping in one array, for copyWithin(), would save 4 % of a 4k read, and were left.
 * Windows are found by division: % of doubles is a call.
 * Left out: msync (fsync of the file does the same), madvise.
 */

import { assert, present } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import { COPY, READ, type Slots, TRIM } from '../workload/slots.ts';
import { CopyRest } from './copy-rest.ts';
import {
  type Attempts,
  EngineFailure,
  type EngineSetting,
  READ_WRITE,
  type SynchronousEngine,
} from './engine.ts';
import { Mapping, WINDOW_BYTES } from './mapping.ts';
import type { OpenedFile } from './slot-files.ts';
import { openTrim, type TrimCall } from './trim.ts';

export class MmapEngine implements SynchronousEngine {
  readonly synchronous = true;
  private readonly slots: Slots;
  private readonly attempts: Attempts;
  /** By file. */
  private readonly mapped: readonly MappedFile[];
  private readonly buffers: Uint8Array;
  private readonly bufferBytes: Bytes;
  private readonly rest: CopyRest;
  private readonly trim: TrimCall;

  /** By file. The engine closes the mappings. */
  constructor(setting: EngineSetting, mapped: readonly MappedFile[]) {
    this.slots = setting.slots;
    this.attempts = setting.attempts;
    this.mapped = mapped;
    this.buffers = new Uint8Array(setting.buffers.memory);
    this.bufferBytes = setting.bufferBytes;
    this.rest = new CopyRest(setting.slots, setting.attempts);
    this.trim = openTrim(setting);
  }

  perform(slot: number): void {
    const { attempts, slots } = this;
    const direction = slots.direction[slot];
    if (direction === TRIM) return this.trim.perform(slot);
    const doneBytes = attempts.doneBytes[slot] ?? 0;
    attempts.errno[slot] = 0;
    if (direction === COPY) attempts.doneBytes[slot] = doneBytes + this.copy(slot);
    else attempts.doneBytes[slot] = doneBytes + this.regular(slot, direction === READ, doneBytes);
  }

  close(): void {
    closeAll(this.mapped);
    this.trim.close();
  }

  private at(slot: number): MappedFile {
    return present(this.mapped[this.slots.file[slot] ?? 0], 'a mapping of each file');
  }

  private regular(slot: number, reads: boolean, doneBytes: Bytes): Bytes {
    const { buffers, slots } = this;
    const { source } = this.at(slot);
    const offset = (slots.offsetBytes[slot] ?? 0) + doneBytes;
    const leftBytes = (slots.lengthBytes[slot] ?? 0) - doneBytes;
    assert(doneBytes + leftBytes <= this.bufferBytes, 'a read or write fits its buffer');
    assert(reads || source.writable, 'a mapping that is written may be');
    if (!reads) mustFit(source, offset + leftBytes);
    const place = Math.floor(offset / WINDOW_BYTES);
    const into = offset - place * WINDOW_BYTES;
    const bytes = Math.min(leftBytes, source.bytes - offset, WINDOW_BYTES - into);
    if (bytes <= 0) return 0;
    const window = windowAt(source, place);
    const buffer = slot * this.bufferBytes + doneBytes;
    if (reads) buffers.set(window.subarray(into, into + bytes), buffer);
    else window.set(buffers.subarray(buffer, buffer + bytes), into);
    return bytes;
  }

  private copy(slot: number): Bytes {
    const { rest } = this;
    const { destination, source } = this.at(slot);
    assert(destination.writable, 'a mapping that is copied to may be written');
    assert(this.attempts.path[slot] === READ_WRITE, 'a mapping knows only read-write copies');
    rest.locate(slot);
    const sourcePlace = Math.floor(rest.sourceOffsetBytes / WINDOW_BYTES);
    const destPlace = Math.floor(rest.destOffsetBytes / WINDOW_BYTES);
    const from = rest.sourceOffsetBytes - sourcePlace * WINDOW_BYTES;
    const to = rest.destOffsetBytes - destPlace * WINDOW_BYTES;
    const bytes = Math.min(
      rest.lengthBytes,
      source.bytes - rest.sourceOffsetBytes,
      WINDOW_BYTES - Math.max(from, to),
    );
    if (bytes <= 0) return 0;
    mustFit(destination, rest.destOffsetBytes + bytes);
    const read = windowAt(source, sourcePlace).subarray(from, from + bytes);
    windowAt(destination, destPlace).set(read, to);
    return bytes;
  }
}

/** What copies go to may be what they come from. */
interface MappedFile {
  readonly source: Mapping;
  readonly destination: Mapping;
}

function closeAll(mapped: readonly MappedFile[]): void {
  for (const { source, destination } of mapped) {
    source.close();
    destination.close();
  }
}

/** The file was too short when it was mapped: another job may have said fallocate=none for it. */
function mustFit({ bytes }: Mapping, endBytes: Bytes): void {
  if (endBytes <= bytes) return;
  throw new EngineFailure(
    `mmap: a write ends at byte ${endBytes}, and the file had ${bytes} when it was mapped; ` +
      'give fallocate=native in every job of this file, or another ioengine',
  );
}

const windowAt = ({ windows }: Mapping, place: number): Uint8Array =>
  present(windows[place], 'an offset before the end is in a window');

/** Throws EngineFailure. */
export function openMmap(setting: EngineSetting): MmapEngine {
  const mapped: MappedFile[] = [];
  try {
    for (const file of setting.files.each) mapped.push(map(setting, file));
    return new MmapEngine(setting, mapped);
  } catch (error) {
    closeAll(mapped);
    throw error;
  }
}

function map({ syscalls, writes }: EngineSetting, file: OpenedFile): MappedFile {
  const { destinationBytes, destinationFd, sourceBytes, sourceFd } = file;
  const same = sourceFd === destinationFd;
  const bytes = same ? Math.max(sourceBytes, destinationBytes) : sourceBytes;
  const source = new Mapping(syscalls, sourceFd, bytes, writes);
  try {
    const destination = same
      ? source
      : new Mapping(syscalls, destinationFd, destinationBytes, writes);
    if (writes && !destination.writable) {
      destination.close();
      throw new EngineFailure('mmap: what is written must be open for reading and writing');
    }
    return { source, destination };
  } catch (error) {
    source.close();
    throw error;
  }
}
