/** How progress is shown, from the command line and what stderr is. */

import { UsageError } from './usage-error.ts';

export const PROGRESS_CHOICES = ['auto', 'tty', 'plain', 'none'] as const;
export type ProgressChoice = (typeof PROGRESS_CHOICES)[number];
export type ProgressMode = Exclude<ProgressChoice, 'auto'>;

interface ProgressFlags {
  readonly progress?: ProgressChoice;
  readonly live?: boolean;
  readonly quiet?: boolean;
}

/** A terminal that can move its cursor gets a block. Throws UsageError. */
export function progressMode(
  { progress = 'auto', live = false, quiet = false }: ProgressFlags,
  { isTTY = false }: { readonly isTTY?: boolean },
  { TERM }: Readonly<Record<string, string | undefined>>,
): ProgressMode {
  if (quiet && (progress === 'tty' || progress === 'plain')) {
    throw new UsageError(`--progress=${progress}: --quiet shows none; leave one of them out`);
  }
  if (live && (quiet || progress === 'none')) {
    const silent = quiet ? '--quiet' : '--progress=none';
    throw new UsageError(`--live: ${silent} shows nothing as it goes; leave one of them out`);
  }
  if (quiet) return 'none';
  if (progress !== 'auto') return progress;
  return isTTY && TERM !== 'dumb' ? 'tty' : 'plain';
}
