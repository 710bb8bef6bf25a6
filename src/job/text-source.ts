/** What the text of a job file refers to beyond itself: variables, the machine, included files. */

/** What `$ncpus`, `$pagesize` and `$mb_memory` stand for. */
export interface Machine {
  readonly cpus: number;
  /** null: the machine does not tell. */
  readonly pageBytes: number | null;
  readonly memoryBytes: number;
}

export type FileText =
  | { readonly ok: true; readonly text: string }
  /** `problem`: why it cannot be read, and what to do. */
  | { readonly ok: false; readonly problem: string };

export interface TextSource {
  /** Of the environment; undefined: there is none of this name. */
  readonly variable?: (name: string) => string | undefined;
  readonly machine?: () => Machine;
  readonly readFile?: (path: string) => FileText;
}

/** Without them no variable is set, the machine is not known, and no file is there. */
export const NO_SOURCE: Required<Pick<TextSource, 'variable' | 'readFile'>> = {
  variable: () => undefined,
  readFile: () => ({ ok: false, problem: 'no such file; check the name' }),
};
