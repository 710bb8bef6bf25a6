import { expect, test } from 'vitest';
import { type Limits, stackLimits } from '../../../src/block/limits.ts';
import { LIMITS } from '../../support/fake-driver.ts';

test.each<[keyof Limits, number, number, number]>([
  ['logicalBlockBytes', 512, 4096, 4096],
  ['maxHwSectors', 256, 2560, 256],
  ['maxSectors', 128, 2560, 128],
  ['maxSegments', 127, 128, 127],
  ['maxSegmentBytes', 4096, 65_536, 4096],
  ['virtBoundaryBytes', 0, 4096, 4096],
  ['maxDiscardSectors', 0, 1024, 0],
  ['maxWriteZeroesSectors', 0, 1024, 0],
  ['maxCopyHwSectors', 0, 256, 0],
  ['maxCopySectors', 0, 256, 0],
])('%s of %d and %d stack to %d, whichever lies below', (name, one, other, both) => {
  const a = { ...LIMITS, [name]: one };
  const b = { ...LIMITS, [name]: other };
  expect(stackLimits(a, b)).toEqual({ ...LIMITS, [name]: both });
  expect(stackLimits(b, a)).toEqual({ ...LIMITS, [name]: both });
});

test('a device on two has a write cache if either has', () => {
  const cached = { ...LIMITS, writeCache: true };
  expect(stackLimits(cached, LIMITS).writeCache).toBe(true);
  expect(stackLimits(LIMITS, LIMITS).writeCache).toBe(false);
});
