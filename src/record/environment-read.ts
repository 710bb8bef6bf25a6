/**
 * The JSON beside a CSV, read back as far as it is there. Older versions wrote less, and people
 * edit files: what has another shape is absent, fact by fact; whoever asks says what that means.
 */

export type Fields = Readonly<Record<string, unknown>>;

/** null: the text is no JSON object. */
export function readEnvironment(text: string): Fields | null {
  try {
    const json: unknown = JSON.parse(text);
    return isFields(json) ? json : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** When the record was begun, as ISO 8601 in UTC, which sorts as text; null: nothing says it. */
export function startedAtOf(environment: Fields | null): string | null {
  const startedAt = environment?.['started_at'];
  if (typeof startedAt !== 'string') return null;
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(startedAt) ? startedAt : null;
}

/** Of what is no object none. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** Of what is no list none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
