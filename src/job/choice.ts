import { present } from '../units/assert.ts';

/** One of an option's choices, as its type; the parser has let nothing else through. */
export function choice<T extends string>(text: string, known: readonly T[]): T {
  return present(
    known.find((one) => one === text),
    `${text} is one of the option's choices`,
  );
}
