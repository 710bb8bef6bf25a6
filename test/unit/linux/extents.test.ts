import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DeviceStat } from '../../../src/linux/device-stat.ts';
import { regionExtents } from '../../../src/linux/extents.ts';
import { mountOf } from '../../../src/linux/mounts.ts';
import { judgeCopies, type PathVerdict } from '../../../src/linux/path-proof.ts';
import { loadSyscalls, type Syscalls } from '../../../src/linux/syscalls.ts';
import { Words } from '../../../src/linux/words.ts';
import { present } from '../../../src/units/assert.ts';
import { contentOf, syscallsOrThrow } from '../../support/engine-rig.ts';
import { FileSystems } from '../../support/file-systems.ts';

const MIB = 1 << 20;
const noKoffi = typeof loadSyscalls() === 'string';
const fileSystems = new FileSystems();
afterAll(() => fileSystems.close());
const xfs = fileSystems.mount('xfs');
const xfs0 = fileSystems.mount('xfs0');
const btrfs = fileSystems.mount('btrfs');
const ext4 = fileSystems.mount('ext4', 64);
const tmpfs = fileSystems.mount('tmpfs', 64);

let files = 0;

/** Two files that close with `body`, the source with a MiB of content on its device. */
function withFiles<T>(folder: string, body: (source: number, destination: number) => T): T {
  files += 1;
  const source = openSync(join(folder, `source-${files}`), 'w+');
  const destination = openSync(join(folder, `destination-${files}`), 'w+');
  try {
    writeSync(source, contentOf(MIB, files), 0, MIB, 0);
    fsyncSync(source);
    return body(source, destination);
  } finally {
    closeSync(source);
    closeSync(destination);
  }
}

function copy(syscalls: Syscalls, from: number, at: number, to: number, bytes: number): void {
  const offsets = new Words(syscalls, 2);
  try {
    offsets.set(0, at);
    for (let done = 0; done < bytes; ) {
      const left = bytes - done;
      const [source, destination] = [offsets.addressOf(0), offsets.addressOf(1)];
      const copied = syscalls.copyFileRange(from, source, to, destination, left, 0);
      if (copied <= 0) throw new Error(`copy_file_range: ${copied}`);
      done += copied;
    }
  } finally {
    offsets.close();
  }
}

describe.skipIf(noKoffi)('copy_file_range', () => {
  const verdictOf = (folder: string, at = 0): PathVerdict => {
    const syscalls = syscallsOrThrow();
    return withFiles(folder, (source, destination) => {
      const bytes = MIB - at;
      const device = DeviceStat.of(folder);
      const before = device?.read();
      copy(syscalls, source, at, destination, bytes);
      const extents = regionExtents(syscalls, destination, 0, bytes);
      fsyncSync(destination);
      const after = device?.read();
      const written = after && before ? after.writtenBytes - before.writtenBytes : null;
      return judgeCopies({
        copiedBytes: bytes,
        regionBytes: bytes,
        fileSystem: present(mountOf(folder), 'a mount').fileSystem,
        extents,
        untouched: true,
        deviceWrittenBytes: written,
      });
    });
  };
  const offload = { offloadBytes: MIB, emulationBytes: 0, proof: 'extents' };
  const emulation = { offloadBytes: 0, emulationBytes: MIB, proof: 'extents' };

  it.skipIf(xfs.missing)('shares extents on XFS, at once', () => {
    expect(verdictOf(xfs.path)).toEqual(offload);
  });

  it.skipIf(xfs.missing)('splices on XFS what is not aligned', () => {
    const bytes = MIB - 100;
    const spliced = { offloadBytes: 0, emulationBytes: bytes, proof: 'extents' };
    expect(verdictOf(xfs.path, 100)).toEqual(spliced);
  });

  it.skipIf(xfs0.missing)('splices on XFS without reflinks', () => {
    expect(verdictOf(xfs0.path)).toEqual(emulation);
  });

  it.skipIf(btrfs.missing)('shares extents on Btrfs, at once', () => {
    expect(verdictOf(btrfs.path)).toEqual(offload);
  });

  it.skipIf(ext4.missing)('splices on ext4', () => {
    expect(verdictOf(ext4.path)).toEqual(emulation);
  });

  it.skipIf(tmpfs.missing)('leaves no proof on tmpfs', () => {
    const unproven = { offloadBytes: null, emulationBytes: null, proof: 'unproven' };
    expect(verdictOf(tmpfs.path)).toEqual(unproven);
  });
});

describe.skipIf(noKoffi)('the extents of a region', () => {
  it.skipIf(xfs.missing)('are counted within it only, over many of them', () => {
    const syscalls = syscallsOrThrow();
    // More than one answer of FIEMAP holds: every other block a piece of its own.
    const pieces = 1500;
    withFiles(xfs.path, (source, destination) => {
      ftruncateSync(source, pieces * 8192);
      for (let piece = 0; piece < pieces; piece += 1) {
        writeSync(source, contentOf(4096, piece), 0, 4096, piece * 8192);
        writeSync(destination, contentOf(4096, piece), 0, 4096, piece * 8192);
      }
      const bytes = pieces * 8192;
      const own = { sharedBytes: 0, ownBytes: bytes / 2, holeBytes: bytes / 2 };
      expect(regionExtents(syscalls, destination, 0, bytes)).toEqual(own);
      const part = { sharedBytes: 0, ownBytes: 4096 + 1000, holeBytes: 4096 };
      expect(regionExtents(syscalls, destination, 8192 + 3096, 9192)).toEqual(part);
      copy(syscalls, source, 0, destination, MIB);
      const sharedBytes = (from: number, length: number) =>
        regionExtents(syscalls, destination, from, length)?.sharedBytes;
      expect(sharedBytes(0, MIB)).toBe(MIB);
      expect(sharedBytes(MIB, MIB)).toBe(0);
      expect(sharedBytes(MIB - 100, 200)).toBe(100);
    });
  });

  it.skipIf(ext4.missing)('hold nothing where room was only made', () => {
    const syscalls = syscallsOrThrow();
    withFiles(ext4.path, (_, destination) => {
      expect(syscalls.fallocate(destination, 0, 0, MIB)).toBe(0);
      const hole = { sharedBytes: 0, ownBytes: 0, holeBytes: MIB };
      expect(regionExtents(syscalls, destination, 0, MIB)).toEqual(hole);
    });
  });

  it.skipIf(tmpfs.missing)('are not told by tmpfs', () => {
    withFiles(tmpfs.path, (source) => {
      expect(regionExtents(syscallsOrThrow(), source, 0, MIB)).toBeNull();
    });
  });
});
