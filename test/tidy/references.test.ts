/** Pages that are generated from code say what the code says. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jobsReadme } from '../../src/job/reference.ts';
import { resultsReadme } from '../../src/record/reference.ts';
import { ROOT } from './source-tree.ts';

test.each([
  ['jobs/README.md', jobsReadme],
  ['results/README.md', resultsReadme],
])('%s is fresh (npm run references writes it)', (path, text) => {
  expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text());
});
