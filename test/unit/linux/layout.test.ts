import { spawnSync } from 'node:child_process';
import {
  existsSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { layOut, type LayoutRequest } from '../../../src/linux/layout.ts';
import { isMade, markMade, readMark } from '../../../src/linux/made-by-coffer.ts';
import { loadSyscalls } from '../../../src/linux/syscalls.ts';
import { TargetFailure } from '../../../src/linux/target-failure.ts';
import { Words } from '../../../src/linux/words.ts';
import { syscallsOrThrow } from '../../support/engine-rig.ts';
import { FileSystems } from '../../support/file-systems.ts';
import { scratchFolder } from '../../support/scratch.ts';

const MIB = 1 << 20;
const fileSystems = new FileSystems();
afterAll(() => fileSystems.close());
const small = fileSystems.mount('ext4', 16);
const tmpfs = fileSystems.mount('tmpfs', 16);

function request(path: string, asked: Partial<LayoutRequest> = {}): LayoutRequest {
  return {
    path,
    neededBytes: 3 * MIB + 100,
    readBytes: asked.neededBytes ?? 3 * MIB + 100,
    read: true,
    written: false,
    layout: true,
    fallocate: 'none',
    bufferPattern: null,
    keep: false,
    overwrite: false,
    ...asked,
  };
}

function failureOf(body: () => unknown): TargetFailure {
  try {
    body();
  } catch (error) {
    if (error instanceof TargetFailure) return error;
    throw error;
  }
  throw new Error('it went well');
}

const newPath = (): string => join(scratchFolder(), 'file');
const quiet = (): void => {};

describe('content', () => {
  it('ends where what is read ends; a later job that reads more has it filled', () => {
    const path = newPath();
    const asked = { neededBytes: 3 * MIB, fallocate: 'truncate' } as const;
    expect(layOut(request(path, { ...asked, readBytes: MIB })).filledBytes).toBe(MIB);
    expect(
      readFileSync(path)
        .subarray(MIB)
        .every((byte) => byte === 0),
    ).toBe(true);
    expect(statSync(path).size).toBe(3 * MIB);
    expect(layOut(request(path, { ...asked, readBytes: MIB })).filledBytes).toBe(0);
    expect(layOut(request(path, asked)).filledBytes).toBe(2 * MIB);
    expect(layOut(request(path, asked)).filledBytes).toBe(0);
  });

  it('names file and block, and does not compress', () => {
    const path = newPath();
    const seen: number[] = [];
    const done = layOut(request(path), (bytes) => seen.push(bytes));
    const made = { made: true, filledBytes: 3 * MIB + 100, room: 'none', said: null };
    expect(done).toEqual({ ...made, stopped: false });
    expect(seen).toEqual([MIB, 2 * MIB, 3 * MIB, 3 * MIB + 100]);
    const content = readFileSync(path);
    expect(content.length).toBe(3 * MIB + 100);
    expect(gzipSync(content, { level: 1 }).length).toBeGreaterThan(content.length * 0.97);
    const blocks = Array.from({ length: 6144 }, (_, block) =>
      content.subarray(block * 512, block * 512 + 512),
    );
    expect(new Set(blocks.map((block) => block.toString('latin1'))).size).toBe(blocks.length);
    blocks.forEach((block, index) => {
      if (block.toString('latin1', 0, 4) !== 'coff' || block.readUInt32LE(8) !== index) {
        throw new Error(`block ${index}`);
      }
    });
    const other = newPath();
    layOut(request(other));
    expect(readFileSync(other).subarray(512, 1024).equals(content.subarray(512, 1024))).toBe(false);
  });

  it('is the pattern, again and again, over the ends of buffers', () => {
    const path = newPath();
    layOut(request(path, { bufferPattern: 'abc\xff\x00de' }));
    const pattern = Buffer.from('abc\xff\x00de', 'latin1');
    expect(readFileSync(path).equals(Buffer.alloc(3 * MIB + 100, pattern))).toBe(true);
  });

  it.each(['abcde', null])('is the same however often it was made longer (%s)', (bufferPattern) => {
    const path = newPath();
    for (const neededBytes of [100, MIB - 1, MIB + 700, 3 * MIB]) {
      layOut(request(path, { neededBytes, bufferPattern }));
    }
    const pieces = readFileSync(path);
    truncateSync(path, 0);
    layOut(request(path, { neededBytes: 3 * MIB, bufferPattern }));
    expect(readFileSync(path).equals(pieces)).toBe(true);
  });
});

describe('a file that is there', () => {
  it('is kept when coffer made it and it is long enough', () => {
    const path = newPath();
    layOut(request(path));
    writeFileSync(path, 'changed', { flag: 'r+' });
    expect(layOut(request(path))).toMatchObject({ made: false, filledBytes: 0 });
    expect(readFileSync(path).toString('latin1', 0, 7)).toBe('changed');
  });

  it('is taken up again where filling was cut short', () => {
    const path = newPath();
    let asked = 0;
    const stopped = layOut(request(path, { fallocate: 'truncate' }), quiet, () => ++asked > 2);
    expect(stopped).toMatchObject({ filledBytes: 2 * MIB, stopped: true });
    expect(statSync(path).size).toBe(3 * MIB + 100);
    expect(readMark(path)).toEqual({ unfinishedFromBytes: 0 });
    expect(layOut(request(path))).toMatchObject({ filledBytes: 3 * MIB + 100, made: false });
    expect(readMark(path)).toEqual({ unfinishedFromBytes: null });
  });

  it('is filled when it is empty, and only with overwrite when it is somebody’s', () => {
    const path = newPath();
    writeFileSync(path, '');
    expect(layOut(request(path))).toMatchObject({ made: false, filledBytes: 3 * MIB + 100 });
    expect(isMade(path)).toBe(false);
    const other = newPath();
    writeFileSync(other, 'precious');
    const failure = failureOf(() => layOut(request(other)));
    expect(failure.code).toBe('EEXIST');
    expect(failure.message).toContain(`${other}: exists and was not made by coffer`);
    expect(readFileSync(other, 'utf8')).toBe('precious');
    layOut(request(other, { overwrite: true, neededBytes: MIB }));
    expect(readFileSync(other).toString('latin1', 0, 8)).toBe('precious');
    expect(statSync(other).size).toBe(MIB);
    expect(isMade(other)).toBe(false);
  });

  it('is refused as somebody’s where it would be written, though long enough', () => {
    const path = newPath();
    writeFileSync(path, Buffer.alloc(4 * MIB, 'x'));
    const written = { read: false, written: true, readBytes: 0 };
    for (const asked of [written, { written: true }]) {
      expect(failureOf(() => layOut(request(path, asked))).code).toBe('EEXIST');
      expect(layOut(request(path, { ...asked, overwrite: true })).filledBytes).toBe(0);
    }
    expect(layOut(request(path))).toMatchObject({ made: false, filledBytes: 0, room: 'none' });
    expect(isMade(path)).toBe(false);
  });

  it('is not opened when it is a symlink, nor laid out when it is no file', () => {
    const folder = scratchFolder();
    symlinkSync('/etc/passwd', join(folder, 'link'));
    for (const path of [join(folder, 'link'), folder]) {
      expect(failureOf(() => layOut(request(path))).message).toMatch(/is no regular file/);
    }
  });
});

it('leaves what is to be verified, and fills what is missing behind it', () => {
  const path = newPath();
  const room = { read: false, written: true, fallocate: 'native' } as const;
  layOut(request(path, { ...room, neededBytes: 4096, readBytes: 0 }));
  writeFileSync(path, Buffer.alloc(4096, 7));
  layOut(request(path, { keep: true, neededBytes: 4096, readBytes: 4096 }));
  expect(readFileSync(path).every((byte) => byte === 7)).toBe(true);
  layOut(request(path, { keep: true, neededBytes: 8192, readBytes: 8192 }));
  const longer = readFileSync(path);
  expect(longer.subarray(0, 4096).every((byte) => byte === 7)).toBe(true);
  expect(longer.subarray(4096).every((byte) => byte === 0)).toBe(false);
  layOut(request(path, { neededBytes: 8192, readBytes: 8192 }));
});

describe('room', () => {
  it('is made for a file that is only written, and nothing in it', () => {
    const path = newPath();
    const written = { read: false, fallocate: 'truncate' } as const;
    const room = { made: true, filledBytes: 0, room: 'truncate' };
    expect(layOut(request(path, written))).toMatchObject(room);
    // A block may be the mark's.
    expect(statSync(path).blocks).toBeLessThanOrEqual(8);
    expect(statSync(path).size).toBe(3 * MIB + 100);
    expect(readMark(path)).toEqual({ unfinishedFromBytes: 0 });
    expect(layOut(request(path, written))).toMatchObject({ made: false, room: 'none' });
    expect(readMark(path)).toEqual({ unfinishedFromBytes: 0 });
    const none = newPath();
    expect(layOut(request(none, { read: false }))).toMatchObject({ room: 'none', made: true });
    expect(statSync(none).size).toBe(0);
  });

  it('that was added to a file is no content for who reads it later', () => {
    const path = newPath();
    layOut(request(path, { neededBytes: MIB }));
    const grown = { read: false, written: true, fallocate: 'truncate', readBytes: 0 } as const;
    const room = { made: false, filledBytes: 0, room: 'truncate' };
    expect(layOut(request(path, { ...grown, neededBytes: 2 * MIB }))).toMatchObject(room);
    expect(layOut(request(path, { ...grown, neededBytes: 4 * MIB }))).toMatchObject(room);
    expect(readMark(path)).toEqual({ unfinishedFromBytes: MIB });
    expect(layOut(request(path, { neededBytes: MIB }))).toMatchObject({ filledBytes: 0 });
    const asked = { neededBytes: 2 * MIB };
    expect(layOut(request(path, asked))).toMatchObject({ filledBytes: MIB, room: 'none' });
    expect(readMark(path)).toEqual({ unfinishedFromBytes: 2 * MIB });
    expect(statSync(path).size).toBe(4 * MIB);
    layOut(request(path, { neededBytes: 4 * MIB }));
    expect(readMark(path)).toEqual({ unfinishedFromBytes: null });
  });

  it.skipIf(small.missing ?? typeof loadSyscalls() === 'string')('is allocated natively', () => {
    const path = join(small.path, 'native');
    const asked = request(path, { read: false, fallocate: 'native', neededBytes: MIB });
    expect(layOut(asked)).toMatchObject({ room: 'native', said: null });
    expect(statSync(path).blocks).toBeGreaterThanOrEqual(2048);
  });

  it('that a file system cannot allocate is said', ({ skip }) => {
    // ramfs has no fallocate(2).
    const folder = scratchFolder();
    const { status } = spawnSync('mount', ['-t', 'ramfs', 'ramfs', folder]);
    if (status !== 0) skip('mounting needs CAP_SYS_ADMIN');
    try {
      const path = join(folder, 'file');
      const done = layOut(request(path, { fallocate: 'native' }));
      expect(done).toMatchObject({ room: 'truncate', filledBytes: 3 * MIB + 100 });
      expect(done.said).toMatch(/fallocate=native: .*its length was set by ftruncate/);
    } finally {
      spawnSync('umount', [folder]);
    }
  });
});

describe('a failure', () => {
  it.skipIf(tmpfs.missing)(
    'of room says how far it came, gives it back, and leaves the file marked',
    () => {
      const path = join(tmpfs.path, 'file');
      const failure = failureOf(() => layOut(request(path, { neededBytes: 64 * MIB })));
      expect(failure.code).toBe('ENOSPC');
      const [, bytes] =
        /after (\d+) bytes: the file system is full; free/.exec(failure.message) ?? [];
      expect(Number(bytes)).toBeGreaterThan(8 * MIB);
      // What it got was given back: the disk is full for nobody else.
      expect(statSync(path).size).toBe(0);
      expect(readMark(path)).toEqual({ unfinishedFromBytes: 0 });
    },
  );

  it.skipIf(small.missing ?? typeof loadSyscalls() === 'string')('of fallocate says what', () => {
    const path = join(small.path, 'large');
    const asked = request(path, { neededBytes: 64 * MIB, fallocate: 'native' });
    const failure = failureOf(() => layOut(asked));
    expect(failure.code).toBe('ENOSPC');
    expect(failure.message).toMatch(/fallocate of bytes 0 to 67108864: the file system is full/);
    expect(statSync(path).blocks).toBeLessThan(64);
  });

  it('of a folder that is not there says what to do', () => {
    const failure = failureOf(() => layOut(request('/tmp/coffer-none/file')));
    expect(failure.code).toBe('ENOENT');
    expect(failure.message).toMatch(/make the folder first/);
  });

  it.skipIf(typeof loadSyscalls() === 'string')('by RLIMIT_FSIZE is EFBIG, and no signal', () => {
    const path = newPath();
    const failure = withFileLimit(2 * MIB, () => failureOf(() => layOut(request(path))));
    expect(failure.code).toBe('EFBIG');
    expect(failure.message).toMatch(
      /after 2097152 bytes: so large a file is not allowed, by RLIMIT/,
    );
    expect(existsSync(path)).toBe(true);
  });
});

/** The soft limit of this process: SIGXFSZ would end it, if Node did not ignore it. */
function withFileLimit<T>(bytes: number, body: () => T): T {
  const RLIMIT_FSIZE = 1;
  const syscalls = syscallsOrThrow();
  const limits = new Words(syscalls, 4);
  try {
    expect(syscalls.prlimit(0, RLIMIT_FSIZE, 0, limits.addressOf(0))).toBe(0);
    new Uint8Array(syscalls.view(limits.addressOf(2), 16)).set(
      new Uint8Array(syscalls.view(limits.addressOf(0), 16)),
    );
    limits.set(2, bytes);
    expect(syscalls.prlimit(0, RLIMIT_FSIZE, limits.addressOf(2), 0)).toBe(0);
    return body();
  } finally {
    syscalls.prlimit(0, RLIMIT_FSIZE, limits.addressOf(0), 0);
    limits.close();
  }
}

it('does not touch a mark that says the content is whole', () => {
  const path = newPath();
  writeFileSync(path, Buffer.alloc(4 * MIB));
  markMade(path);
  expect(layOut(request(path))).toMatchObject({ filledBytes: 0 });
});
