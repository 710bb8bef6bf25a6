/** What the process ends with; DESIGN §6 and results/README.md tell them to the user. */
export const EXIT = {
  good: 0,
  /** A row whose state is not `done`, or an output that ran full. */
  failed: 1,
  /** Command line or job file: nothing was run. */
  usage: 2,
} as const;
