/** A permutation visits every block once: as far as a device of any size can be tried. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../src/sim/random.ts';
import { Permutation } from '../../src/workload/permutation.ts';

test('no two indices meet at one block, and none lies outside', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 2 ** 50 })),
      fc.integer(),
      fc.nat(),
      (size, seed, from) => {
        const permutation = new Permutation(size);
        permutation.shuffle(new Random(seed));
        const seen = new Set<number>();
        const count = Math.min(size, 500);
        for (let i = 0; i < count; i += 1) {
          const block = permutation.at((from + i) % size);
          expect(Number.isInteger(block) && block >= 0 && block < size).toBe(true);
          seen.add(block);
        }
        expect(seen.size).toBe(count);
      },
    ),
  );
});
