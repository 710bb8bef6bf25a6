/** I/Os of several sizes: whatever the sizes, a pass covers its region, and none leaves it. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Sizes } from '../../src/units/sizes.ts';
import type { SizesSpec } from '../../src/workload/order.ts';
import { type Asked, aWorkload, runWhole } from '../support/workload-spec.ts';

const UNIT = 512;

/** Multiples of the smallest, as a job may give them. */
const aligned: fc.Arbitrary<Sizes> = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 20 })).map(
    ([low, times]): Sizes => ({
      kind: 'range',
      lowBytes: low * UNIT,
      highBytes: low * times * UNIT,
      unaligned: false,
    }),
  ),
  fc
    .tuple(
      fc.integer({ min: 1, max: 8 }),
      fc.uniqueArray(fc.integer({ min: 2, max: 20 }), { maxLength: 4 }),
    )
    .map(
      ([low, times]): Sizes => ({
        kind: 'shares',
        shares: [1, ...times.toSorted((a, b) => a - b)].map((factor) => ({
          bytes: low * factor * UNIT,
          percent: 100 / (times.length + 1),
        })),
      }),
    ),
);

function specOf(sizes: Sizes): SizesSpec {
  const all = { read: sizes, write: sizes, copy: sizes, trim: sizes };
  const none = { read: null, write: null, copy: null, trim: null };
  return { drawn: all, following: all, alignBytes: none };
}

function smallest(sizes: Sizes): number {
  if (sizes.kind === 'range') return sizes.lowBytes;
  return sizes.kind === 'shares' ? (sizes.shares[0]?.bytes ?? 0) : sizes.bytes;
}

function covered(asked: readonly Asked[]): readonly [number, number][] {
  const spans = asked.map((io): [number, number] => [io.offsetBytes, io.lengthBytes]);
  return spans.sort(([a], [b]) => a - b);
}

test('a pass, in order or by a random map, touches each block once', () => {
  fc.assert(
    fc.property(
      aligned,
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 0, max: UNIT * 8 - 1 }),
      fc.boolean(),
      fc.integer(),
      (sizes, blocks, restBytes, random, seed) => {
        const least = smallest(sizes);
        const sizeBytes = blocks * least + (restBytes % least);
        const workload = aWorkload({ sizes: specOf(sizes), sizeBytes, random, seeds: [seed] });
        let end = 0;
        for (const [offset, length] of covered(runWhole(workload))) {
          expect(offset).toBe(end);
          end += length;
        }
        expect(end).toBe(blocks * least);
      },
    ),
  );
});

test('no I/O leaves the region, whatever repeats and wherever it is aligned', () => {
  fc.assert(
    fc.property(
      aligned,
      fc.integer({ min: 1, max: 300 }),
      fc.option(fc.integer({ min: 1, max: 64 })),
      fc.integer(),
      (sizes, blocks, align, seed) => {
        const sizeBytes = blocks * smallest(sizes);
        const read = align === null ? null : align * UNIT;
        const spec = specOf(sizes);
        const alignBytes = { ...spec.alignBytes, read };
        const asked = runWhole(
          aWorkload({
            sizes: { ...spec, alignBytes },
            sizeBytes,
            ioSizeBytes: 1e12,
            numberIos: 200,
            random: true,
            norandommap: true,
            seeds: [seed],
          }),
        );
        for (const { offsetBytes, lengthBytes } of asked) {
          expect(offsetBytes + lengthBytes).toBeLessThanOrEqual(sizeBytes);
          expect(offsetBytes % (read ?? smallest(sizes))).toBe(0);
        }
      },
    ),
  );
});
