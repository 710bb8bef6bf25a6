/** A mistake in the command line: the sentence is for its user, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
