/**
 * What the clones of a group share with who started them: the barrier they start at together, the
 * word that stops them, how far each is, their histograms and what they hold. One block of shared
 * memory, and no message while I/Os are under way.
 */

import { LATENCY_WORDS } from '../measure/measurement.ts';
import { Belongings, BELONGINGS_WORDS } from './belongings.ts';

const READY = 0;
const GO = 1;
const STOP = 2;
const WORDS = 16;
const DIRECTIONS = 3;
/** Of each clone: a line of the cache for its progress, histograms by direction, belongings. */
const PROGRESS_DOUBLES = 8;
const LATENCIES = PROGRESS_DOUBLES;
const BELONGINGS = LATENCIES + DIRECTIONS * LATENCY_WORDS;
const CLONE_DOUBLES = BELONGINGS + BELONGINGS_WORDS;

export type ControlMemory = SharedArrayBuffer;

export class Control {
  readonly memory: ControlMemory;
  private readonly words: Int32Array;
  private readonly doubles: Float64Array;

  constructor(memory: ControlMemory) {
    this.memory = memory;
    this.words = new Int32Array(memory, 0, WORDS);
    this.doubles = new Float64Array(memory, WORDS * 4);
  }

  static for(clones: number): Control {
    return new Control(new SharedArrayBuffer(WORDS * 4 + clones * CLONE_DOUBLES * 8));
  }

  get clones(): number {
    return this.doubles.length / CLONE_DOUBLES;
  }

  /** A clone has all it needs; sleeps until all have. */
  readyAndWait(): void {
    Atomics.add(this.words, READY, 1);
    Atomics.wait(this.words, GO, 0);
  }

  get ready(): number {
    return Atomics.load(this.words, READY);
  }

  /** Lets the clones begin. */
  go(): void {
    Atomics.store(this.words, GO, 1);
    Atomics.notify(this.words, GO);
  }

  /** Lets them end after what is under way; those at the barrier too. */
  stop(): void {
    Atomics.store(this.words, STOP, 1);
    this.go();
  }

  get stopped(): boolean {
    return Atomics.load(this.words, STOP) === 1;
  }

  /** I/Os, bytes and share of a clone so far; its own thread writes, others may look. */
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
