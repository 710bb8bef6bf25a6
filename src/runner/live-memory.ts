/**
 * What a simulated world tells of itself while it runs, in memory that its thread shares with who
 * shows it. The world is asked and answers when it next looks, so that it reads no clock for it,
 * and nothing is written when nobody asks. Asker and answerer never touch the figures at once: they
 * belong to the answerer from question to answer. No lock, no message.
 */

import type { JobLive } from './live.ts';
import type { JobState } from './start-order.ts';

/** The first word, in 8 bytes of its own; 0: nobody has ever asked. */
const ASKED = 1;
const ASKED_LATENCIES = 2;
const ANSWERED = 3;
const HEAD_BYTES = 8;

/** Of each job, in doubles. */
const STATE = 0;
const SHARE = 1;
const IOS = 2;
const BYTES = 3;
const AT = 4;
/** NaN: absent. */
const P99 = 5;
const JOB_DOUBLES = 6;

const STATES: readonly JobState[] = ['waiting', 'running', 'ended'];

export class LiveMemory {
  readonly memory: SharedArrayBuffer;
  private readonly words: Int32Array;
  private readonly doubles: Float64Array;

  constructor(memory: SharedArrayBuffer) {
    this.memory = memory;
    this.words = new Int32Array(memory, 0, 1);
    this.doubles = new Float64Array(memory, HEAD_BYTES);
  }

  static for(jobs: number): LiveMemory {
    return new LiveMemory(new SharedArrayBuffer(HEAD_BYTES + jobs * JOB_DOUBLES * 8));
  }

  /** The answer to the question before, and the next question; null: there is none yet. */
  ask(latencies: boolean): readonly JobLive[] | null {
    const { word } = this;
    if (word === ASKED || word === ASKED_LATENCIES) return null;
    const jobs = this.doubles.length / JOB_DOUBLES;
    const told =
      word === ANSWERED ? Array.from({ length: jobs }, (_, job) => this.read(job)) : null;
    Atomics.store(this.words, 0, latencies ? ASKED_LATENCIES : ASKED);
    return told;
  }

  get asked(): boolean {
    return this.word === ASKED || this.word === ASKED_LATENCIES;
  }

  get latenciesAsked(): boolean {
    return this.word === ASKED_LATENCIES;
  }

  answer(jobs: readonly JobLive[]): void {
    for (const [job, live] of jobs.entries()) {
      const from = job * JOB_DOUBLES;
      this.doubles[from + STATE] = STATES.indexOf(live.state);
      this.doubles[from + SHARE] = live.share;
      this.doubles[from + IOS] = live.ios;
      this.doubles[from + BYTES] = live.bytes;
      this.doubles[from + AT] = live.atNs;
      this.doubles[from + P99] = live.p99Ns ?? NaN;
    }
    Atomics.store(this.words, 0, ANSWERED);
  }

  private get word(): number {
    return Atomics.load(this.words, 0);
  }

  private read(job: number): JobLive {
    const at = (word: number): number => this.doubles[job * JOB_DOUBLES + word] ?? 0;
    const p99Ns = at(P99);
    return {
      state: STATES[at(STATE)] ?? 'waiting',
      share: at(SHARE),
      ios: at(IOS),
      bytes: at(BYTES),
      atNs: at(AT),
      p99Ns: Number.isNaN(p99Ns) ? null : p99Ns,
    };
  }
}
