import { constants } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { CALLS, EMULATION, EngineFailure, OFFLOAD, READ_WRITE } from '../../../src/linux/engine.ts';
import { Errno } from '../../../src/linux/errno.ts';
import { type NodePsyncSetting, openNodePsync } from '../../../src/linux/node-psync.ts';
import { nodeSyncCalls } from '../../../src/linux/node-sync-calls.ts';
import { NodeSyscalls } from '../../../src/linux/node-syscalls.ts';
import { loadSyscalls } from '../../../src/linux/syscalls.ts';
import { contentOf, EngineRig } from '../../support/engine-rig.ts';
import { scratchFolder } from '../../support/scratch.ts';

const withKoffi = test.skipIf(typeof loadSyscalls() === 'string');
const MISSING = 'koffi is not installed, and system calls need it';
const content = contentOf(10_000, 1);

function open(change: Partial<NodePsyncSetting>, destinationFlags: number = constants.O_RDWR) {
  const rig = new EngineRig(scratchFolder(), {
    source: content,
    destination: Buffer.alloc(0),
    destinationFlags,
  });
  onTestFinished(() => rig.close());
  const memory = new ArrayBuffer(rig.setting.bufferBytes);
  const engine = openNodePsync({ ...rig.setting, memory, paths: [], ...change }, MISSING);
  return { rig, engine, memory: new Uint8Array(memory) };
}

withKoffi('reads into an ordinary ArrayBuffer', () => {
  const { rig, engine, memory } = open({});
  expect(rig.read(engine, 5000, 8192)).toMatchObject({ doneBytes: 5000, errno: 0 });
  expect(Buffer.compare(memory.subarray(0, 5000), content.subarray(5000))).toBe(0);
});

withKoffi.each([
  [OFFLOAD, 'copy_file_range', 'offload', 'copy_file_range'],
  [OFFLOAD, 'ficlonerange', 'offload', 'ioctl(FICLONERANGE)'],
  [EMULATION, 'copy_file_range', 'emulation', 'splice'],
] as const)('path %i by %s', (path, copyApi, name, call) => {
  expect(() => open({ paths: [path], copyApi })).toThrow(
    new EngineFailure(
      `path=${name} asks for system calls that node:fs does not have, and ${MISSING}; ` +
        'path=read-write does without',
    ),
  );
  const { rig, engine } = open({ paths: [path, READ_WRITE], copyApi });
  const refused = { doneBytes: 0, errno: Errno.ENOSYS, call: CALLS.indexOf(call), attempts: 1 };
  expect(rig.copy(engine, path, [0], 0, 4096)).toEqual(refused);
  expect(rig.copy(engine, READ_WRITE, [0], 0, 4096)).toMatchObject({ doneBytes: 4096, errno: 0 });
  expect(rig.destination.equals(content.subarray(0, 4096))).toBe(true);
});

test('an error of the kernel is a value, a mistake of ours is thrown', () => {
  const calls = new NodeSyscalls(new ArrayBuffer(512));
  expect(calls.pread(99_999, 0, 512, 0)).toBe(-Errno.EBADF);
  expect(calls.pwrite(99_999, 0, 512, 0)).toBe(-Errno.EBADF);
  expect(() => calls.pread(0, 0, 513, 0)).toThrow(RangeError);
  for (const sync of [nodeSyncCalls.fsync, nodeSyncCalls.fdatasync]) {
    expect(sync(99_999)).toBe(-Errno.EBADF);
    expect(() => sync(-1)).toThrow(RangeError);
  }
});
