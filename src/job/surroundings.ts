/** What there is beside the text of a job file: real files, and what the command line permits. */

import { resolve } from 'node:path';
import type { TargetFacts } from '../units/target-facts.ts';

export interface RealFile {
  /** As it is named first, directory before it: one file has one name in a plan. */
  readonly path: string;
  readonly facts: TargetFacts;
}

export interface Surroundings {
  fileAt(path: string): RealFile;
  /** Writes and copies are refused, and nothing is laid out. */
  readonly readonly: boolean;
  /** As if overwrite=1 and allow_mounted_write=1 stood in every job. */
  readonly allowDestructive: boolean;
}

export interface SurroundingsRequest {
  /** Without it no file is there. */
  readonly lookUp?: (path: string) => TargetFacts;
  readonly readonly?: boolean;
  readonly allowDestructive?: boolean;
}

const ABSENT: TargetFacts = {
  kind: 'absent',
  sizeBytes: 0,
  logicalBlockBytes: 512,
  fileSystem: null,
  unusable: null,
  unreadable: null,
  unwritable: null,
  mounted: null,
  foreign: null,
};

/** Each file is looked at once, however many points and clones name it, and in whatever way. */
export function surroundingsOf(request: SurroundingsRequest): Surroundings {
  const { lookUp = () => ABSENT, readonly = false, allowDestructive = false } = request;
  const known = new Map<string, RealFile>();
  return {
    readonly,
    allowDestructive,
    fileAt: (path) => {
      const key = resolve(path);
      const file = known.get(key) ?? { path, facts: lookUp(path) };
      known.set(key, file);
      return file;
    },
  };
}
