/**
 * Figures are the same bytes on every Node: an SVG per kind, of records that lie beside. What changes a
 * figure is written anew by `npx vitest run --config test/vitest.config.ts test/golden/plots -u`, and looked at.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Row } from '../../../src/record/columns.ts';
import { formatHeader, formatRows } from '../../../src/record/write.ts';
import { aRow } from '../../support/a-row.ts';
import { baselineFolder, folder as records, main } from '../jobs.mjs';

const folder = new URL('.', import.meta.url).pathname;
const examples = new URL('../../../results/examples/', import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), 'coffer-plots-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const others = (process.env['COFFER_NODES'] ?? '').split(':').filter((path) => path !== '');
const nodes = [process.execPath, ...others];

const FIGURES: readonly (readonly [name: string, csv: string, ...flags: readonly string[]])[] = [
  ['lines', 'nvme-paths'],
  ['lines-band', 'repetitions', '--width', '500'],
  ['percentiles', 'nvme-paths', '--kind', 'percentiles', '--theme', 'dark'],
  ['bars', 'nvme-paths', '--kind', 'bars'],
  ['pareto', 'nvme-paths', '--kind', 'pareto'],
  ['break-even', 'nvme-paths', '--kind', 'break-even'],
  ['left-out', 'fallbacks'],
];

/** Wall clock, five repetitions of three sizes; one of them failed on one path. */
function repetitions(): readonly Row[] {
  return ['offload', 'read-write'].flatMap((path, slower) =>
    [4096, 65_536, 1_048_576].flatMap((bs_bytes, size) =>
      [1, 2, 3, 4, 5].map((repetition) => {
        const failed = path === 'offload' && bs_bytes === 65_536;
        return aRow({
          path,
          bs_bytes,
          repetition,
          clock: 'wall',
          point: `bs=${['4k', '64k', '1m'][size]} path=${path}`,
          bandwidth_bytes_per_s: 100_000_000 * (size + 1) + 9_000_000 * (repetition - 3 * slower),
          state: failed ? 'failed' : 'done',
          error: failed ? 'EIO' : null,
        });
      }),
    ),
  );
}

function recordOf(csv: string): string {
  if (csv !== 'repetitions') return join(records, `${csv}.csv`);
  const path = join(scratch, 'repetitions.csv');
  writeFileSync(path, formatHeader() + formatRows(repetitions()));
  return path;
}

/** What results/README.md shows, drawn of the baselines. */
const EXAMPLES: typeof FIGURES = [
  ['three-paths-lines', 'three-paths'],
  ['three-paths-lines-dark', 'three-paths', '--theme', 'dark'],
  ['three-paths-bars', 'three-paths', '--kind', 'bars'],
  ['three-paths-percentiles', 'three-paths', '--kind', 'percentiles', '--where', 'bs=64k'],
  ['three-paths-pareto', 'three-paths', '--kind', 'pareto'],
  ['three-paths-break-even', 'three-paths', '--kind', 'break-even'],
  ['copy-engine-speed-lines', 'copy-engine-speed'],
  ['sctl-sweep-cpu', 'sctl-sweep', '--y', 'host_cpu_ns_per_byte'],
];

const cases = FIGURES.flatMap(([name, csv, ...flags]) =>
  nodes.map((node) => ({ name, node, csv, flags })),
);

function draw(node: string, csv: string, flags: readonly string[]): string {
  const output = join(scratch, 'figure.svg');
  const words = ['plot', csv, '--output', output, ...flags];
  const { status, stderr } = spawnSync(node, [main, ...words], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return readFileSync(output, 'utf8');
}

test.each(cases)('$name on $node', async ({ name, node, csv, flags }) => {
  const svg = draw(node, recordOf(csv), flags);
  await expect(svg).toMatchFileSnapshot(join(folder, `${name}.svg`));
});

test.each(EXAMPLES)('the example %s is fresh', async (name, csv, ...flags) => {
  const svg = draw(process.execPath, join(baselineFolder, `${csv}.csv`), flags);
  await expect(svg).toMatchFileSnapshot(join(examples, `${name}.svg`));
});
