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
  contentBytes: 0,
  logicalBlockBytes: 512,
  fileSystem: null,
  unusable: null,
  unreadable: null,
  unwritable: null,
  mounted: null,
  foreign: null,
  identity: null,
};

/**
 * Each name is looked at once, however many points and clones give it; names of one file (hard
 * links, a linked folder) are that file.
 */
export function surroundingsOf(request: SurroundingsRequest): Surroundings {
  const { lookUp = () => ABSENT, readonly = false, allowDestructive = false } = request;
  const byName = new Map<string, RealFile>();
  const byIdentity = new Map<string, RealFile>();
  const lookAt = (path: string): RealFile => {
    const facts = lookUp(path);
    if (facts.identity === null) return { path, facts };
    const file = byIdentity.get(facts.identity) ?? { path, facts };
    byIdentity.set(facts.identity, file);
    return file;
  };
  return {
    readonly,
    allowDestructive,
    fileAt: (path) => {
      const key = resolve(path);
      const file = byName.get(key) ?? lookAt(path);
      byName.set(key, file);
      return file;
    },
  };
}
