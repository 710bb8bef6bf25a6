import { closeSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CopyMap, coveredBytes, stretches } from '../../../src/linux/copy-map.ts';
import { differingBlocks } from '../../../src/linux/verify-copies.ts';
import { TargetFailure } from '../../../src/linux/target-failure.ts';
import { Slots } from '../../../src/workload/slots.ts';
import { contentOf } from '../../support/engine-rig.ts';
import { scratchFolder } from '../../support/scratch.ts';

const KIB = 1024;
const RANGE = 64 * KIB;
const REGION = { offsetBytes: 4096, sizeBytes: 4 * RANGE, pieceBytes: RANGE };

/** Of one slot, the ranges copied one behind the other to `destination`. */
function copied(slots: Slots, sources: readonly number[], destination: number): void {
  slots.rangeOffsetBytes.set(sources, 0);
  slots.rangeCount[0] = sources.length;
  slots.lengthBytes[0] = sources.length * RANGE;
  slots.destOffsetBytes[0] = destination;
}

describe('a map of copies', () => {
  it('knows the source of each range', () => {
    const slots = new Slots(1, 2);
    const map = new CopyMap(slots, REGION);
    expect(coveredBytes(map)).toBe(0);
    copied(slots, [1000, 5 * RANGE], 4096 + RANGE);
    map.ended(0, 2 * RANGE);
    expect([...map.sources]).toEqual([-1, 1000, 5 * RANGE, -1]);
    expect(coveredBytes(map)).toBe(2 * RANGE);
  });

  it('keeps whole ranges only, and nothing of what came before', () => {
    const slots = new Slots(1, 2);
    const map = new CopyMap(slots, REGION);
    copied(slots, [0, RANGE], 4096);
    map.ended(0, 2 * RANGE);
    map.ended(0, RANGE + 4096);
    expect([...map.sources]).toEqual([0, -1, -1, -1]);
  });

  it('knows the source of each piece of a copy that is longer', () => {
    const slots = new Slots(1, 1);
    const map = new CopyMap(slots, REGION);
    copied(slots, [5 * RANGE], 4096 + RANGE);
    slots.lengthBytes[0] = 3 * RANGE;
    map.ended(0, 3 * RANGE);
    expect([...map.sources]).toEqual([-1, 5 * RANGE, 6 * RANGE, 7 * RANGE]);
    map.ended(0, 2 * RANGE + 1);
    expect([...map.sources]).toEqual([-1, 5 * RANGE, 6 * RANGE, -1]);
  });

  it('names the stretches that are copies', () => {
    const slots = new Slots(1, 4);
    const map = new CopyMap(slots, REGION);
    expect([...stretches(map)]).toEqual([]);
    copied(slots, [9, 8, 7, 6], 4096);
    map.ended(0, 4 * RANGE);
    expect([...stretches(map)]).toEqual([{ offsetBytes: 4096, bytes: 4 * RANGE }]);
    copied(slots, [8], 4096 + RANGE);
    map.ended(0, 0);
    expect([...stretches(map)]).toEqual([
      { offsetBytes: 4096, bytes: RANGE },
      { offsetBytes: 4096 + 2 * RANGE, bytes: 2 * RANGE },
    ]);
  });
});

describe('the check of copies', () => {
  const make = () => {
    const folder = scratchFolder();
    const sourcePath = join(folder, 'source');
    const destinationPath = join(folder, 'destination');
    const ranges = 48;
    const source = contentOf(ranges * RANGE, 1);
    writeFileSync(sourcePath, source);
    // Range n of the destination is range n of the source up to 40, then they go back.
    const order = Array.from({ length: ranges }, (_, at) => (at < 40 ? at : 87 - at));
    const pieces = order.map((range) => source.subarray(range * RANGE, (range + 1) * RANGE));
    writeFileSync(destinationPath, Buffer.concat([Buffer.alloc(4096), ...pieces]));
    const [sourceFd, destinationFd] = [openSync(sourcePath, 'r+'), openSync(destinationPath, 'r+')];
    onTestFinished(() => [sourceFd, destinationFd].forEach((fd) => closeSync(fd)));
    const slots = new Slots(1, 1);
    const region = { offsetBytes: 4096, sizeBytes: ranges * RANGE, pieceBytes: RANGE };
    const map = new CopyMap(slots, region);
    order.forEach((range, at) => {
      copied(slots, [range * RANGE], 4096 + at * RANGE);
      map.ended(0, RANGE);
    });
    return { sourceFd, sourcePath, destinationFd, destinationPath, map, blockBytes: 4096 };
  };
  const spoil = (fd: number, at: number): void => void writeSync(fd, Buffer.of(1, 2, 3), 0, 3, at);

  it('finds nothing where all is well', () => {
    expect(differingBlocks(make())).toBe(0);
  });

  it('counts each block that differs once', () => {
    const request = make();
    const { destinationFd } = request;
    spoil(destinationFd, 4096 + 17);
    spoil(destinationFd, 4096 + 900);
    spoil(destinationFd, 4096 + 33 * RANGE);
    // Over the end of a block, and of a range.
    spoil(destinationFd, 4096 + 44 * RANGE - 1);
    expect(differingBlocks(request)).toBe(4);
    expect(differingBlocks({ ...request, blockBytes: RANGE })).toBe(4);
    expect(differingBlocks({ ...request, blockBytes: 64 * RANGE })).toBe(1);
  });

  it('leaves out what was not copied', () => {
    const request = make();
    spoil(request.destinationFd, 4096 + 17);
    request.map.sources[0] = -1;
    expect(differingBlocks(request)).toBe(0);
  });

  it('sees a source or destination that is too short now', () => {
    const request = make();
    truncateSync(request.destinationPath, 4096 + 47 * RANGE + 4096);
    expect(differingBlocks(request)).toBe(15);
    truncateSync(request.sourcePath, 0);
    expect(differingBlocks(request)).toBe((48 * RANGE) / 4096);
  });

  it('can be stopped, and says what it cannot read', () => {
    expect(differingBlocks(make(), () => true)).toBeNull();
    const folder = openSync(scratchFolder(), 'r');
    onTestFinished(() => closeSync(folder));
    const request = { ...make(), destinationFd: folder };
    expect(() => differingBlocks(request)).toThrow(TargetFailure);
  });
});
