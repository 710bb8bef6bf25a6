/** Whatever a driver does, every bio ends exactly once, and no more is out than there are tags. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Operation } from '../../src/block/operation.ts';
import type { Request } from '../../src/block/request.ts';
import { Timer } from '../../src/sim/timer.ts';
import { Status } from '../../src/workload/status.ts';
import { type Answer, BlockWorld, inFlight } from '../support/fake-driver.ts';

/** What the driver does with its n-th request, over and over. */
type Doing =
  | { readonly kind: 'ends'; readonly afterNs: number; readonly status: Status }
  | { readonly kind: 'inline'; readonly status: Status }
  | { readonly kind: 'refuses'; readonly status: Status }
  | { readonly kind: 'short'; readonly forNs: number }
  | { readonly kind: 'forgets' };

const outcome = fc.constantFrom(Status.OK, Status.OK, Status.OK, Status.MEDIUM, Status.IOERR);
const doing: fc.Arbitrary<Doing> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('ends' as const),
      afterNs: fc.nat({ max: 5000 }),
      status: outcome,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('inline' as const), status: outcome }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('refuses' as const),
      status: fc.constantFrom(Status.TARGET, Status.NOTSUPP),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('short' as const), forNs: fc.nat({ max: 3000 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'forgets' as const }) },
);

const io = fc.record({
  atNs: fc.nat({ max: 20_000 }),
  cpu: fc.nat({ max: 3 }),
  operation: fc.constantFrom(Operation.READ, Operation.WRITE, Operation.DISCARD),
  sector: fc.nat({ max: 400 }),
  sectors: fc.integer({ min: 0, max: 100 }),
});

interface Shape {
  readonly depth: number;
  readonly hardwareQueues: number;
  readonly maxSectors: number;
}

/** A world whose driver does as told, and looks at the number out each time. */
function worldOf(
  doings: readonly Doing[],
  { depth, hardwareQueues, maxSectors }: Shape,
): BlockWorld {
  const world = new BlockWorld({
    limits: { maxSectors },
    depth,
    hardwareQueues,
    queue: { capacitySectors: 450 },
  });
  const later = (delayNs: number, fire: () => void): void => {
    const { simulation } = world;
    simulation.schedule(new Timer({ fire }, 0, 0), simulation.nowNs + delayNs);
  };
  const end = (request: Request, status: Status): void =>
    world.queue.complete(request, status, world.simulation.nowNs);
  world.driver.onTimeout = (request) => end(request, Status.TIMEOUT);
  world.driver.answer = ({ request }, index): Answer => {
    for (const queue of world.queue.hardwareQueues) {
      expect(inFlight(queue)).toBeLessThanOrEqual(depth);
      expect(queue.sent).toHaveLength(inFlight(queue));
    }
    const told = doings[index % doings.length];
    if (told === undefined || told.kind === 'forgets') return 'holds';
    if (told.kind === 'inline') return { endsInline: told.status };
    if (told.kind === 'refuses') return { gives: told.status };
    if (told.kind === 'short') {
      later(told.forNs, () => world.queue.restart(world.simulation.nowNs));
      return { gives: Status.DEV_RESOURCE };
    }
    later(told.afterNs, () => end(request, told.status));
    return 'holds';
  };
  return world;
}

test('every bio ends exactly once, and bounded is what is out', () => {
  fc.assert(
    fc.property(
      fc.array(io, { minLength: 1, maxLength: 60 }),
      // Who is always short never ends.
      fc
        .array(doing, { minLength: 1, maxLength: 20 })
        .filter((list) => list.some(({ kind }) => kind !== 'short')),
      fc.record({
        depth: fc.integer({ min: 1, max: 8 }),
        hardwareQueues: fc.integer({ min: 1, max: 4 }),
        maxSectors: fc.integer({ min: 8, max: 64 }),
      }),
      (ios, doings, shape) => {
        const world = worldOf(doings, shape);
        const bios = [...ios]
          .sort((a, b) => a.atNs - b.atNs)
          .map(({ atNs, cpu, operation, sector, sectors }) => {
            world.simulation.advanceTo(atNs);
            const plug = world.plugOn(cpu);
            const bio = world.bio(operation, sector, sectors, 1 << 20);
            world.queue.submitBio(bio, plug);
            plug.flush();
            return bio;
          });
        while (world.simulation.step());
        const ended = world.submitter.ended.map(({ bio }) => bio);
        expect(ended).toHaveLength(bios.length);
        expect(new Set(ended)).toEqual(new Set(bios));
        expect(world.queue.outstanding).toBe(0);
        for (const queue of world.queue.hardwareQueues) {
          expect([inFlight(queue), queue.hasWaiting]).toEqual([0, false]);
        }
        for (const { bio, atNs } of world.submitter.ended) {
          expect(
            bio.pending === 0 || bio.status === Status.INVAL || bio.status === Status.IOERR,
          ).toBe(true);
          expect(atNs).toBeLessThanOrEqual(world.simulation.nowNs);
        }
      },
    ),
    { numRuns: 300 },
  );
});
