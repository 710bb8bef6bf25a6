/**
 * The law of fused stages: src/device/nvme serves several stages in one event where nothing else
 * can arrive between, and must give the times of the model that fuses nothing
 * (support/nvme-staged.ts).
 */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Operation } from '../../src/block/operation.ts';
import type { NvmeTiming } from '../../src/device/nvme/config.ts';
import { type StagedCommand, StagedNvme } from '../support/nvme-staged.ts';
import { config, costs, type Io, NvmeWorld, namespaceConfig } from '../support/nvme-world.ts';

/** Odd figures, so that hardly two things happen at one instant unless the model makes them. */
const timing: NvmeTiming = {
  channels: 2,
  diesPerChannel: 3,
  pageBytes: 8192,
  readNs: 5003.7,
  programNs: 21_011.3,
  programUnitBytes: 24_576,
  channelBytesPerNs: 1.137,
  pcieBytesPerNs: 2.713,
  pcieLatencyNs: 311.1,
  commandNs: 457.9,
  firmwareReadNs: 1013.3,
  writeCacheBytes: 49_152,
  writeCacheNs: 701.7,
  copyBytesPerNs: 0.913,
  copySetupNs: 1709.9,
  cloneNs: 0,
  deallocateNs: 0,
};

const noCosts = { ...costs, interruptNs: 0, completionNs: 0 };
const KINDS = { read: Operation.READ, write: Operation.WRITE, flush: Operation.FLUSH };
/** Small against a page: few transfers are of one length. */
const BLOCK = 512;

const command = fc.record({
  kind: fc.constantFrom('read', 'read', 'write', 'write', 'copy', 'flush'),
  gapNs: fc.integer({ min: 0, max: 9000 }),
  block: fc.integer({ min: 0, max: 32_000 }),
  blocks: fc.integer({ min: 1, max: 150 }),
  fua: fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0),
});

function streams(cacheBytes: number) {
  return fc.property(fc.array(command, { minLength: 1, maxLength: 40 }), (drawn) => {
    const figures = { ...timing, writeCacheBytes: cacheBytes };
    let atNs = 0;
    const commands = drawn.map(({ kind, gapNs, block, blocks, fua }): StagedCommand => {
      atNs += gapNs + 0.37;
      const bytes = kind === 'flush' ? 0 : blocks * BLOCK;
      const ownFua = fua && (kind === 'write' || kind === 'copy');
      return { kind, atNs, fromByte: block * BLOCK, bytes, fua: ownFua };
    });
    const staged = new StagedNvme(figures);
    const expected = staged.run(commands);
    // What comes together may be served in either order.
    fc.pre(!staged.ambiguous);
    const got = fused(figures, commands);
    expected.forEach((ns, index) => expect(got[index]).toBeCloseTo(ns, 3));
  });
}

/** When each command's completion entry reaches the host, from the start of the first. */
function fused(figures: NvmeTiming, commands: readonly StagedCommand[]): number[] {
  const world = new NvmeWorld({
    config: { ...config, timing: figures },
    costs: noCosts,
    namespaces: [{ ...namespaceConfig, lbaBytes: BLOCK, mssrl: 256, mcl: 256 }],
  });
  const { address } = world.buffer(150 * BLOCK);
  const startNs = world.simulation.nowNs;
  const ios = commands.map(({ kind, atNs, fromByte, bytes, fua }): Io => {
    world.simulation.advanceTo(startNs + atNs);
    if (kind === 'copy') {
      // Forward of all sources, so that nothing is ever copied onto itself.
      return world.copy(fromByte, 32 * 1024 * 1024 + fromByte, bytes, fua)[0];
    }
    const io = world.io(KINDS[kind], kind === 'flush' ? 0 : fromByte, bytes, address, fua);
    world.submit([io]);
    return io;
  });
  world.run(ios);
  return ios.map(({ atNs }) => atNs - startNs);
}

test('fused and staged give the same times, with a write cache', () => {
  fc.assert(streams(49_152), { numRuns: 150, seed: 7 });
});

test('fused and staged give the same times, with a large write cache', () => {
  fc.assert(streams(10_000_000), { numRuns: 100, seed: 8 });
});

test('fused and staged give the same times, without a write cache', () => {
  fc.assert(streams(0), { numRuns: 100, seed: 9 });
});
