/** How a job fills its depth and drains it: plain data of the plan. */

export interface DepthPlan {
  /** I/Os handed over at once, at most. */
  readonly batch: number;
  /** Reaped at once: at least (0 polls), at most. */
  readonly completeMin: number;
  readonly completeMax: number;
  /** Once iodepth is reached, it empties to so many; iodepth: it need not. */
  readonly low: number;
  /** No two I/Os of a clone in flight touch the same blocks. */
  readonly serializeOverlap: boolean;
}
