import { expect, test } from 'vitest';
import { arrowFindings } from './arrows.ts';
import { sourceFiles } from './source-tree.ts';

function arrows(path: string, text: string): string[] {
  return arrowFindings([{ path, text }]);
}

test.each([
  ['src/sim/a.ts', "import { a } from '../units/b.ts';"],
  ['src/sim/a.ts', "import { a } from './b.ts';"],
  ['src/sim/a.ts', "import { a } from 'node:fs';"],
  ['src/device/nvme/a.ts', "import { a } from '../store/b.ts';"],
  ['src/job/models.ts', "import { a } from '../device/nvme/attributes.ts';"],
  ['src/record/a.ts', "import type { A } from '../job/plan.ts';"],
  ['src/cli/a.ts', "import { a } from '../runner/b.ts';"],
])('%s may: %s', (path, text) => {
  expect(arrows(path, text)).toEqual([]);
});

test.each([
  ['src/units/a.ts', "import { a } from '../sim/b.ts';", 'units may not import src/sim/b.ts'],
  ['src/block/a.ts', "import { a } from '../device/nvme/b.ts';", 'block may not import'],
  ['src/engine/a.ts', "import type { A } from '../device/b.ts';", 'engine may not import'],
  ['src/job/a.ts', "import { a } from '../device/nvme/attributes.ts';", 'job may not import'],
  ['src/job/models.ts', "import { a } from '../device/nvme/nvme.ts';", 'job may not import'],
  ['src/record/a.ts', "import { a } from '../job/plan.ts';", 'types of job only'],
  ['src/cli/a.ts', "import { a } from '../sim/b.ts';", 'cli may not import'],
  ['src/utils/a.ts', '', 'room utils is not in the table'],
])('%s may not: %s', (path, text, what) => {
  expect(arrows(path, text)).toEqual([expect.stringContaining(what)]);
});

test('src keeps to the arrows', () => {
  expect(arrowFindings(sourceFiles('src'))).toEqual([]);
});
