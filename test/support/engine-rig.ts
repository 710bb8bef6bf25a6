/** An engine between two files, and a loop that makes attempts until an I/O has ended. */

import { closeSync, constants, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Arena } from '../../src/linux/arena.ts';
import { Attempts, type Engine, type EngineSetting } from '../../src/linux/engine.ts';
import { type OpenedFile, SlotFiles } from '../../src/linux/slot-files.ts';
import { loadSyscalls, type Syscalls } from '../../src/linux/syscalls.ts';
import { COPY, READ, Slots, TRIM, WRITE } from '../../src/workload/slots.ts';

/** Bytes that tell where they are from, and of which file. */
export function contentOf(bytes: number, seed: number): Buffer {
  const content = Buffer.alloc(bytes);
  let word = seed * 0x9e3779b1 + 1;
  for (let at = 0; at < bytes; at += 1) {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    content[at] = word >>> 24;
  }
  return content;
}

export function syscallsOrThrow(): Syscalls {
  const syscalls = loadSyscalls();
  if (typeof syscalls === 'string') throw new Error(syscalls);
  return syscalls;
}

export interface RigOptions {
  readonly depth?: number;
  readonly numRange?: number;
  readonly bufferBytes?: number;
  readonly copyApi?: EngineSetting['copyApi'];
  readonly source: Buffer;
  readonly destination: Buffer;
  /** Another folder for the destination: another file system. */
  readonly destinationFolder?: string;
  readonly sourceFlags?: number;
  readonly destinationFlags?: number;
  readonly sourceBytes?: number;
  readonly destinationBytes?: number;
}

export interface Outcome {
  readonly doneBytes: number;
  readonly errno: number;
  readonly call: number;
  readonly attempts: number;
}

let files = 0;

export class EngineRig {
  readonly slots: Slots;
  readonly attempts: Attempts;
  readonly setting: EngineSetting;
  readonly file: OpenedFile;
  readonly sourcePath: string;
  readonly destinationPath: string;
  private readonly open: number[] = [];

  constructor(folder: string, options: RigOptions) {
    const { depth = 1, numRange = 1, bufferBytes = 65536 } = options;
    files += 1;
    this.sourcePath = join(folder, `source-${files}`);
    this.destinationPath = join(options.destinationFolder ?? folder, `destination-${files}`);
    writeFileSync(this.sourcePath, options.source);
    writeFileSync(this.destinationPath, options.destination);
    this.slots = new Slots(depth, numRange);
    this.attempts = new Attempts(depth);
    const syscalls = syscallsOrThrow();
    this.file = {
      sourceFd: this.fd(this.sourcePath, options.sourceFlags),
      destinationFd: this.fd(this.destinationPath, options.destinationFlags),
      sourceBytes: options.sourceBytes ?? options.source.length,
      destinationBytes: options.destinationBytes ?? options.destination.length,
    };
    this.setting = {
      syscalls,
      slots: this.slots,
      attempts: this.attempts,
      files: this.filesWith({}),
      buffers: new Arena(syscalls, depth * bufferBytes),
      bufferBytes,
      copyApi: options.copyApi ?? 'copy_file_range',
      fixedBuffers: false,
      fixedFiles: false,
      writes: true,
      trims: true,
    };
  }

  /** Its one file, but for some of it. */
  filesWith(changes: Partial<OpenedFile>): SlotFiles {
    return new SlotFiles(this.slots.file, [{ ...this.file, ...changes }]);
  }

  buffer(slot: number): Uint8Array {
    const { buffers, bufferBytes } = this.setting;
    return new Uint8Array(buffers.memory, slot * bufferBytes, bufferBytes);
  }

  get destination(): Buffer {
    return readFileSync(this.destinationPath);
  }

  get source(): Buffer {
    return readFileSync(this.sourcePath);
  }

  read(engine: Engine, offset: number, bytes: number, slot = 0): Outcome {
    return this.regular(engine, READ, offset, bytes, slot);
  }

  write(engine: Engine, offset: number, bytes: number, slot = 0): Outcome {
    return this.regular(engine, WRITE, offset, bytes, slot);
  }

  copy(
    engine: Engine,
    path: number,
    sources: readonly number[],
    destination: number,
    rangeBytes: number,
    slot = 0,
  ): Outcome {
    const { slots } = this;
    slots.direction[slot] = COPY;
    slots.offsetBytes[slot] = sources[0] ?? 0;
    slots.lengthBytes[slot] = rangeBytes * sources.length;
    slots.destOffsetBytes[slot] = destination;
    slots.rangeOffsetBytes.set(sources, slot * slots.numRange);
    slots.rangeCount[slot] = sources.length;
    this.attempts.path[slot] = path;
    return this.finish(engine, slot);
  }

  trim(engine: Engine, offsets: readonly number[], rangeBytes: number, slot = 0): Outcome {
    const { slots } = this;
    slots.direction[slot] = TRIM;
    slots.offsetBytes[slot] = offsets[0] ?? 0;
    slots.lengthBytes[slot] = rangeBytes * offsets.length;
    slots.rangeOffsetBytes.set(offsets, slot * slots.numRange);
    slots.rangeCount[slot] = offsets.length;
    return this.finish(engine, slot);
  }

  /** Closes all but the engine. */
  close(): void {
    for (const fd of this.open.splice(0)) closeSync(fd);
    this.setting.buffers.close();
  }

  /** Gives their room back. */
  remove(): void {
    rmSync(this.sourcePath);
    rmSync(this.destinationPath);
  }

  private regular(
    engine: Engine,
    direction: number,
    offset: number,
    bytes: number,
    slot: number,
  ): Outcome {
    const { slots } = this;
    slots.direction[slot] = direction;
    slots.offsetBytes[slot] = offset;
    slots.lengthBytes[slot] = bytes;
    return this.finish(engine, slot);
  }

  private finish(engine: Engine, slot: number): Outcome {
    const { attempts, slots } = this;
    attempts.doneBytes[slot] = 0;
    for (let count = 1; ; count += 1) {
      const before = attempts.doneBytes[slot] ?? 0;
      attempt(engine, slot);
      const doneBytes = attempts.doneBytes[slot] ?? 0;
      const errno = attempts.errno[slot] ?? 0;
      if (errno === 0 && doneBytes > before && doneBytes < (slots.lengthBytes[slot] ?? 0)) continue;
      return { doneBytes, errno, call: attempts.call[slot] ?? 0, attempts: count };
    }
  }

  private fd(path: string, flags: number = constants.O_RDWR): number {
    const fd = openSync(path, flags);
    this.open.push(fd);
    return fd;
  }
}

function attempt(engine: Engine, slot: number): void {
  if (engine.synchronous) {
    engine.perform(slot);
    return;
  }
  engine.queue(slot);
  engine.submit();
  const ended = engine.reap(1);
  if (ended !== 1 || engine.ended[0] !== slot) throw new Error(`slot ${slot} has not ended`);
}
