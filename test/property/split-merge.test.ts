/** Whatever the limits, the pieces of a bio tile it; and bios laid end to end merge back into it. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Operation } from '../../src/block/operation.ts';
import { segmentsOf } from '../../src/block/split.ts';
import { Status } from '../../src/workload/status.ts';
import { BlockWorld } from '../support/fake-driver.ts';

const { READ, WRITE, DISCARD, WRITE_ZEROES } = Operation;
const BUFFER = 1 << 30;

/** Splits a bio at sector 64 and ends its pieces; what is wrong with them, or null. */
function splitWrongly(
  world: BlockWorld,
  operation: Operation,
  sectors: number,
  address: number,
): string | null {
  const { driver, queue } = world;
  const { logicalBlockBytes, maxSectors, maxSegments } = queue.limits;
  driver.sent.length = 0;
  world.account.clear();
  world.submit(operation, 64, sectors, address);
  world.plug.flush();
  let at = 0;
  for (const piece of driver.sent) {
    const what = `${sectors} sectors at ${address}: piece ${piece.sector}+${piece.sizeSectors}`;
    if (piece.sector !== 64 + at || piece.sizeSectors <= 0) return `${what} is out of place`;
    at += piece.sizeSectors;
    if (address === 0) continue;
    if (piece.address !== address + (at - piece.sizeSectors) * 512) return `${what} is elsewhere`;
    if ((piece.sizeSectors * 512) % logicalBlockBytes !== 0) return `${what} is no whole block`;
    if (piece.sizeSectors > maxSectors) return `${what} is too long`;
    if (segmentsOf(piece.address, piece.sizeSectors) > maxSegments) return `${what} has too many`;
  }
  if (at !== sectors) return `${sectors} sectors at ${address}: ${at} came`;
  if (world.account.splits !== driver.sent.length - 1) return `${world.account.splits} splits`;
  driver.sent.forEach((_, index) => driver.end(index));
  return null;
}

test('reads of every size to 64 sectors, at places in a page, under many limits', () => {
  let combinations = 0;
  for (const logicalBlockBytes of [512, 1024, 4096]) {
    const block = logicalBlockBytes / 512;
    for (const maxSectors of [8, 9, 16, 24, 31, 64, 255]) {
      for (const maxSegments of [2, 3, 5, 128]) {
        const world = new BlockWorld({ limits: { logicalBlockBytes, maxSectors, maxSegments } });
        for (const offset of [0, 512, 2048, 3584]) {
          for (let sectors = block; sectors <= 64; sectors += block) {
            expect(splitWrongly(world, READ, sectors, BUFFER + offset)).toBe(null);
            combinations += 1;
          }
        }
      }
    }
  }
  expect(combinations).toBe((64 + 32 + 8) * 7 * 4 * 4);
});

test('what carries no data, of every size to 64 sectors, under every limit', () => {
  for (const operation of [DISCARD, WRITE_ZEROES]) {
    for (let limit = 1; limit <= 65; limit += 1) {
      const limits = { maxDiscardSectors: limit, maxWriteZeroesSectors: limit };
      const world = new BlockWorld({ limits });
      for (let sectors = 1; sectors <= 64; sectors += 1) {
        expect(splitWrongly(world, operation, sectors, 0)).toBe(null);
        expect(world.driver.sent.length).toBe(Math.ceil(sectors / limit));
      }
    }
  }
});

/** Sizes of bios that lie end to end. */
const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 30 });

test('bios end to end are covered once, in order, whatever merges; and each ends once', () => {
  fc.assert(
    fc.property(
      sizes,
      fc.record({
        maxSectors: fc.integer({ min: 8, max: 128 }),
        maxSegments: fc.integer({ min: 2, max: 32 }),
        virtBoundaryBytes: fc.constantFrom(0, 4096),
      }),
      fc.boolean(),
      (bios, limits, backwards) => {
        const world = new BlockWorld({ limits });
        let at = 64;
        const places = bios.map((sectors) => {
          at += sectors;
          return [at - sectors, sectors] as const;
        });
        const order = backwards ? [...places].reverse() : places;
        for (const [sector, sectors] of order) {
          world.submit(WRITE, sector, sectors, BUFFER + sector * 512);
        }
        world.plug.flush();
        const covered = world.driver.sent
          .map(({ request }) => [request.sector, request.dataSectors] as const)
          .sort(([a], [b]) => a - b);
        let next = 64;
        for (const [sector, sectors] of covered) {
          expect(sector).toBe(next);
          expect(sectors).toBeLessThanOrEqual(limits.maxSectors);
          next += sectors;
        }
        expect(next).toBe(at);
        const { splits, merges } = world.account;
        expect(bios.length + splits - merges).toBe(world.driver.sent.length);
        world.driver.sent.forEach((_, index) => world.driver.end(index));
        expect(world.submitter.statuses).toEqual(bios.map(() => Status.OK));
      },
    ),
    { numRuns: 300 },
  );
});

test('pages that were merged and split again are the pages that were', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 16 }), fc.integer({ min: 1, max: 16 }), (pages, most) => {
      const world = new BlockWorld({ limits: { maxSectors: most * 8 } });
      for (let page = 0; page < pages; page += 1) {
        world.submit(READ, 64 + page * 8, 8, BUFFER + page * 4096);
      }
      world.plug.flush();
      const merged = world.driver.children;
      const whole = new BlockWorld({ limits: { maxSectors: most * 8 } });
      expect(splitWrongly(whole, READ, pages * 8, BUFFER)).toBe(null);
      expect(merged).toEqual(whole.driver.children);
    }),
  );
});
