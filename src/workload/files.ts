/**
 * Where the next I/O goes in a job of several files: first which file (`file-turns.ts`,
 * `skewed-turns.ts`), then where in it, by a placement of its own. As in fio (measured) a file is
 * through when its whole blocks have been done once; with offsets that may repeat (norandommap,
 * distributions) none ever is, and all have their turns until the bytes of the job are done. Two
 * differences: a sequential service goes on to the next file all the same, where fio stays with the
 * first; and so it does in a job by time whose offsets are random.
 */

import type { FileService } from '../units/file-service.ts';
import { present } from '../units/assert.ts';
import type { Bytes } from '../units/quantity.ts';
import { type FileTurns, RandomTurns, RoundTurns } from './file-turns.ts';
import { Placement } from './placement.ts';
import { SkewedTurns } from './skewed-turns.ts';
import type { Slots } from './slots.ts';
import { loopBytes, type WorkloadSpec } from './spec.ts';

/** The region of one file. */
export interface FileSpec {
  readonly offsetBytes: Bytes;
  readonly sizeBytes: Bytes;
  readonly destOffsetBytes: Bytes;
  /** Which of the job's devices it is, and its destination, for what they cost. */
  readonly device: number;
  readonly destDevice: number;
}

export interface FilesSpec {
  /** At least two. */
  readonly each: readonly FileSpec[];
  readonly service: FileService;
  /** At most so many of them have I/Os by turns. */
  readonly open: number;
  /** How many devices they are together, each with costs of its own. */
  readonly devices: number;
}

/** Tells the stream of turns from those of offsets. */
const TURNS = 0x6669_6c65;

export class Files {
  private readonly slots: Slots;
  private readonly placements: readonly Placement[];
  private readonly turns: FileTurns;
  /** I/Os of one turn. */
  private readonly turnIos: number;
  /** Of each file: bytes of a pass, and what of the present one has been asked for. */
  private readonly passBytes: Float64Array;
  private readonly askedBytes: Float64Array;
  private file = 0;
  private turnLeft = 0;

  constructor(spec: WorkloadSpec, { each, service, open }: FilesSpec, slots: Slots) {
    this.slots = slots;
    const specs = each.map((file, index) => fileSpec(spec, file, index));
    this.placements = specs.map((one) => new Placement(one, slots));
    this.turns = turnsOf(service, each.length, open, [...spec.seeds, TURNS]);
    const inOneGo = service.kind === 'sequential';
    this.turnIos = service.kind === 'skewed' ? 1 : inOneGo ? Infinity : service.ios;
    const endless = !inOneGo && repeats(spec);
    this.passBytes = Float64Array.from(specs, (one) => (endless ? Infinity : loopBytes(one)));
    this.askedBytes = new Float64Array(each.length);
  }

  /** As Placement. */
  place(slot: number, direction: number, bytesLeft: Bytes): void {
    const file = this.choose();
    this.turnLeft -= 1;
    const passBytes = this.passBytes[file] ?? 0;
    const before = this.askedBytes[file] ?? 0;
    this.slots.file[slot] = file;
    const placement = this.placement(file);
    placement.place(slot, direction, Math.min(bytesLeft, passBytes - before));
    const lengthBytes = this.slots.lengthBytes[slot] ?? 0;
    this.askedBytes[file] = before + lengthBytes + placement.leftOutBytes(direction);
  }

  /** As Placement, of the file that had the last I/O. */
  leftOutBytes(direction: number): Bytes {
    return this.placement(this.file).leftOutBytes(direction);
  }

  /** As Placement, in the file that stands in the slot. */
  placeWrite(slot: number, offsetBytes: Bytes): void {
    this.placement(this.slots.file[slot] ?? 0).placeWrite(slot, offsetBytes);
  }

  /** That a file is through is found out when its turn comes again, as in fio. */
  private choose(): number {
    for (;;) {
      if (this.turnLeft === 0) {
        this.file = this.turns.next();
        this.turnLeft = this.turnIos;
      }
      const { file } = this;
      if ((this.askedBytes[file] ?? 0) < (this.passBytes[file] ?? 0)) return file;
      this.askedBytes[file] = 0;
      this.turnLeft = 0;
      this.turns.through(file);
    }
  }

  private placement(file: number): Placement {
    return present(this.placements[file], 'a placement for each file');
  }
}

function fileSpec(spec: WorkloadSpec, file: FileSpec, index: number): WorkloadSpec {
  const { offsetBytes, sizeBytes, destOffsetBytes } = file;
  const region = { offsetBytes, sizeBytes, destOffsetBytes, ioSizeBytes: sizeBytes };
  return { ...spec, ...region, files: null, seeds: [...spec.seeds, index] };
}

/** Offsets for which no random map is kept. */
function repeats({ random, norandommap, order }: WorkloadSpec): boolean {
  return random && (norandommap || order.distribution.kind !== 'random');
}

function turnsOf(
  service: FileService,
  files: number,
  open: number,
  seeds: readonly number[],
): FileTurns {
  switch (service.kind) {
    case 'roundrobin':
      return new RoundTurns(files, open);
    case 'sequential':
      return new RoundTurns(files, 1);
    case 'random':
      return new RandomTurns(files, open, seeds);
    case 'skewed':
      return new SkewedTurns(files, open, service.skew, seeds);
  }
}
