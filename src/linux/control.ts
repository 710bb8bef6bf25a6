/**
 * What the clones of a group share with who started them: the barrier they start at together, the
 * words that stop all or one, how far each is, their histograms and what they hold. One block of
 * shared memory, and no message while I/Os are under way.
 */

import { LATENCY_WORDS } from '../measure/measurement.ts';
import type { Nanoseconds } from '../units/quantity.ts';
import { Belongings, BELONGINGS_WORDS } from './belongings.ts';

const READY = 0;
const GO = 1;
const STOP = 2;
const CLONES = 3;
/** In doubles, behind those four. */
const BEGAN = 2;
/** Behind them a word for each clone, which stops it. */
const WORDS = 16;
const DIRECTIONS = 4;
/** Of each clone: a line of the cache for its progress, histograms by direction, belongings. */
const PROGRESS_DOUBLES = 8;
/** I/Os, bytes, share, and whether it has begun. */
export const PROGRESS = { IOS: 0, BYTES: 1, SHARE: 2, BEGUN: 3 } as const;
const LATENCIES = PROGRESS_DOUBLES;
const BELONGINGS = LATENCIES + DIRECTIONS * LATENCY_WORDS;
const CLONE_DOUBLES = BELONGINGS + BELONGINGS_WORDS;

export type ControlMemory = SharedArrayBuffer;

export class Control {
  readonly memory: ControlMemory;
  private readonly words: Int32Array;
  private readonly times: Float64Array;
  private readonly doubles: Float64Array;

  constructor(memory: ControlMemory) {
    this.memory = memory;
    const head = new Int32Array(memory, 0, WORDS);
    const clones = head[CLONES] ?? 0;
    this.words = new Int32Array(memory, 0, WORDS + clones);
    this.times = new Float64Array(memory, 0, WORDS / 2);
    this.doubles = new Float64Array(memory, headBytes(clones));
  }

  static for(clones: number): Control {
    const memory = new SharedArrayBuffer(headBytes(clones) + clones * CLONE_DOUBLES * 8);
    new Int32Array(memory)[CLONES] = clones;
    return new Control(memory);
  }

  get clones(): number {
    return this.words[CLONES] ?? 0;
  }

  /** A clone has all it needs; sleeps until all have. */
  readyAndWait(): void {
    Atomics.add(this.words, READY, 1);
    Atomics.wait(this.words, GO, 0);
  }

  get ready(): number {
    return Atomics.load(this.words, READY);
  }

  /** Lets the clones begin; `beganNs`: when the run did, by its clock. */
  go(beganNs: Nanoseconds = 0): void {
    this.times[BEGAN] = beganNs;
    Atomics.store(this.words, GO, 1);
    Atomics.notify(this.words, GO);
  }

  get beganNs(): Nanoseconds {
    return this.times[BEGAN] ?? 0;
  }

  /** Lets them end after what is under way; those at the barrier too. */
  stop(): void {
    Atomics.store(this.words, STOP, 1);
    for (let clone = 0; clone < this.clones; clone += 1) this.stopClone(clone);
    this.go();
  }

  /** One alone; at the barrier it still waits for the others. */
  stopClone(clone: number): void {
    Atomics.store(this.words, WORDS + clone, 1);
    Atomics.notify(this.words, WORDS + clone);
  }

  isStopped(clone: number): boolean {
    return Atomics.load(this.words, WORDS + clone) === 1;
  }

  /** Its thread sleeps, for so long or until it is stopped. */
  sleep(clone: number, timeNs: Nanoseconds): void {
    Atomics.wait(this.words, WORDS + clone, 0, timeNs / 1e6);
  }

  get stopped(): boolean {
    return Atomics.load(this.words, STOP) === 1;
  }

  /** Of a clone so far, by PROGRESS; its own thread writes, others may look. */
  progress(clone: number): Float64Array {
    const from = clone * CLONE_DOUBLES;
    return this.doubles.subarray(from, from + PROGRESS_DOUBLES);
  }

  latencies(clone: number, direction: number): Float64Array {
    const from = clone * CLONE_DOUBLES + LATENCIES + direction * LATENCY_WORDS;
    return this.doubles.subarray(from, from + LATENCY_WORDS);
  }

  /** What a clone has of the kernel, should its thread die. */
  belongings(clone: number): Belongings {
    const from = clone * CLONE_DOUBLES + BELONGINGS;
    return new Belongings(this.doubles.subarray(from, from + BELONGINGS_WORDS));
  }
}

/** The head and the words of the clones, as whole lines of the cache. */
function headBytes(clones: number): number {
  return Math.ceil((WORDS + clones) / WORDS) * WORDS * 4;
}
