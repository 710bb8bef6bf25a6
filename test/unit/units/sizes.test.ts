import { expect, test } from 'vitest';
import {
  canonicalSizes,
  largestOf,
  meanOf,
  type Sizes,
  smallestOf,
} from '../../../src/units/sizes.ts';

const RANGE = { kind: 'range', lowBytes: 4096, highBytes: 65536, unaligned: false } as const;

test.each<[Sizes, number, number, number, string]>([
  [{ kind: 'fixed', bytes: 4096 }, 4096, 4096, 4096, '4k'],
  [RANGE, 4096, 65536, 34816, '4k-64k'],
  [{ ...RANGE, unaligned: true }, 4096, 65536, 36736, '4k-64k'],
  // 4000, 8000 and half as often 10000: fio's mean of 100,000 I/Os was 6796.
  [{ ...RANGE, lowBytes: 4000, highBytes: 10000 }, 4000, 10000, 6800, '4000-10000'],
  [
    {
      kind: 'shares',
      shares: [
        { bytes: 4096, percent: 75 },
        { bytes: 8192, percent: 25 },
      ],
    },
    4096,
    8192,
    5120,
    '4k/75:8k/25',
  ],
])('%j', (sizes, smallest, largest, mean, text) => {
  expect(smallestOf(sizes)).toBe(smallest);
  expect(largestOf(sizes)).toBe(largest);
  expect(meanOf(sizes)).toBeCloseTo(mean, 6);
  expect(canonicalSizes(sizes)).toBe(text);
});
