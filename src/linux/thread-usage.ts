/**
 * What the calling thread has cost. Its CPU time is CLOCK_THREAD_CPUTIME_ID, exact to now;
 * getrusage(2) with RUSAGE_THREAD is as old as the last tick of the timer, and divides into user
 * and system by what the ticks have seen: that share is taken, where there is one.
 */

import type { Nanoseconds } from '../units/quantity.ts';
import { assert } from '../units/assert.ts';
import type { Syscalls } from './syscalls.ts';
import { Words } from './words.ts';

export interface UsageSince {
  readonly cpuNs: Nanoseconds;
  /** null: too short for a tick to see it. */
  readonly userNs: Nanoseconds | null;
  readonly systemNs: Nanoseconds | null;
  /** It waited. */
  readonly voluntarySwitches: number;
  /** Its time was up, or another had to run. */
  readonly involuntarySwitches: number;
}

const RUSAGE_THREAD = 1;
/** struct rusage, sys/resource.h, in 64-bit words. */
const USER_SECONDS = 0;
const SYSTEM_SECONDS = 2;
const VOLUNTARY = 16;
const INVOLUNTARY = 17;
const RUSAGE_WORDS = 18;
const CLOCK_THREAD_CPUTIME_ID = 3;

/** So far. */
interface Usage {
  readonly cpuNs: Nanoseconds;
  readonly userNs: Nanoseconds;
  readonly systemNs: Nanoseconds;
  readonly voluntary: number;
  readonly involuntary: number;
}

/** To be asked in the thread that it is about. */
export class ThreadUsage {
  private readonly syscalls: Syscalls | null;
  private readonly words: Words | null;
  private from: Usage | null = null;

  /** `syscalls`: as loadSyscalls() gives them; a sentence: nothing can be known. */
  constructor(syscalls: Syscalls | string) {
    this.syscalls = typeof syscalls === 'string' ? null : syscalls;
    this.words = this.syscalls === null ? null : new Words(this.syscalls, RUSAGE_WORDS);
  }

  begin(): void {
    // The first call of a function through koffi takes its time, which is nobody's I/O.
    if (this.from === null) this.ask();
    this.from = this.ask();
  }

  /** Since `begin`; null: nothing tells. */
  since(): UsageSince | null {
    const { from } = this;
    const now = this.ask();
    if (from === null || now === null) return null;
    const cpuNs = now.cpuNs - from.cpuNs;
    const userNs = now.userNs - from.userNs;
    const seenNs = userNs + now.systemNs - from.systemNs;
    const sharedNs = seenNs > 0 ? Math.round((cpuNs * userNs) / seenNs) : null;
    return {
      cpuNs,
      userNs: sharedNs,
      systemNs: sharedNs === null ? null : cpuNs - sharedNs,
      voluntarySwitches: now.voluntary - from.voluntary,
      involuntarySwitches: now.involuntary - from.involuntary,
    };
  }

  close(): void {
    this.words?.close();
  }

  /** null: there is nobody to ask. */
  private ask(): Usage | null {
    const { syscalls, words } = this;
    if (syscalls === null || words === null) return null;
    const timed = syscalls.clockGettime(CLOCK_THREAD_CPUTIME_ID, words.addressOf(0));
    const cpuNs = words.get(0) * 1e9 + words.get(1);
    const used = syscalls.getrusage(RUSAGE_THREAD, words.addressOf(0));
    assert(timed === 0 && used === 0, 'this thread is asked, into memory of ours');
    return {
      cpuNs,
      userNs: timeAt(words, USER_SECONDS),
      systemNs: timeAt(words, SYSTEM_SECONDS),
      voluntary: words.get(VOLUNTARY),
      involuntary: words.get(INVOLUNTARY),
    };
  }
}

/** struct timeval. */
function timeAt(words: Words, seconds: number): Nanoseconds {
  return words.get(seconds) * 1e9 + words.get(seconds + 1) * 1e3;
}
