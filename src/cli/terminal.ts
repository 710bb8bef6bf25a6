/** What stdout and stderr can show. */

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

type Variables = Readonly<Record<string, string | undefined>>;

export const COLOUR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColourChoice = (typeof COLOUR_CHOICES)[number];

/**
 * What the command line says goes before what the environment says (no-color.org has it so). There
 * FORCE_COLOR goes before NO_COLOR, as in Node itself; else a terminal gets colour.
 */
export function wantsColour(
  stream: Stream,
  variables: Variables,
  asked: ColourChoice = 'auto',
): boolean {
  if (asked !== 'auto') return asked === 'always';
  const force = variables['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  if ((variables['NO_COLOR'] ?? '') !== '') return false;
  return stream.isTTY === true && variables['TERM'] !== 'dumb';
}

/** A pipe or a file has no width to keep to. */
const UNBOUNDED_COLUMNS = 200;

/** A terminal that says 0 (ssh -t, expect, CI) does not know: then as most are. */
const UNKNOWN_COLUMNS = 80;

export function widthOf({ isTTY, columns }: Stream): number {
  if (columns === undefined) return UNBOUNDED_COLUMNS;
  if (columns > 0) return columns;
  return isTTY === true ? UNKNOWN_COLUMNS : UNBOUNDED_COLUMNS;
}
