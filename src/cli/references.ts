/** `coffer references`: the generated pages. Run in the root of the source tree. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { jobsReadme } from '../job/reference.ts';
import { resultsReadme } from '../record/reference.ts';
import { EXIT } from './exit-code.ts';

export interface ReferencesFlags {
  readonly check?: boolean;
}

const PAGES = [
  ['jobs/README.md', jobsReadme],
  ['results/README.md', resultsReadme],
] as const;

export function references(flags: ReferencesFlags): number {
  let stale = false;
  for (const [path, text] of PAGES) {
    if (existsSync(path) && readFileSync(path, 'utf8') === text()) continue;
    if (flags.check === true) {
      stale = true;
      process.stderr.write(`${path}: is stale; run npm run references\n`);
    } else {
      writeFileSync(path, text());
      process.stderr.write(`${path}: written\n`);
    }
  }
  return stale ? EXIT.failed : EXIT.good;
}
