/** Whatever a device does, a copy's bytes are those done and those not; and the paths' bytes are those done. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkCopyPair } from '../../src/block/bio-pair.ts';
import { Operation } from '../../src/block/operation.ts';
import { CopyIo, type Fallback, type Path } from '../../src/engine/copy-io.ts';
import type { CopyStage } from '../../src/engine/copy-stage.ts';
import { EmulationStage } from '../../src/engine/emulation-stage.ts';
import { OffloadStage } from '../../src/engine/offload-stage.ts';
import { ReadWriteStage } from '../../src/engine/read-write-stage.ts';
import { Status } from '../../src/workload/status.ts';
import { OneCopy } from '../support/one-copy.ts';

const paths: readonly Path[] = ['offload', 'emulation', 'read-write'];
const RANGE_SECTORS = 8;

interface Shape {
  readonly numRange: number;
  readonly maxCopySectors: number;
  readonly maxHwSectors: number;
  readonly path: Path;
  readonly fallback: Fallback;
}

const shape: fc.Arbitrary<Shape> = fc.record({
  numRange: fc.integer({ min: 1, max: 6 }),
  maxCopySectors: fc.constantFrom(0, 1, 3, 8, 64),
  maxHwSectors: fc.constantFrom(8, 3, 64),
  path: fc.constantFrom(...paths),
  fallback: fc.constantFrom('never', 'unsupported', 'error'),
});

/** What becomes of the n-th request, over and over: when, and how. */
const outcomes = fc.array(
  fc.record({
    afterNs: fc.nat({ max: 3000 }),
    status: fc.constantFrom(Status.OK, Status.OK, Status.OK, Status.MEDIUM, Status.NOTSUPP),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Sectors that the device has been given, by the range of a pair or of a write that ended well. */
class Device {
  readonly written = new Set<number>();

  write(sector: number, sectors: number): void {
    for (let at = sector; at < sector + sectors; at += 1) this.written.add(at);
  }
}

class Copied {
  readonly one: OneCopy;
  readonly io: CopyIo;
  readonly device = new Device();
  stages = 0;

  constructor(
    { numRange, maxCopySectors, maxHwSectors, path, fallback }: Shape,
    results: readonly { readonly afterNs: number; readonly status: Status }[],
  ) {
    const limits = { maxCopySectors, maxHwSectors, maxSectors: maxHwSectors };
    this.one = new OneCopy({ numRange, sizeBytes: numRange * 4096 }, { limits });
    const owner = { stageEnded: (): void => void (this.stages += 1) };
    const makeStage = (each: Path, ended: (atNs: number) => void): CopyStage =>
      this.stage(each, numRange, ended);
    this.io = new CopyIo(0, owner, this.one.place, { path, fallback, makeStage });
    const { driver } = this.one.world;
    let sent = 0;
    driver.answer = ({ operation, sector, sizeSectors, request }) => {
      const result = results[sent % results.length] ?? { afterNs: 0, status: Status.OK };
      sent += 1;
      const copies = operation >= Operation.COPY_DST;
      const status = copies && checkCopyPair(request) !== Status.OK ? Status.IOERR : result.status;
      const writes = copies || operation === Operation.WRITE;
      if (status === Status.OK && writes) this.device.write(sector, sizeSectors);
      driver.endAfter(request, result.afterNs, status);
      return 'holds';
    };
  }

  private stage(path: Path, ranges: number, ended: (atNs: number) => void): CopyStage {
    const { place, world } = this.one;
    const { host, account } = world;
    const accounts = { source: account, destination: account };
    if (path === 'offload') return new OffloadStage(place, ranges, account, ended);
    if (path === 'emulation') return new EmulationStage(place, ranges, accounts, host, 0, ended);
    const buffer = host.memory.allocateData(ranges * RANGE_SECTORS * 512).address;
    return new ReadWriteStage(place, accounts, host, buffer, ended);
  }

  run(): void {
    this.io.begin();
    let turns = 0;
    do {
      turns += 1;
      expect(turns).toBeLessThan(6);
      let more = this.io.submit(this.one.world.plug);
      this.one.world.plug.flush();
      while (more) {
        more = this.io.submit(this.one.world.plug);
        this.one.world.plug.flush();
      }
      this.io.sent(this.one.world.simulation.nowNs);
      this.one.world.settle();
      expect(this.stages).toBe(turns);
    } while (!this.io.reaped());
    this.io.credit();
  }

  get served(): number {
    const { offloadBytes, emulationBytes, readWriteBytes } = this.one.place.measurement;
    return offloadBytes + emulationBytes + readWriteBytes;
  }
}

test('bytes done are a prefix that was written, and the sum of what the paths have served', () => {
  fc.assert(
    fc.property(shape, outcomes, (asked, results) => {
      const copied = new Copied(asked, results);
      copied.run();
      const { io, one, device } = copied;
      const total = asked.numRange * RANGE_SECTORS * 512;
      expect(one.place.totalBytes).toBe(total);
      expect(io.doneBytes).toBeGreaterThanOrEqual(0);
      expect(io.doneBytes).toBeLessThanOrEqual(total);
      expect(io.doneBytes === total).toBe(io.status === Status.OK);
      expect(copied.served).toBe(io.doneBytes);
      for (let at = 0; at < io.doneBytes / 512; at += 1) {
        expect(device.written.has(one.place.destinationSector + at)).toBe(true);
      }
      expect(one.world.queue.outstanding).toBe(0);
    }),
    { numRuns: 400 },
  );
});

test('a copy that may fall back on any error fails only where the last path does', () => {
  fc.assert(
    fc.property(shape, outcomes, (asked, results) => {
      const copied = new Copied({ ...asked, fallback: 'error' }, results);
      copied.run();
      const reasons = [...copied.one.place.measurement.fallbackReasons.keys()].map(
        (why) => why.split(':')[0],
      );
      const left = paths.slice(paths.indexOf(asked.path), -1);
      expect(reasons).toEqual(left.slice(0, reasons.length));
      if (copied.io.status !== Status.OK) expect(reasons).toEqual(left);
    }),
    { numRuns: 400 },
  );
});
