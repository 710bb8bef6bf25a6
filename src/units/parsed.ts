/**
 * What parsing a user's text gives: a value, perhaps with a warning, or the sentence that refuses
 * it.
 */

export type Parsed<T> =
  | { readonly ok: true; readonly value: T; readonly warning?: string }
  | { readonly ok: false; readonly what: string };

export function accepted<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

/** `what` says what is wrong and what to do, without file and line. */
export function refused(what: string): { readonly ok: false; readonly what: string } {
  return { ok: false, what };
}
