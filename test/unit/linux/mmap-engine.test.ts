import {
  constants,
  ftruncateSync,
  openSync,
  readSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { afterAll, afterEach, expect, test } from 'vitest';
import { EngineFailure, OFFLOAD, READ_WRITE } from '../../../src/linux/engine.ts';
import { Errno, errnoName } from '../../../src/linux/errno.ts';
import { Mapping, WINDOW_BYTES } from '../../../src/linux/mapping.ts';
import { type MmapEngine, openMmap } from '../../../src/linux/mmap-engine.ts';
import { loadSyscalls } from '../../../src/linux/syscalls.ts';
import { AssertionFailure } from '../../../src/units/assert.ts';
import {
  contentOf,
  EngineRig,
  type RigOptions,
  syscallsOrThrow,
} from '../../support/engine-rig.ts';
import { FileSystems } from '../../support/file-systems.ts';
import { scratchFolder } from '../../support/scratch.ts';

const absent = typeof loadSyscalls() === 'string';
const withKoffi = test.skipIf(absent);
const source = contentOf(100_000, 1);
const destination = contentOf(100_000, 2);
const rigs: EngineRig[] = [];
const engines: MmapEngine[] = [];
const places = new FileSystems();
const device = places.loopDevice(4);
const small = places.mount('ext4', 16);
afterAll(() => places.close());
afterEach(() => {
  for (const engine of engines.splice(0)) engine.close();
  for (const rig of rigs.splice(0)) rig.close();
});

function rigOf(options: Partial<RigOptions> = {}): EngineRig {
  const rig = new EngineRig(scratchFolder(), { source, destination, ...options });
  rigs.push(rig);
  return rig;
}

function open(setting: EngineRig['setting']): MmapEngine {
  const engine = openMmap(setting);
  engines.push(engine);
  return engine;
}

withKoffi('a region that ends after its file is refused', () => {
  const tail = ' bytes are to be mapped, and the file has 100000; a mapping ends with its file';
  for (const past of [{ sourceBytes: 100_001 }, { destinationBytes: 100_001 }]) {
    expect(() => open(rigOf(past).setting)).toThrow(new EngineFailure(`mmap: 100001${tail}`));
  }
});

withKoffi('what cannot be written is refused, unless nobody writes', () => {
  const rig = rigOf({ destinationFlags: constants.O_RDONLY });
  expect(() => open(rig.setting)).toThrow(EngineFailure);
  const engine = open({ ...rig.setting, writes: false });
  expect(rig.read(engine, 10, 512)).toMatchObject({ doneBytes: 512, errno: 0 });
  expect(() => rig.copy(engine, READ_WRITE, [0], 0, 512)).toThrow(AssertionFailure);
});

withKoffi('a descriptor that cannot be read has no mapping', () => {
  const rig = rigOf({ destinationFlags: constants.O_WRONLY });
  expect(() => open(rig.setting)).toThrow(new EngineFailure('mmap of 100000 bytes: EACCES'));
});

withKoffi('one descriptor has one mapping, as long as both ends need', () => {
  const rig = rigOf({ sourceBytes: 4096 });
  const { sourceFd } = rig.file;
  const files = rig.filesWith({ destinationFd: sourceFd });
  const engine = open({ ...rig.setting, files });
  expect(rig.copy(engine, READ_WRITE, [0], 90_000, 4096)).toMatchObject({ doneBytes: 4096 });
  expect(rig.source.subarray(90_000, 94_096).equals(source.subarray(0, 4096))).toBe(true);
});

withKoffi('an empty file has an empty mapping', () => {
  const rig = rigOf({ source: Buffer.alloc(0) });
  const engine = open(rig.setting);
  expect(rig.read(engine, 0, 512)).toMatchObject({ doneBytes: 0, errno: 0 });
});

withKoffi('past the mapping there is no write, and no path but read-write', () => {
  const rig = rigOf();
  const engine = open(rig.setting);
  const past = new EngineFailure(
    'mmap: a write ends at byte 100001, and the file had 100000 when it was mapped; ' +
      'give fallocate=native in every job of this file, or another ioengine',
  );
  expect(() => rig.write(engine, 99_999, 2)).toThrow(past);
  expect(() => rig.copy(engine, READ_WRITE, [0], 99_999, 2)).toThrow(past);
  expect(() => rig.copy(engine, OFFLOAD, [0], 0, 512)).toThrow(AssertionFailure);
  expect(rig.destination.equals(destination)).toBe(true);
});

withKoffi('an attempt ends at the end of a window', () => {
  const rig = rigOf();
  const { sourceFd } = rig.file;
  const bytes = WINDOW_BYTES * 2 + 8192;
  ftruncateSync(sourceFd, bytes);
  const from = WINDOW_BYTES * 2 - 1000;
  writeSync(sourceFd, source, 0, 5000, from);
  // It need not lie on a disk with so much room.
  const syscalls = { ...rig.setting.syscalls, fallocate: () => 0 };
  const files = rig.filesWith({ sourceBytes: bytes });
  const engine = open({ ...rig.setting, syscalls, files });
  expect(rig.read(engine, from, 5000)).toMatchObject({ doneBytes: 5000, attempts: 2 });
  expect(Buffer.compare(rig.buffer(0).subarray(0, 5000), source.subarray(0, 5000))).toBe(0);
  rig.buffer(0).set(destination.subarray(0, 5000));
  expect(rig.write(engine, from, 5000)).toMatchObject({ doneBytes: 5000, attempts: 2 });
  const written = Buffer.alloc(5000);
  readSync(sourceFd, written, 0, 5000, from);
  expect(written.equals(destination.subarray(0, 5000))).toBe(true);
  expect(rig.copy(engine, READ_WRITE, [from], 7, 5000)).toMatchObject({ attempts: 2 });
  expect(rig.destination.subarray(7, 5007).equals(destination.subarray(0, 5000))).toBe(true);
});

test.skipIf(absent || device.missing !== null)(
  `a block device (${device.missing ?? 'loop'})`,
  () => {
    const syscalls = syscallsOrThrow();
    const fd = openSync(device.path, 'r+');
    try {
      expect(() => new Mapping(syscalls, fd, (4 << 20) + 1, true)).toThrow(EngineFailure);
      const mapping = new Mapping(syscalls, fd, 4 << 20, true);
      mapping.windows[0]?.set(source.subarray(0, 4096), 8192);
      mapping.close();
      const content = Buffer.alloc(4096);
      expect(readSync(fd, content, 0, 4096, 8192)).toBe(4096);
      expect(content.equals(source.subarray(0, 4096))).toBe(true);
      expect(mapping.windows).toEqual([]);
    } finally {
      syscalls.close(fd);
    }
  },
);

/** A destination of `bytes`, all of it a hole. */
function hollow(bytes: number, folder = scratchFolder()): EngineRig {
  const rig = new EngineRig(folder, { source, destination: Buffer.alloc(0) });
  rigs.push(rig);
  truncateSync(rig.destinationPath, bytes);
  return rig;
}

const roomOf = (path: string): number => statSync(path).blocks * 512;

test.skipIf(absent || small.missing !== null)(
  `a hole that a full disk cannot fill is refused, not SIGBUS (${small.missing ?? 'ext4'})`,
  () => {
    const destinationBytes = 64 << 20;
    const rig = hollow(destinationBytes, small.path);
    const files = rig.filesWith({ destinationBytes });
    expect(() => open({ ...rig.setting, files })).toThrow(
      new EngineFailure(
        'mmap: ENOSPC: no room for the 67108864 bytes that are to be mapped, and a store into a ' +
          'hole would end the process; free some, or give a smaller size= or another place',
      ),
    );
    // Nor is the disk filled on the way.
    expect(roomOf(rig.destinationPath)).toBe(0);
  },
);

withKoffi('the holes of what is written are filled, of what is read they stay', () => {
  const bytes = 1 << 20;
  const rig = hollow(bytes);
  const setting = { ...rig.setting, files: rig.filesWith({ destinationBytes: bytes }) };
  open({ ...setting, writes: false });
  expect(roomOf(rig.destinationPath)).toBe(0);
  open(setting);
  expect(roomOf(rig.destinationPath)).toBeGreaterThanOrEqual(bytes);
  expect(statSync(rig.destinationPath).size).toBe(bytes);
});

withKoffi('without fallocate(2) only a file without holes is written', () => {
  const asked: number[] = [];
  const answers = [-Errno.EINTR, -Errno.EOPNOTSUPP];
  const fallocate = (_fd: number, mode: number, offset: number, bytes: number): number => {
    asked.push(mode, offset, bytes);
    return answers.shift() ?? -Errno.EOPNOTSUPP;
  };
  const whole = rigOf({ sourceFlags: constants.O_RDONLY });
  open({ ...whole.setting, syscalls: { ...whole.setting.syscalls, fallocate } });
  expect(asked).toEqual([0, 0, 100_000, 0, 0, 100_000]);
  const holes = hollow(100_000);
  const syscalls = { ...holes.setting.syscalls, fallocate };
  const files = holes.filesWith({ destinationBytes: 100_000 });
  expect(() => open({ ...holes.setting, syscalls, files })).toThrow(
    new EngineFailure(
      'mmap: the file has holes, and its file system has no fallocate(2) (EOPNOTSUPP) to fill ' +
        'them; write the file in full first, or give another ioengine',
    ),
  );
});

withKoffi.each([Errno.ENOSPC, Errno.EDQUOT])(
  'room that fallocate(2) has not: errno %i',
  (errno) => {
    const { setting } = rigOf();
    const syscalls = { ...setting.syscalls, fallocate: () => -errno };
    const message = `mmap: ${errnoName(errno)}: no room for the 100000 bytes that are to be mapped`;
    expect(() => open({ ...setting, syscalls })).toThrow(message);
  },
);

withKoffi('a fallocate(2) that fails otherwise is told by its errno', () => {
  const { setting } = rigOf();
  const syscalls = { ...setting.syscalls, fallocate: () => -Errno.EIO };
  const failure = new EngineFailure('mmap: fallocate of 100000 bytes: EIO');
  expect(() => open({ ...setting, syscalls })).toThrow(failure);
});
