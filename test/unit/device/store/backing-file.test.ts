import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBackingFile } from '../../../../src/device/store/backing-file.ts';
import { StoreFailure } from '../../../../src/device/store/store.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coffer-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function named(path: string, overwrite = false): ReturnType<typeof openBackingFile> {
  return openBackingFile({
    name: 'null0',
    bytes: 65_536,
    backingFile: path,
    backingDirectory: null,
    overwrite,
  });
}

function scratch(directory: string): ReturnType<typeof openBackingFile> {
  const options = { name: 'a/b', bytes: 4096, backingFile: null, overwrite: false };
  return openBackingFile({ ...options, backingDirectory: directory });
}

function failureOf(open: () => unknown): StoreFailure {
  try {
    open();
  } catch (error) {
    if (error instanceof StoreFailure) return error;
    throw error;
  }
  throw new Error('no failure');
}

test('a scratch file has no name as soon as it is open, and holds its bytes', () => {
  const one = scratch(folder);
  const two = scratch(folder);
  expect(readdirSync(folder)).toEqual([]);
  one.write(100, 3, new Uint8Array([1, 2, 3]), 0);
  two.write(100, 3, new Uint8Array([7, 8, 9]), 0);
  const into = new Uint8Array(5);
  one.read(100, 3, into, 1);
  expect([...into]).toEqual([0, 1, 2, 3, 0]);
  one.close();
  two.close();
});

test('a named file is made sparse, kept, and taken again, empty', () => {
  const path = join(folder, 'disk');
  const first = named(path);
  first.write(0, 4, new Uint8Array([1, 2, 3, 4]), 0);
  first.close();
  expect(statSync(path).size).toBe(65_536);
  expect([...readFileSync(path).subarray(0, 4)]).toEqual([1, 2, 3, 4]);
  const again = named(path);
  expect([...readFileSync(path).subarray(0, 4)]).toEqual([0, 0, 0, 0]);
  again.close();
  expect(readdirSync(folder).sort()).toEqual(['disk', 'disk.coffer']);
});

test('a file that coffer did not make is refused, and left alone', () => {
  const path = join(folder, 'precious');
  writeFileSync(path, 'precious');
  const failure = failureOf(() => named(path));
  expect(failure.code).toBe('EEXIST');
  expect(failure.message).toContain('overwrite=1');
  expect(readFileSync(path, 'utf8')).toBe('precious');
  expect(readdirSync(folder)).toEqual(['precious']);
  named(path, true).close();
  expect(statSync(path).size).toBe(65_536);
});

test("a file of somebody else's where the note would lie stays, overwrite or not", () => {
  const path = join(folder, 'disk');
  writeFileSync(`${path}.coffer`, 'espresso');
  expect(failureOf(() => named(path, true)).message).toContain('did not make it');
  expect(readFileSync(`${path}.coffer`, 'utf8')).toBe('espresso');
  expect(readdirSync(folder)).toEqual(['disk.coffer']);
});

test('another file under the name of one of ours is not ours', () => {
  const path = join(folder, 'disk');
  named(path).close();
  writeFileSync(path, 'precious');
  const recorded = readFileSync(`${path}.coffer`, 'utf8');
  writeFileSync(`${path}.coffer`, recorded.replace(/"ino":\d+/, '"ino":1'));
  expect(failureOf(() => named(path)).code).toBe('EEXIST');
  expect(readFileSync(path, 'utf8')).toBe('precious');
});

test('another file that got the inode of one of ours is not ours', () => {
  const path = join(folder, 'disk');
  named(path).close();
  const recorded = readFileSync(`${path}.coffer`, 'utf8');
  writeFileSync(`${path}.coffer`, recorded.replace(/"born":"\d+"/, '"born":"1"'));
  expect(failureOf(() => named(path)).code).toBe('EEXIST');
});

test('two runs do not share a backing file; a dead one does not keep it', () => {
  const path = join(folder, 'disk');
  const first = named(path);
  expect(failureOf(() => named(path)).code).toBe('EBUSY');
  first.close();
  // Above the largest process id that Linux gives.
  writeFileSync(`${path}.coffer-lock`, '4194999\n');
  named(path).close();
  expect(existsSync(`${path}.coffer-lock`)).toBe(false);
});

test('what is no regular file is refused, overwrite or not', () => {
  mkdirSync(join(folder, 'sub'));
  expect(failureOf(() => named(join(folder, 'sub'), true)).message).toContain('no regular file');
});

test('a folder that is missing: what, and what to do', () => {
  const failure = failureOf(() => scratch(join(folder, 'none')));
  expect(failure.code).toBe('ENOENT');
  expect(failure.message).toContain('does not exist');
  expect(failure.message).toContain('backing_directory=');
});

test('a file cut short by somebody is a failure, not zeros', () => {
  const path = join(folder, 'disk');
  const medium = named(path);
  writeFileSync(path, '');
  expect(failureOf(() => medium.read(0, 512, new Uint8Array(512), 0)).code).toBe('EIO');
  medium.close();
});
