/**
 * An option of a job section: what it is for, where that is not both kinds of target, and what
 * becomes of it. Options without a disposition are supported: what their `help` says is done.
 */

import type { Option } from '../../units/option.ts';

/** What the jobs of a file work on: declared devices, or real files and block devices. */
export type TargetKind = 'simulated' | 'real';

/** What becomes of an option of fio's that coffer does not follow. */
export type Disposition =
  /** Cannot change what the result means here: a warning where it is given. */
  | { readonly kind: 'ignored'; readonly why: string }
  /** Would change it, and is not done. `why`: what would differ, and what to do instead. */
  | { readonly kind: 'refused'; readonly why: string };

export interface JobOption extends Option {
  /** The one kind that it means something for: elsewhere it is accepted with a warning. */
  readonly only?: TargetKind;
  /** Of real targets, where it differs from `default`. */
  readonly realDefault?: string;
  readonly disposition?: Disposition;
  /**
   * Values, canonical, that ask for what happens anyway: of a refused option accepted in silence,
   * of one that came to be supported later no part of the question (`plan_sha256`).
   */
  readonly harmless?: readonly string[];
  /** The kind that it came to mean something for later: there its default is no part either. */
  readonly laterFor?: TargetKind;
  /** The option says in other words what another one says: `buffered=1` is `direct=0`. */
  readonly restates?: Restatement;
}

export interface Restatement {
  readonly option: string;
  /** From its own value, a number or a yes or no, to the text of the other's. */
  readonly textOf: (value: number) => string;
}

/** As it would be written; null: no default. */
export function defaultFor({ default: simulated, realDefault }: JobOption, kind: TargetKind) {
  return kind === 'real' ? (realDefault ?? simulated) : simulated;
}
