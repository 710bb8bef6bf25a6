/** Limits form a lattice: it does not matter in which order, or how often, devices are stacked. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Limits, stackLimits } from '../../src/block/limits.ts';

const sectors = fc.nat({ max: 1 << 20 });
const limits: fc.Arbitrary<Limits> = fc.record({
  logicalBlockBytes: fc.constantFrom(512, 1024, 2048, 4096),
  maxHwSectors: sectors,
  maxSectors: sectors,
  maxSegments: fc.integer({ min: 1, max: 65_535 }),
  maxSegmentBytes: fc.integer({ min: 512, max: 1 << 20 }),
  virtBoundaryBytes: fc.constantFrom(0, 4096, 65_536),
  maxDiscardSectors: sectors,
  maxDiscardSegments: fc.integer({ min: 1, max: 256 }),
  maxWriteZeroesSectors: sectors,
  maxCopyHwSectors: sectors,
  maxCopySectors: sectors,
  writeCache: fc.boolean(),
});

test('commutative', () => {
  fc.assert(
    fc.property(limits, limits, (a, b) => {
      expect(stackLimits(a, b)).toEqual(stackLimits(b, a));
    }),
  );
});

test('associative', () => {
  fc.assert(
    fc.property(limits, limits, limits, (a, b, c) => {
      expect(stackLimits(stackLimits(a, b), c)).toEqual(stackLimits(a, stackLimits(b, c)));
    }),
  );
});

test('idempotent', () => {
  fc.assert(
    fc.property(limits, limits, (a, b) => {
      expect(stackLimits(a, a)).toEqual(a);
      const both = stackLimits(a, b);
      expect(stackLimits(both, a)).toEqual(both);
    }),
  );
});
