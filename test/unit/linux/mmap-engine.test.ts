import { constants, ftruncateSync, readSync, writeSync } from 'node:fs';
import { afterAll, afterEach, expect, test } from 'vitest';
import { EngineFailure, OFFLOAD, READ_WRITE } from '../../../src/linux/engine.ts';
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
  const { sourceFd } = rig.setting;
  const engine = open({ ...rig.setting, destinationFd: sourceFd });
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
  expect(() => rig.write(engine, 99_999, 2)).toThrow(AssertionFailure);
  expect(() => rig.copy(engine, READ_WRITE, [0], 99_999, 2)).toThrow(AssertionFailure);
  expect(() => rig.copy(engine, OFFLOAD, [0], 0, 512)).toThrow(AssertionFailure);
  expect(rig.destination.equals(destination)).toBe(true);
});

withKoffi('an attempt ends at the end of a window', () => {
  const rig = rigOf();
  const { sourceFd } = rig.setting;
  const bytes = WINDOW_BYTES * 2 + 8192;
  ftruncateSync(sourceFd, bytes);
  const from = WINDOW_BYTES * 2 - 1000;
  writeSync(sourceFd, source, 0, 5000, from);
  const engine = open({ ...rig.setting, sourceBytes: bytes });
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
    const fd = syscalls.open(device.path, constants.O_RDWR, 0);
    try {
      expect(() => new Mapping(syscalls, fd, (4 << 20) + 1)).toThrow(EngineFailure);
      const mapping = new Mapping(syscalls, fd, 4 << 20);
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
