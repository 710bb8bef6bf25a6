import { expect, test } from 'vitest';
import { deviceModels, hostModel, linkModel } from '../../../src/job/models.ts';
import { jobOptions } from '../../../src/job/option-table.ts';
import { jobsReadme } from '../../../src/job/reference.ts';
import { EXAMPLE_JOB } from '../../../src/job/reference-text.ts';
import { plan } from './fixture.ts';

test('names every option, attribute, driver and profile', () => {
  const readme = jobsReadme();
  for (const { name } of jobOptions) expect(readme).toContain(`| \`${name}\``);
  for (const model of [...deviceModels, hostModel, linkModel]) {
    expect(readme).toContain(model.model);
    for (const { name } of model.options) expect(readme).toContain(`| \`${name}\``);
    for (const name of Object.keys(model.profiles ?? {}))
      expect(readme).toContain(`profile=${name}`);
  }
});

test('every row of a table has as many cells as its header', () => {
  for (const block of jobsReadme().split('\n\n')) {
    const rows = block.split('\n').filter((line) => line.startsWith('| '));
    const cells = rows.map((row) => row.split(/(?<!\\)\|/).length);
    expect(new Set(cells).size).toBeLessThanOrEqual(1);
  }
});

test('its example is the 18 runs that it says, without a warning', () => {
  const { runs, warnings } = plan(EXAMPLE_JOB);
  expect(runs).toHaveLength(18);
  expect(warnings).toEqual([]);
});
