import { expect, test } from 'vitest';
import { RangeOutcomes } from '../../../src/engine/copy-stage.ts';
import { Status } from '../../../src/workload/status.ts';
import { OneCopy } from '../../support/one-copy.ts';

/** Source, destination and sectors of what is left of each range. */
function rests(one: OneCopy, fromBytes: number): (number[] | null)[] {
  return Array.from({ length: one.place.ranges }, (_, range) => {
    const rest = one.place.rest(range, fromBytes);
    return rest === null ? null : [rest.sourceSector, rest.destinationSector, rest.sizeSectors];
  });
}

test('sources lie where they lie, end to end at the destination', () => {
  const one = new OneCopy({ numRange: 3, random: true });
  const offsets = [...one.workload.slots.rangeOffsetBytes].map((bytes) => bytes / 512);
  expect(one.place.totalBytes).toBe(3 * 4096);
  expect(rests(one, 0)).toEqual(offsets.map((sector, range) => [sector, 2048 + 8 * range, 8]));
});

test.each<[number, (number[] | null)[]]>([
  [
    0,
    [
      [0, 2048, 8],
      [8, 2056, 8],
      [16, 2064, 8],
    ],
  ],
  [
    512,
    [
      [1, 2049, 7],
      [8, 2056, 8],
      [16, 2064, 8],
    ],
  ],
  [4096, [null, [8, 2056, 8], [16, 2064, 8]]],
  [6144, [null, [12, 2060, 4], [16, 2064, 8]]],
  [12_288, [null, null, null]],
])('with %d bytes served, this is left', (fromBytes, expected) => {
  expect(rests(new OneCopy({ numRange: 3 }), fromBytes)).toEqual(expected);
});

/** Done and status of ranges of 10 sectors, ended in this order. */
function outcome(...ended: readonly (readonly [number, number, Status])[]): [number, Status] {
  const outcomes = new RangeOutcomes(4);
  outcomes.begin();
  for (let range = 0; range < 3; range += 1) expect(outcomes.add(10)).toBe(range);
  for (const [range, done, status] of ended) outcomes.end(range, done, status);
  return [outcomes.doneBytes / 512, outcomes.status];
}

test.each<[string, readonly (readonly [number, number, Status])[], number, Status]>([
  [
    'all well',
    [
      [0, 10, Status.OK],
      [1, 10, Status.OK],
      [2, 10, Status.OK],
    ],
    30,
    Status.OK,
  ],
  [
    'all well, the last first',
    [
      [2, 10, Status.OK],
      [1, 10, Status.OK],
      [0, 10, Status.OK],
    ],
    30,
    Status.OK,
  ],
  [
    'the first not at all',
    [
      [0, 0, Status.IOERR],
      [1, 10, Status.OK],
      [2, 10, Status.OK],
    ],
    0,
    Status.IOERR,
  ],
  [
    'the second in part',
    [
      [0, 10, Status.OK],
      [1, 4, Status.MEDIUM],
      [2, 10, Status.OK],
    ],
    14,
    Status.MEDIUM,
  ],
  [
    'two, the lower told last',
    [
      [2, 3, Status.IOERR],
      [0, 10, Status.OK],
      [1, 7, Status.MEDIUM],
    ],
    17,
    Status.MEDIUM,
  ],
])('the good prefix ends in the lowest range that failed: %s', (_, ended, done, status) => {
  expect(outcome(...ended)).toEqual([done, status]);
});

test('outcomes used again are as new', () => {
  const outcomes = new RangeOutcomes(2);
  outcomes.begin();
  outcomes.end(outcomes.add(10), 0, Status.IOERR);
  outcomes.begin();
  outcomes.end(outcomes.add(6), 6, Status.OK);
  expect([outcomes.doneBytes, outcomes.status]).toEqual([6 * 512, Status.OK]);
});
