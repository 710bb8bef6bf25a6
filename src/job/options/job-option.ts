/** An option of a job section: what it is for, where that is not both kinds of target. */

import type { Option } from '../../units/option.ts';

/** What the jobs of a file work on: declared devices, or real files and block devices. */
export type TargetKind = 'simulated' | 'real';

export interface JobOption extends Option {
  /** The one kind that it means something for: elsewhere it is accepted with a warning. */
  readonly only?: TargetKind;
  /** Of real targets, where it differs from `default`. */
  readonly realDefault?: string;
}

/** As it would be written; null: no default. */
export function defaultFor({ default: simulated, realDefault }: JobOption, kind: TargetKind) {
  return kind === 'real' ? (realDefault ?? simulated) : simulated;
}
