/** Our own mistake, never a user's: stops the run, and the runner names the run's seed with it. */
export class AssertionFailure extends Error {
  override readonly name = 'AssertionFailure';
}

export const assert: (condition: boolean, what: string) => asserts condition = (
  condition,
  what,
) => {
  if (!condition) throw new AssertionFailure(what);
};

/** For a value that the code before has made sure of; `what` says how. */
export const present = <T>(value: T | null | undefined, what: string): T => {
  if (value === null || value === undefined) throw new AssertionFailure(`absent: ${what}`);
  return value;
};
