/** What the process ends with; DESIGN §6 and results/README.md tell them to the user. */
export const EXIT = {
  good: 0,
  /** A row whose state is not `done`, or an output that ran full. */
  failed: 1,
  /** Command line, job file or record: nothing was run or compared. */
  usage: 2,
  regression: 3,
  /** Too little to judge by: neither a pass nor a regression. */
  inconclusive: 4,
} as const;
