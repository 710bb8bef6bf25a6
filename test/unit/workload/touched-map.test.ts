import { expect, test } from 'vitest';
import { Random } from '../../../src/sim/random.ts';
import { TouchedMap } from '../../../src/workload/touched-map.ts';

// Around the edges of words and levels, and past two levels.
test.each([1, 31, 32, 33, 1023, 1024, 1025, 40_000])(
  '%i units are taken as a plain list would say',
  (units) => {
    const map = new TouchedMap(units);
    const touched = new Array<boolean>(units).fill(false);
    const random = new Random(units);
    for (let pass = 0; pass < 2; pass += 1) {
      while (!map.full) {
        const from = random.below(units);
        const behind = touched.indexOf(false, from);
        const first = map.freeFrom(from);
        expect(first).toBe(behind < 0 ? touched.indexOf(false) : behind);
        const most = 1 + random.below(40);
        let free = 0;
        while (free < most && touched[first + free] === false) free += 1;
        expect(map.take(first, most)).toBe(free);
        touched.fill(true, first, first + free);
      }
      expect(touched.includes(false)).toBe(false);
      touched.fill(false);
      map.clear();
      expect(map.full).toBe(false);
    }
  },
);

test('what is touched is not taken again', () => {
  const map = new TouchedMap(10);
  expect(map.take(4, 3)).toBe(3);
  expect(map.take(5, 1)).toBe(0);
  expect(map.take(2, 8)).toBe(2);
  expect(map.freeFrom(3)).toBe(7);
  expect(map.take(8, 100)).toBe(2);
  expect(map.freeFrom(9)).toBe(0);
});
