/** What can be known of real targets before a run, for the checks of job files. */

import { type Folders, inspect } from '../linux/inspect.ts';
import type { TargetFacts } from '../units/target-facts.ts';

/** Looks at paths as they are now: what it finds of a folder holds for as long as it is used. */
export function lookUps(): (path: string) => TargetFacts {
  const folders: Folders = new Map();
  return (path) => inspect(path, folders);
}
