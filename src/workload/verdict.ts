/** What a workload says when it is asked for the next I/O. */

/** The slot's arrays say what to do. */
export const ISSUE = 1;
/** Nothing until an I/O has ended. */
export const WAIT = 0;
/** Nothing before `wakeNs`: come back then, or when an I/O ends. */
export const LATER = 2;
/** Nothing any more, and nothing is in flight. */
export const DONE = -1;
/** Writes have ended and are to be read back: `readBack()`, and ask again. */
export const VERIFY = 3;

export type Verdict = typeof ISSUE | typeof WAIT | typeof LATER | typeof DONE | typeof VERIFY;
