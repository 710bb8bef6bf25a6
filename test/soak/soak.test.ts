/** A soak of some seconds, of the ten minutes that `npm run soak -- linux` takes; and its judgement. */

import { describe, expect, test } from 'vitest';
import { MIB } from '../../src/units/quantity.ts';
import { whyNoRings } from '../support/rings.ts';
import { scratchFolder } from '../support/scratch.ts';
import { growths, problems, rise } from './growth.ts';
import { killMidRing, soakProcesses, soakRuns } from './linux.ts';
import type { Sample } from './sample.ts';

/** A minute of samples; `growing` is what one holds after so many seconds. */
function samples(growing: (atS: number) => Partial<Sample>): Sample[] {
  const flat = { memoryBytes: 200 * MIB, descriptors: 30, mappings: 450, recordBytes: 0 };
  return Array.from({ length: 600 }, (_, index) => {
    const atS = index / 10;
    return { ...flat, ...growing(atS), atS };
  });
}

test('the rise of a line is its slope times its length', () => {
  const line = samples((atS) => ({ descriptors: 30 + 2 * atS }));
  expect(rise(line, ({ descriptors }) => descriptors)).toBeCloseTo(2 * 59.9);
  expect(rise(line.slice(0, 1), ({ descriptors }) => descriptors)).toBe(0);
  expect(rise([], ({ descriptors }) => descriptors)).toBe(0);
});

test.each([
  ['nothing', () => ({})],
  ['at the start', (atS: number) => ({ memoryBytes: Math.min(atS, 20) * 10 * MIB })],
  ['like a saw', (atS: number) => ({ memoryBytes: (200 + (atS % 5) * 10) * MIB })],
  [
    'with the rows of the record',
    (atS: number) => ({ memoryBytes: (200 + 3 * atS) * MIB, recordBytes: atS * MIB }),
  ],
  ['down', (atS: number) => ({ descriptors: 100 - atS })],
])('flat: what grows is %s', (_, growing) => {
  expect(problems(growths(samples(growing)))).toEqual([]);
});

test.each([
  ['memory', (atS: number) => ({ memoryBytes: (200 + 3 * atS) * MIB })],
  ['descriptors', (atS: number) => ({ descriptors: 30 + Math.floor(atS / 3) })],
  ['mappings', (atS: number) => ({ mappings: 450 + 10 * atS })],
])('growing: %s', (what, growing) => {
  expect(problems(growths(samples(growing)))).toEqual([
    expect.stringMatching(new RegExp(`^${what} \\+.*: it grows$`)),
  ]);
});

describe.skipIf(whyNoRings() !== null)('real engines', () => {
  const silent = (): void => undefined;

  test('many runs in one process hold no more and no more', async () => {
    expect(await soakRuns(6, scratchFolder(), silent)).toEqual([]);
  });

  test('one process after another ends as it should, interrupted too, and leaves nothing', async () => {
    expect(await soakProcesses(4, scratchFolder(), silent)).toEqual([]);
  });

  test('a process that is killed with a full ring leaves no process, and files of use', async () => {
    expect(await killMidRing(scratchFolder())).toEqual([]);
  });
});
