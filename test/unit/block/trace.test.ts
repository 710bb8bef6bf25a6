import { expect, test } from 'vitest';
import { Operation } from '../../../src/block/operation.ts';
import { Trace } from '../../../src/block/trace.ts';
import { Status } from '../../../src/workload/status.ts';
import { BlockWorld, type BlockWorldOptions } from '../../support/fake-driver.ts';

const { READ, WRITE, DISCARD, WRITE_ZEROES } = Operation;
const PAGE = 1 << 20;

function traced(options: BlockWorldOptions = {}): BlockWorld {
  return new BlockWorld({ ...options, trace: (simulation) => new Trace(simulation) });
}

/** Action, bio, sector + sectors and note of each event. */
function lives(world: BlockWorld): string[] {
  return (world.trace?.events ?? []).map(
    ({ action, bio, sector, sizeSectors, note }) =>
      `${action} ${bio} ${sector}+${sizeSectors} ${note}`,
  );
}

test('tells the life of a bio, when and where', () => {
  const world = traced();
  world.simulation.advanceTo(5);
  world.plug.buildsAtNs = 5;
  world.submit(READ, 40, 8, PAGE);
  world.simulation.advanceTo(6);
  world.plug.flush();
  world.simulation.advanceTo(70);
  world.driver.end(0, Status.MEDIUM);
  const common = { device: 'fake0', bio: 1, operation: 'read', sector: 40, sizeSectors: 8 };
  expect(world.trace?.events).toEqual([
    { ...common, atNs: 5, action: 'Q', cpu: 0, note: '' },
    { ...common, atNs: 6, action: 'D', cpu: 0, note: 'tag 0.0' },
    { ...common, atNs: 70, action: 'C', cpu: 0, note: 'MEDIUM' },
  ]);
});

test('says why a bio was split, and what became of its pieces', () => {
  const world = traced({ limits: { maxSectors: 8, maxSegments: 9 } });
  world.submit(WRITE, 0, 20, PAGE);
  world.plug.flush();
  expect(lives(world)).toEqual([
    'Q 1 0+20 ',
    'X 2 0+8 from 1, rest 8+12: max_sectors 8, max_segments 9',
    'X 3 8+8 from 1, rest 16+4: max_sectors 8, max_segments 9',
    'D 2 0+8 tag 0.0',
    'D 3 8+8 tag 0.1',
    'D 1 16+4 tag 0.2',
  ]);
});

test.each([
  [DISCARD, 'max_discard_sectors 8'],
  [WRITE_ZEROES, 'max_write_zeroes_sectors 6'],
])('names the limit that split operation %d', (operation, reason) => {
  const world = traced({ limits: { maxDiscardSectors: 8, maxWriteZeroesSectors: 6 } });
  world.submit(operation, 0, 10);
  expect(lives(world)[1]).toContain(reason);
});

test('tells merges, back and front, and every bio of the request', () => {
  const world = traced();
  world.submit(READ, 8, 8, PAGE);
  world.submit(READ, 16, 8, PAGE);
  world.submit(READ, 0, 8, PAGE);
  world.plug.flush();
  expect(lives(world)).toEqual([
    'Q 1 8+8 ',
    'Q 2 16+8 ',
    'M 2 16+8 ',
    'Q 3 0+8 ',
    'F 3 0+8 ',
    'D 3 0+8 tag 0.0',
    'D 1 8+8 tag 0.0',
    'D 2 16+8 tag 0.0',
  ]);
});

test('tells that a driver gave a request back', () => {
  const world = traced();
  world.driver.answer = (_, index) => (index === 0 ? { gives: Status.DEV_RESOURCE } : 'holds');
  world.submit(READ, 0, 8, PAGE);
  world.plug.flush();
  world.queue.restart(0);
  world.settle();
  expect(lives(world)).toEqual([
    'Q 1 0+8 ',
    'D 1 0+8 tag 0.0',
    'R 1 0+8 device short of resources',
    'D 1 0+8 tag 0.0',
  ]);
});

test('a bio that is refused has an end too', () => {
  const world = traced();
  world.queue.submitBio(world.bio(READ, 1 << 30, 8, PAGE), world.plug);
  expect(lives(world)).toEqual([`Q 1 ${1 << 30}+8 `, `C 1 ${1 << 30}+8 IOERR, refused`]);
});
