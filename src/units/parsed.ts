/**
 * What parsing a user's text gives: a value, perhaps with a warning, or the sentence that refuses
 * it.
 */

export type Parsed<T> =
  | { readonly ok: true; readonly value: T; readonly warning?: string }
  | Refused;

export interface Refused {
  readonly ok: false;
  readonly what: string;
  /** Well written, and not done here: no mistake of grammar. */
  readonly wellWritten?: true;
}

export function accepted<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

/** `what` says what is wrong and what to do, without file and line. */
export function refused(what: string): Refused {
  return { ok: false, what };
}

/** fio gives the text a meaning, and coffer does not do what it means. */
export function notDone(what: string): Refused {
  return { ok: false, what, wellWritten: true };
}
