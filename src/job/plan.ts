/**
 * The plan: what a job file says, validated and resolved, as plain data that crosses threads. Times
 * are ns, sizes and offsets bytes. A `RunPlan` holds all that a run depends on: a run is a pure
 * function of its plan (the seed is in it) to a record.
 */

import type { IologPlan } from './iolog-plan.ts';
import type { Distribution } from '../units/distribution.ts';
import type { AttributeValues, DeviceFacts } from '../units/option.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import type { Sizes } from '../units/sizes.ts';
import type { BuffersPlan, VerificationPlan } from './content-plan.ts';
import type { DepthPlan } from './depth-plan.ts';
import type { EndsPlan } from './ends-plan.ts';
import type { TimeRange } from '../units/time-range.ts';
import type { ExitPlan, FlowPlan } from './control-plan.ts';
import type { LogPlan, PercentilePlan } from './log-plan.ts';
import type { FilesPlan } from './files-plan.ts';
import type { PacePlan } from './pace-plan.ts';

export const DIRECTIONS = ['read', 'write', 'trim', 'copy'] as const;
export type Direction = (typeof DIRECTIONS)[number];
export type PerDirection<T> = Readonly<Record<Direction, T>>;

export type Rw =
  | 'read'
  | 'write'
  | 'rw'
  | 'randread'
  | 'randwrite'
  | 'randrw'
  | 'trim'
  | 'randtrim'
  | 'trimwrite'
  | 'randtrimwrite'
  | 'copy'
  | 'randcopy';
export type Path = 'offload' | 'emulation' | 'read-write';
/** In a simulated world the kernel proposal a copy travels by; on real files the system call. */
export type CopyApi = 'bio-pair' | 'copy_file_range' | 'ficlonerange';
/** Engines of real files and block devices. */
export type RealEngine = 'psync' | 'io_uring' | 'libaio' | 'mmap' | 'null';
export type Fallback = 'never' | 'unsupported' | 'error';
export type ClockKind = 'virtual' | 'wall';

export interface Plan {
  /** As named on the command line. */
  readonly jobFile: string;
  /** The text with its includes, for the JSON file beside the CSV. */
  readonly text: string;
  readonly runs: readonly RunPlan[];
  readonly warnings: readonly Diagnostic[];
}

/** `file:line: option: what` */
export interface Diagnostic {
  readonly file: string;
  readonly line: number;
  readonly option: string;
  readonly what: string;
}

export interface RunPlan {
  /** Basename without directories: part of the key of a row. */
  readonly jobFile: string;
  /** Place in plan order over the whole invocation, from 0. */
  readonly index: number;
  /**
   * The swept options, canonical and sorted: `bs=4k iodepth=32 path=offload`; empty without a
   * sweep.
   */
  readonly point: string;
  /** 1 … repeat. */
  readonly repetition: number;
  readonly clock: ClockKind;
  /**
   * SHA-256 (hex, first 16 digits) of the plan less point and repetition: same digest, same
   * question.
   */
  readonly planSha256: string;
  readonly hosts: readonly HostPlan[];
  readonly links: readonly LinkPlan[];
  readonly devices: readonly DevicePlan[];
  /** Real files and block devices that the jobs name; empty in a simulated world. */
  readonly targets: readonly TargetPlan[];
  readonly jobs: readonly JobPlan[];
}

/** A real file or block device, as far as all jobs of the run together need it. */
export interface TargetPlan {
  /** As the first job names it, `directory` before it: a file has one name in a plan. */
  readonly path: string;
  readonly kind: 'file' | 'block';
  /** Some job reads it, or copies from it: its content matters. */
  readonly read: boolean;
  /** Some job writes it, or copies to it. */
  readonly written: boolean;
  /** Where the furthest region ends: a file that is shorter grows, a device is as large. */
  readonly neededBytes: Bytes;
  /** Where the furthest region ends that is read, and so must have a content; 0: none is. */
  readonly readBytes: Bytes;
  /** How long it was when the plan was made; 0: nothing was there. */
  readonly foundBytes: Bytes;
  /** How much of that had content: not only room that coffer made. */
  readonly contentBytes: Bytes;
  /**
   * Whether coffer may fill it up to readBytes before the jobs start. Without it the plan has made
   * sure that what is read is there; a written file may grow anyway.
   */
  readonly layout: boolean;
  /** What is there is to be verified: room counts as content, and nothing is written over it. */
  readonly keep: boolean;
  /** How room is made for what is laid out. */
  readonly fallocate: 'none' | 'native' | 'truncate';
  /**
   * Bytes that it is laid out with, as `BuffersPlan.pattern`; null: content that names file
   * and block.
   */
  readonly bufferPattern: string | null;
  /** What is there may be lost, though coffer did not make it. */
  readonly overwrite: boolean;
  readonly allowMountedWrite: boolean;
  /** Dropped from the page cache before the jobs start, or read into it. */
  readonly invalidate: boolean;
  readonly prewarm: boolean;
  /** Removed at the end, if coffer made it. */
  readonly unlink: boolean;
}

/** What a job asks of real files beside what every job has. */
export interface RealJobPlan {
  readonly engine: RealEngine;
  /** By clone and file: what it reads or writes, or copies from; none: the null engine's. */
  readonly files: readonly (readonly string[])[];
  /** By clone and file: where its copies go; the same unless dest_filename says otherwise. */
  readonly destFiles: readonly (readonly string[])[];
  /** O_DIRECT. */
  readonly direct: boolean;
  /** A sync after so many writes (copies too); 0: none. */
  readonly fsync: number;
  readonly fdatasync: number;
  /** One when the job ends, in its measured time. */
  readonly endFsync: boolean;
  /** `batch`: the clock is read once for all that one system call hands over or brings. */
  readonly stamps: 'io' | 'batch';
  readonly fixedbufs: boolean;
  readonly registerfiles: boolean;
  readonly buffers: BuffersPlan;
}

export interface HostPlan {
  readonly name: string;
  readonly attributes: AttributeValues;
}

export interface LinkPlan {
  readonly name: string;
  readonly attributes: AttributeValues;
}

export interface DevicePlan {
  readonly name: string;
  /** `null_blk`, `nvme`, `nvme-ns`. */
  readonly driver: string;
  /** Host the device is attached to. */
  readonly host: string;
  /** Every attribute of the driver's table, profile and defaults applied. */
  readonly attributes: AttributeValues;
  /** What the attributes mean to a job, worked out by the model once. */
  readonly facts: DeviceFacts;
}

/** In which order a job visits its region, beside what rw and norandommap say. */
export interface OrderPlan {
  /** Sequential: the gap between two I/Os; below 0 they go backwards. 0: none. */
  readonly strideBytes: Bytes;
  /** Random: I/Os for each offset that is drawn, the others follow it. */
  readonly runIos: number;
  /** Random: share of those that are drawn, percent. */
  readonly percentRandom: PerDirection<number>;
  /** Random: how they are spread. */
  readonly distribution: Distribution;
}

/** How I/Os are sized and aligned where that is not all by one block size. */
export interface SizesPlan {
  /** At offsets that are drawn. */
  readonly drawn: PerDirection<Sizes>;
  /** Of those that follow the one before: all of a sequential job. */
  readonly following: PerDirection<Sizes>;
  /** What drawn offsets are multiples of; null: of the smallest size, and a random map is kept. */
  readonly alignBytes: PerDirection<Bytes | null>;
}

export interface JobPlan {
  readonly name: string;
  /** Where the section stands, for messages of a run: `file:line`. */
  readonly where: string;
  /** Reporting group, counted from 0 as fio does: stonewall and new_group begin a new one. */
  readonly group: number;
  readonly groupReporting: boolean;
  /** Starts when every job before it has ended. */
  readonly stonewall: boolean;
  /** Starts when the job of this name has ended (all its clones). */
  readonly waitFor: string | null;
  /** Starts no sooner after the run began; each clone draws its own from a range. */
  readonly startDelay: TimeRange;
  readonly exit: ExitPlan;
  /** null: it goes its own way. */
  readonly flow: FlowPlan | null;
  readonly numjobs: number;
  readonly host: string;
  /**
   * `sim` is asynchronous; the synchronous engines of fio keep one I/O in flight whatever iodepth
   * says.
   */
  readonly ioengine: 'sim' | RealEngine;
  /** Depth that the engine keeps: 1 for a synchronous one. */
  readonly iodepth: number;
  /**
   * Name of the declared device; the path of a real one, of the first clone; empty for the null
   * engine without filename. Of several files a text for the record: `nvme0n1:nvme0n2`.
   */
  readonly device: string;
  /** The device copies go to; the same as `device` unless `dest_filename` says otherwise. */
  readonly destDevice: string;
  readonly rw: Rw;
  /** Share of reads in a mix, percent. */
  readonly rwmixread: number;
  /** Of one I/O, or the largest. */
  readonly bsBytes: PerDirection<Bytes>;
  /** null: all I/Os of a direction are of one size, and aligned to it. */
  readonly sizes: SizesPlan | null;
  /** null: one, whose region the job's is. */
  readonly files: FilesPlan | null;
  /** Region of the source (or of the I/O) for clone 0, in the first file. */
  readonly offsetBytes: Bytes;
  /** Of all files together. */
  readonly sizeBytes: Bytes;
  /** What each further clone adds to offsetBytes and to destOffsetBytes. */
  readonly offsetIncrementBytes: Bytes;
  /**
   * Region of the destination for clone 0; as long as the source's. null: no copies in this job.
   */
  readonly destOffsetBytes: Bytes | null;
  /** Sources of one copy, or ranges of one trim; bs is per range. */
  readonly numRange: number;
  /** Bytes to do per loop (io_size); equals sizeBytes by default. */
  readonly ioSizeBytes: Bytes;
  /** Ends after so many I/Os; null: no such limit. */
  readonly numberIos: number | null;
  readonly loops: number;
  /** null: runs until its bytes are done. */
  readonly runtimeNs: Nanoseconds | null;
  readonly timeBased: boolean;
  readonly rampNs: Nanoseconds;
  /** The ramp ends when so many have been moved; null: by its time. */
  readonly rampBytes: Bytes | null;
  /** null: as fast as iodepth lets it. */
  readonly pace: PacePlan | null;
  /** As given, or its default. */
  readonly randseed: number;
  /**
   * Seed of this job's streams: from (randseed, job); clone and repetition are mixed in by the
   * runner.
   */
  readonly seed: number;
  readonly norandommap: boolean;
  readonly order: OrderPlan;
  readonly path: Path;
  readonly copyApi: CopyApi;
  readonly fallback: Fallback;
  readonly layout: boolean;
  /**
   * `copy`: each destination block is held against what its source held when the copy was issued.
   */
  readonly verify: 'copy' | 'none';
  /** Of reads and writes; null: nothing is verified. */
  readonly verification: VerificationPlan | null;
  /** null: any; of a simulated host, clone n runs on the nth of them, over and over. */
  readonly cpusAllowed: readonly number[] | null;
  readonly depth: DepthPlan;
  readonly ends: EndsPlan;
  /** null: it writes no logs. */
  readonly log: LogPlan | null;
  /** Told beside those that have columns; null: none. */
  readonly percentiles: PercentilePlan | null;
  /** I/Os that are replayed; null: they are made up as the options say. */
  readonly iolog: IologPlan | null;
  /** null: the world is simulated. */
  readonly real: RealJobPlan | null;
}
