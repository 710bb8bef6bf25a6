/**
 * What every engine of real files must do, on each file system: the bytes it says it moved are
 * there, no others have changed, the end of a file is neither an error nor a success of more, and
 * an error is a value. An engine is a row of the table.
 */

import { constants } from 'node:fs';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import {
  CALLS,
  EMULATION,
  type Engine,
  type EngineSetting,
  OFFLOAD,
  PATHS,
  READ_WRITE,
} from '../../src/linux/engine.ts';
import { Errno } from '../../src/linux/errno.ts';
import { openIoUring } from '../../src/linux/io-uring.ts';
import { openLibaio } from '../../src/linux/libaio.ts';
import { openMmap } from '../../src/linux/mmap-engine.ts';
import { openNodePsync } from '../../src/linux/node-psync.ts';
import { openPsync } from '../../src/linux/psync.ts';
import { loadSyscalls } from '../../src/linux/syscalls.ts';
import { present } from '../../src/units/assert.ts';
import { contentOf, EngineRig, type RigOptions } from '../support/engine-rig.ts';
import { FileSystems, type Place } from '../support/file-systems.ts';
import { hasSharedExtents } from '../support/shared-extents.ts';

interface EngineRow {
  readonly name: string;
  readonly open: (setting: EngineSetting) => Engine;
  readonly paths: readonly number[];
  /** Has system calls that answer; a mapping has none. */
  readonly answers: boolean;
}

const nodePsync = (setting: EngineSetting): Engine =>
  openNodePsync({ ...setting, memory: setting.buffers.memory, paths: [READ_WRITE] }, 'absent');

const ENGINES: readonly EngineRow[] = [
  {
    name: 'psync',
    open: openPsync,
    paths: [OFFLOAD, EMULATION, READ_WRITE],
    answers: true,
  },
  { name: 'psync over node:fs', open: nodePsync, paths: [READ_WRITE], answers: true },
  { name: 'io_uring', open: openIoUring, paths: [EMULATION, READ_WRITE], answers: true },
  {
    name: 'io_uring, registered',
    open: (setting) => openIoUring({ ...setting, fixedBuffers: true, fixedFiles: true }),
    paths: [EMULATION, READ_WRITE],
    answers: true,
  },
  { name: 'libaio', open: openLibaio, paths: [READ_WRITE], answers: true },
  { name: 'mmap', open: openMmap, paths: [READ_WRITE], answers: false },
];

const KIBIBYTE = 1024;
const FILE_BYTES = 512 * KIBIBYTE;
/** The last two are more than a buffer, and the last more than a pipe at first. */
const SIZES = [512, 4096, 65536, 1, 1000, 12345, 65537, 200_001];

const loaded = loadSyscalls();
const koffi = typeof loaded === 'string' ? loaded : null;
const places = new FileSystems();
const KINDS = ['ext4', 'tmpfs', 'xfs', 'xfs0', 'btrfs'] as const;
const folders = KINDS.map((kind) => ({ kind, place: places.mount(kind) }));
const otherPlace = places.mount('tmpfs');
const smallPlaces = (['ext4', 'tmpfs'] as const).map((kind) => ({
  kind,
  place: places.mount(kind, 8),
}));
afterAll(() => places.close());

const rigs: { readonly rig: EngineRig; readonly engine: Engine }[] = [];
afterEach(() => {
  for (const { rig, engine } of rigs.splice(0)) {
    engine.close();
    rig.close();
  }
});

function open(row: EngineRow, place: Place, options: RigOptions) {
  const rig = new EngineRig(place.path, options);
  const engine = row.open(rig.setting);
  rigs.push({ rig, engine });
  return { rig, engine };
}

const source = contentOf(FILE_BYTES, 1);
const destination = contentOf(FILE_BYTES, 2);

function patched(content: Buffer, at: number, piece: Buffer): Buffer {
  const copy = Buffer.from(content);
  piece.copy(copy, at);
  return copy;
}

function same(actual: Uint8Array, expected: Uint8Array): void {
  expect(Buffer.compare(actual, expected)).toBe(0);
}

const suites = folders.flatMap(({ kind, place }) =>
  ENGINES.map((row) => {
    const reason = koffi ?? place.missing;
    const title = `${row.name} on ${kind}${reason === null ? '' : ` (${reason})`}`;
    return { row, place, missing: reason, title };
  }),
);

describe.each(suites)('$title', ({ row, place, missing }) => {
  test.skipIf(missing !== null).each(SIZES)('reads and writes %i bytes', (bytes) => {
    const { rig, engine } = open(row, place, {
      source,
      destination,
      bufferBytes: 256 * KIBIBYTE,
    });
    expect(rig.read(engine, 4097, bytes)).toMatchObject({ doneBytes: bytes, errno: 0 });
    same(rig.buffer(0).subarray(0, bytes), source.subarray(4097, 4097 + bytes));
    const piece = contentOf(bytes, 3);
    rig.buffer(0).set(piece);
    expect(rig.write(engine, 8191, bytes)).toMatchObject({ doneBytes: bytes, errno: 0 });
    same(rig.source, patched(source, 8191, piece));
  });

  test.skipIf(missing !== null)('trims leave holes, each range for itself', () => {
    const { rig, engine } = open(row, place, { source, destination, numRange: 2 });
    const outcome = rig.trim(engine, [65_536, 262_144], 16_384);
    const able = row.open !== nodePsync;
    expect(outcome).toMatchObject(
      able ? { doneBytes: 32_768, errno: 0 } : { doneBytes: 0, errno: Errno.ENOSYS },
    );
    const hole = Buffer.alloc(able ? 16_384 : 0);
    same(rig.source, patched(patched(source, 65_536, hole), 262_144, hole));
  });

  test.skipIf(missing !== null)('reads end short at the end of the file, and past it', () => {
    const { rig, engine } = open(row, place, { source: source.subarray(0, 10_000), destination });
    expect(rig.read(engine, 8192, 4096)).toMatchObject({ doneBytes: 1808, errno: 0 });
    same(rig.buffer(0).subarray(0, 1808), source.subarray(8192, 10_000));
    expect(rig.read(engine, 10_000, 4096)).toMatchObject({ doneBytes: 0, errno: 0 });
    expect(rig.read(engine, 20_480, 4096)).toMatchObject({ doneBytes: 0, errno: 0 });
  });

  describe.each(row.paths.map((path) => ({ path, name: PATHS[path] })))('$name', ({ path }) => {
    test.skipIf(missing !== null).each(SIZES)('copies %i bytes', (bytes) => {
      const { rig, engine } = open(row, place, { source, destination });
      const done = { doneBytes: bytes, errno: 0 };
      expect(rig.copy(engine, path, [8192], 16_384, bytes)).toMatchObject(done);
      const aligned = patched(destination, 16_384, source.subarray(8192, 8192 + bytes));
      same(rig.destination, aligned);
      expect(rig.copy(engine, path, [12_289], 777, bytes)).toMatchObject(done);
      same(rig.destination, patched(aligned, 777, source.subarray(12_289, 12_289 + bytes)));
      same(rig.source, source);
    });

    test.skipIf(missing !== null)('gathers several ranges', () => {
      const { rig, engine } = open(row, place, { source, destination, numRange: 4, depth: 1 });
      const sources = [65_536, 4096, 300_000, 65_000];
      const bytes = 70_001;
      const outcome = rig.copy(engine, path, sources, 5000, bytes);
      expect(outcome).toMatchObject({ doneBytes: 4 * bytes, errno: 0 });
      expect(outcome.attempts).toBeGreaterThanOrEqual(4);
      const pieces = sources.map((from) => source.subarray(from, from + bytes));
      same(rig.destination, patched(destination, 5000, Buffer.concat(pieces)));
    });

    test.skipIf(missing !== null)('ends short at the end of the source, and past it', () => {
      const short = source.subarray(0, 10_000);
      const { rig, engine } = open(row, place, { source: short, destination });
      const outcome = rig.copy(engine, path, [4096], 8192, 8192);
      expect(outcome).toMatchObject({ doneBytes: 5904, errno: 0 });
      same(rig.destination, patched(destination, 8192, short.subarray(4096)));
      const past = rig.copy(engine, path, [12_288], 0, 4096);
      expect(past).toMatchObject({ doneBytes: 0, errno: 0, attempts: 1 });
      same(rig.destination, patched(destination, 8192, short.subarray(4096)));
    });
  });
});

describe('psync by FICLONERANGE', () => {
  describe.each(folders)('on $kind', ({ kind, place }) => {
    const skipped = koffi ?? place.missing;
    const clones = kind === 'xfs' || kind === 'btrfs';
    const options = { source, destination, copyApi: 'ficlonerange', numRange: 2 } as const;
    const [psync] = ENGINES;

    test.skipIf(skipped !== null)('all of it, or nothing', () => {
      const { rig, engine } = open(present(psync, 'the first row'), place, options);
      const outcome = rig.copy(engine, OFFLOAD, [65_536, 4096], 8192, 65_536);
      const call = CALLS.indexOf('ioctl(FICLONERANGE)');
      if (clones) {
        expect(outcome).toMatchObject({ doneBytes: 131_072, errno: 0, attempts: 2, call });
        const pieces = [source.subarray(65_536, 131_072), source.subarray(4096, 69_632)];
        same(rig.destination, patched(destination, 8192, Buffer.concat(pieces)));
        expect(hasSharedExtents(rig.file.destinationFd)).toBe(true);
      } else {
        expect(outcome).toMatchObject({ doneBytes: 0, errno: Errno.EOPNOTSUPP, call });
        same(rig.destination, destination);
      }
    });

    if (!clones) return;
    test.skipIf(skipped !== null)('past the end of the source: EINVAL', () => {
      const { rig, engine } = open(present(psync, 'the first row'), place, options);
      const outcome = rig.copy(engine, OFFLOAD, [FILE_BYTES - 4096], 0, 8192);
      expect(outcome).toMatchObject({ doneBytes: 0, errno: Errno.EINVAL, attempts: 1 });
      same(rig.destination, destination);
    });
  });
});

const answering = ENGINES.filter(({ answers }) => answers).flatMap((row) =>
  row.paths.map((path) => ({ row, path, title: `${row.name}, ${PATHS[path]}` })),
);

describe.each(answering)('$title: errors', ({ row, path }) => {
  const [ext4] = folders;
  const { place } = present(ext4, 'the first kind');
  const missing = koffi ?? place.missing;

  test.skipIf(missing !== null)('a destination that is open for reading is EBADF', () => {
    const { rig, engine } = open(row, place, {
      source,
      destination,
      destinationFlags: constants.O_RDONLY,
    });
    const outcome = rig.copy(engine, path, [0], 0, 65_536);
    expect(outcome).toMatchObject({ doneBytes: 0, errno: Errno.EBADF, attempts: 1 });
    same(rig.destination, destination);
    expect(rig.read(engine, 0, 4096)).toMatchObject({ doneBytes: 4096, errno: 0 });
  });

  test.skipIf(missing !== null)('O_DIRECT: whole blocks are copied, others are EINVAL', () => {
    const { O_DIRECT, O_RDWR } = constants;
    const flags = { sourceFlags: O_RDWR | O_DIRECT, destinationFlags: O_RDWR | O_DIRECT };
    const { rig, engine } = open(row, place, { source, destination, ...flags });
    const done = { doneBytes: 131_072, errno: 0 };
    expect(rig.copy(engine, path, [4096], 8192, 131_072)).toMatchObject(done);
    const copied = patched(destination, 8192, source.subarray(4096, 135_168));
    same(rig.destination, copied);
    const outcome = rig.copy(engine, path, [4097], 8193, 4096);
    expect(outcome).toMatchObject({ doneBytes: 0, errno: Errno.EINVAL });
    same(rig.destination, copied);
  });

  const across = missing ?? otherPlace.missing;
  test.skipIf(across !== null)('another file system: EXDEV for an offload alone', () => {
    const { rig, engine } = open(row, place, {
      source,
      destination,
      destinationFolder: otherPlace.path,
    });
    const outcome = rig.copy(engine, path, [100], 200, 150_000);
    if (path === OFFLOAD) {
      expect(outcome).toMatchObject({ doneBytes: 0, errno: Errno.EXDEV });
      same(rig.destination, destination);
    } else {
      expect(outcome).toMatchObject({ doneBytes: 150_000, errno: 0 });
      same(rig.destination, patched(destination, 200, source.subarray(100, 150_100)));
    }
  });

  describe.each(smallPlaces)('a full $kind', ({ place }) => {
    test.skipIf((koffi ?? place.missing) !== null)('ENOSPC after the bytes that are there', () => {
      const megabytes = contentOf(5 << 20, 4);
      const { rig, engine } = open(row, place, {
        source: megabytes,
        destination: Buffer.alloc(0),
      });
      const outcome = rig.copy(engine, path, [0], 0, megabytes.length);
      expect(outcome.errno).toBe(Errno.ENOSPC);
      expect(outcome.doneBytes).toBeGreaterThan(1 << 19);
      expect(outcome.doneBytes).toBeLessThan(megabytes.length);
      expect(rig.destination.length).toBe(outcome.doneBytes);
      same(rig.destination, megabytes.subarray(0, outcome.doneBytes));
      rig.remove();
    });
  });
});
