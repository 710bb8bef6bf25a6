/**
 * What ends a job by what it measures: a latency beyond max_latency, a rate below rate_min, the
 * search of latency_target, a steadystate. Told of each I/O that ended well in measured time.
 */

import { canonicalTime } from '../units/time.ts';
import type { Bytes, Nanoseconds } from '../units/quantity.ts';
import type { Depth } from './depth.ts';
import { LatencyTarget, type LatencyTargetSpec } from './latency-target.ts';
import { MinimumRate, type MinimumRateSpec } from './minimum-rate.ts';
import type { Recorder } from './recorder.ts';
import { COPY, READ, SLOT_DIRECTIONS, type SlotDirection, type Slots } from './slots.ts';
import {
  SteadyState,
  steadyBytes,
  type SteadyGroup,
  type SteadyStateSpec,
} from './steady-state.ts';

export interface EndsSpec {
  /** Infinity: none. */
  readonly maxLatencyNs: Readonly<Record<SlotDirection, Nanoseconds>>;
  readonly minimumRates: Readonly<Record<SlotDirection, MinimumRateSpec | null>>;
  readonly latencyTarget: LatencyTargetSpec | null;
  readonly steadyState: SteadyStateSpec | null;
}

export class Ends {
  /** No further I/O. Read it, never set it. */
  over = false;
  private readonly target: LatencyTarget | null;
  private readonly slots: Slots;
  private readonly steady: SteadyState | null;
  /** By direction. */
  private readonly mostNs: Float64Array;
  /** By direction. */
  private readonly minimum: readonly (MinimumRate | null)[];
  /** Of the I/O beyond max_latency; null: there was none. */
  tooLongFile: number | null = null;
  private tooLong: string | null = null;
  private tooSlow: string | null = null;
  private left = false;

  /** `group`: with whom the job's steadystate is judged; null: by itself. */
  constructor(spec: EndsSpec, slots: Slots, group: SteadyGroup | null) {
    const { latencyTarget, maxLatencyNs, steadyState } = spec;
    this.slots = slots;
    this.mostNs = Float64Array.from(SLOT_DIRECTIONS, (direction) => maxLatencyNs[direction]);
    this.minimum = SLOT_DIRECTIONS.map((direction) => {
      const minimum = spec.minimumRates[direction];
      return minimum === null ? null : new MinimumRate(minimum);
    });
    this.target = latencyTarget === null ? null : new LatencyTarget(latencyTarget, slots.depth);
    this.steady =
      steadyState === null ? null : new SteadyState(steadyState, group ?? alone(steadyState));
  }

  /** Measured time begins. */
  begin(nowNs: Nanoseconds): void {
    this.steady?.begin(nowNs);
    for (const minimum of this.minimum) minimum?.begin(nowNs);
  }

  /** What latency_target has found; null: nothing, or nobody asks. */
  get latencyDepth(): number | null {
    return this.target?.found ?? null;
  }

  /** It searches, and then is over. */
  get searches(): boolean {
    return this.target?.spec.run === false;
  }

  /** Sets how many may be in flight. True: a trial of such a search has begun. */
  tries(depth: Depth, inFlight: number, nowNs: Nanoseconds): boolean {
    const { target } = this;
    if (target === null || target.over) return false;
    const { trials } = target;
    target.settle(inFlight, nowNs);
    depth.limit = Math.max(1, target.limit);
    return target.trials > trials && this.searches;
  }

  /** It is stopped by somebody else: a search that is not over has not failed. */
  leave(): void {
    this.left = true;
  }

  /** null: nobody asks. */
  get steadyStateAttained(): boolean | null {
    return this.steady?.attained ?? null;
  }

  /** Why the job has failed by what it measured, or did not; null: it has not. */
  get failure(): string | null {
    const early = this.tooLong ?? this.tooSlow;
    if (early !== null || this.left || this.target === null) return early;
    const { problem, spec } = this.target;
    return problem === null ? null : `latency_target=${canonicalTime(spec.targetNs)}: ${problem}`;
  }

  /** The slot's I/O, recorded last. */
  ended(slot: number, recorded: Pick<Recorder, 'endedNs' | 'ownNs' | 'bytesDone'>): void {
    const { bytesDone: bytes, endedNs: nowNs, ownNs } = recorded;
    const latencyNs = nowNs - (this.slots.startNs[slot] ?? 0);
    const mostNs = this.mostNs[this.slots.direction[slot] ?? 0] ?? Infinity;
    if (latencyNs > mostNs) this.fail(slot, latencyNs, mostNs);
    this.keepsRate(this.slots.direction[slot] ?? READ, ownNs, bytes);
    if (this.target !== null) {
      this.target.ended(latencyNs, nowNs);
      if (this.target.over) this.over = true;
    }
    if (this.steady === null) return;
    this.steady.ended(nowNs, bytes, latencyNs);
    if (this.steady.attained) this.over = true;
  }

  private keepsRate(direction: number, nowNs: Nanoseconds, bytes: Bytes): void {
    const minimum = this.minimum[direction] ?? null;
    if (minimum === null || minimum.keeps(bytes, nowNs)) return;
    this.over = true;
    this.tooSlow ??= minimum.problem(SLOT_DIRECTIONS[direction] ?? 'I/O', nowNs);
  }

  private fail(slot: number, latencyNs: Nanoseconds, mostNs: Nanoseconds): void {
    this.over = true;
    const { destOffsetBytes, direction, lengthBytes, offsetBytes } = this.slots;
    const to = direction[slot] === COPY ? ` to ${destOffsetBytes[slot]}` : '';
    const name = SLOT_DIRECTIONS[direction[slot] ?? 0] ?? 'I/O';
    const what = `${name} of ${lengthBytes[slot]} bytes at ${offsetBytes[slot]}${to}`;
    const tookNs = Math.floor(latencyNs + 0.5);
    this.tooLongFile ??= this.slots.file[slot] ?? 0;
    this.tooLong ??= `ETIMEDOUT: ${what} took ${tookNs} ns, max_latency=${canonicalTime(mostNs)}`;
  }
}

function alone(spec: SteadyStateSpec): SteadyGroup {
  return { memory: new ArrayBuffer(steadyBytes(spec, 1)), clones: 1, place: 0 };
}
