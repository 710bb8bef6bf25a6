/** What `rw=` means: the one place where its names are taken apart. */

import { assert } from '../units/assert.ts';
import { parseBytes } from '../units/bytes.ts';
import { choice } from './choice.ts';
import type { Direction, OrderPlan, Rw } from './plan.ts';

/**
 * `mixed`: reads and writes, rwmixread of them reads; `trimwrite`: each block is trimmed, then
 * written.
 */
export type Access = 'read' | 'write' | 'mixed' | 'trim' | 'trimwrite' | 'copy';

export interface RwMeaning {
  readonly access: Access;
  /** Offsets in random order. */
  readonly random: boolean;
  /** Those that the job measures, one row each. */
  readonly directions: readonly Direction[];
}

const MEANINGS: Readonly<Record<Rw, RwMeaning>> = {
  read: { access: 'read', random: false, directions: ['read'] },
  randread: { access: 'read', random: true, directions: ['read'] },
  write: { access: 'write', random: false, directions: ['write'] },
  randwrite: { access: 'write', random: true, directions: ['write'] },
  rw: { access: 'mixed', random: false, directions: ['read', 'write'] },
  randrw: { access: 'mixed', random: true, directions: ['read', 'write'] },
  trim: { access: 'trim', random: false, directions: ['trim'] },
  randtrim: { access: 'trim', random: true, directions: ['trim'] },
  trimwrite: { access: 'trimwrite', random: false, directions: ['write', 'trim'] },
  randtrimwrite: { access: 'trimwrite', random: true, directions: ['write', 'trim'] },
  copy: { access: 'copy', random: false, directions: ['copy'] },
  randcopy: { access: 'copy', random: true, directions: ['copy'] },
};

export function rwMeaning(rw: Rw): RwMeaning {
  return MEANINGS[rw];
}

/** What `rw` of a plan can be; the option has other spellings too. */
export const RW_NAMES = [
  'read',
  'write',
  'rw',
  'randread',
  'randwrite',
  'randrw',
  'trim',
  'randtrim',
  'trimwrite',
  'randtrimwrite',
  'copy',
  'randcopy',
] as const satisfies readonly Rw[];

/** The option's canonical value: `read`, with a stride `read:8k`, with a run `randread:8`. */
export function readRw(
  text: string,
): { readonly rw: Rw } & Pick<OrderPlan, 'strideBytes' | 'runIos'> {
  const [name = '', number] = text.split(':');
  const rw = choice(name, RW_NAMES);
  if (number === undefined) return { rw, strideBytes: 0, runIos: 1 };
  if (rwMeaning(rw).random) return { rw, strideBytes: 0, runIos: Number(number) };
  const bytes = parseBytes(number.replace('-', ''));
  assert(bytes.ok, 'a stride has been parsed before');
  return { rw, strideBytes: bytes.value * (number.startsWith('-') ? -1 : 1), runIos: 1 };
}
