/** What `rw=` means: the one place where its names are taken apart. */

import type { Rw } from './plan.ts';

/** `mixed`: reads and writes, rwmixread of them reads. */
export type Access = 'read' | 'write' | 'mixed' | 'copy';

export interface RwMeaning {
  readonly access: Access;
  /** Offsets in random order. */
  readonly random: boolean;
  /** Those that the job measures, one row each. */
  readonly directions: readonly ('read' | 'write' | 'copy')[];
}

const MEANINGS: Readonly<Record<Rw, RwMeaning>> = {
  read: { access: 'read', random: false, directions: ['read'] },
  randread: { access: 'read', random: true, directions: ['read'] },
  write: { access: 'write', random: false, directions: ['write'] },
  randwrite: { access: 'write', random: true, directions: ['write'] },
  rw: { access: 'mixed', random: false, directions: ['read', 'write'] },
  randrw: { access: 'mixed', random: true, directions: ['read', 'write'] },
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
  'copy',
  'randcopy',
] as const satisfies readonly Rw[];
