import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { inspect } from '../../../src/linux/inspect.ts';
import { markMade } from '../../../src/linux/made-by-coffer.ts';
import { loadSyscalls } from '../../../src/linux/syscalls.ts';
import { FileSystems } from '../../support/file-systems.ts';
import { scratchFolder } from '../../support/scratch.ts';

const MIB = 1 << 20;
const fileSystems = new FileSystems();
afterAll(() => fileSystems.close());
const ext4 = fileSystems.mount('ext4', 32);
const tmpfs = fileSystems.mount('tmpfs', 16);
const btrfs = fileSystems.mount('btrfs');

function run(program: string, ...options: readonly string[]): boolean {
  return spawnSync(program, options).status === 0;
}

function fileIn(folder: string, content: string | Buffer = ''): string {
  const path = join(folder, 'file');
  writeFileSync(path, content);
  return path;
}

describe('a file', () => {
  it('that is not there can be made', () => {
    const found = inspect(join(scratchFolder(), 'file'));
    expect(found).toMatchObject({
      kind: 'absent',
      sizeBytes: 0,
      unusable: null,
      unwritable: null,
      foreign: null,
    });
    expect(found.fileSystem).not.toBeNull();
  });

  it('without a folder cannot', () => {
    const folder = join(scratchFolder(), 'none');
    const unusable = `is not there, nor is ${folder}; make the folder first`;
    expect(inspect(join(folder, 'file'))).toMatchObject({ kind: 'absent', unusable });
    const file = fileIn(scratchFolder());
    expect(inspect(join(file, 'file')).unusable).toMatch(/folder on the way to it is none/);
  });

  it('that is empty is nobody’s loss; any other is, unless coffer made it', () => {
    const path = fileIn(scratchFolder());
    expect(inspect(path)).toMatchObject({ kind: 'file', sizeBytes: 0, foreign: null });
    writeFileSync(path, 'precious');
    const foreign = 'exists and was not made by coffer';
    expect(inspect(path)).toMatchObject({ sizeBytes: 8, foreign, unusable: null });
    markMade(path);
    expect(inspect(path)).toMatchObject({ sizeBytes: 8, foreign: null });
  });

  it('is as long as it is, and says what of that is more than room', () => {
    const path = fileIn(scratchFolder());
    truncateSync(path, MIB);
    markMade(path, 4096);
    expect(inspect(path)).toMatchObject({ sizeBytes: MIB, contentBytes: 4096, foreign: null });
  });

  it('is the same by every name, there or not', () => {
    const folder = scratchFolder();
    const path = fileIn(folder, 'x');
    linkSync(path, join(folder, 'second'));
    const link = `${scratchFolder()}/link`;
    symlinkSync(folder, link);
    const { identity } = inspect(path);
    expect(identity).toMatch(/^\d+:\d+$/);
    expect(inspect(join(folder, 'second')).identity).toBe(identity);
    expect(inspect(join(link, 'file')).identity).toBe(identity);
    expect(inspect(fileIn(scratchFolder(), 'x')).identity).not.toBe(identity);
    const absent = inspect(join(folder, 'none')).identity;
    expect(inspect(join(link, 'none')).identity).toBe(absent);
    expect(inspect(join(folder, 'other')).identity).not.toBe(absent);
  });
});

describe('no file', () => {
  it('is a symlink, which names what it leads to', () => {
    const folder = scratchFolder();
    const path = fileIn(folder, 'x');
    symlinkSync('file', join(folder, 'link'));
    expect(inspect(join(folder, 'link')).unusable).toBe(
      `is a symlink; name what it leads to: ${path}`,
    );
    symlinkSync('nowhere', join(folder, 'dangling'));
    expect(inspect(join(folder, 'dangling')).unusable).toMatch(/leads nowhere/);
  });

  it('is a folder, a FIFO, a socket, a character device', async () => {
    const folder = scratchFolder();
    expect(inspect(folder).unusable).toBe('is a folder; name a file in it');
    expect(run('mkfifo', join(folder, 'fifo'))).toBe(true);
    expect(inspect(join(folder, 'fifo')).unusable).toMatch(/^is a FIFO/);
    const server = createServer().listen(join(folder, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    expect(inspect(join(folder, 'socket')).unusable).toMatch(/^is a socket/);
    server.close();
    expect(inspect('/dev/zero').unusable).toMatch(/^is a character device/);
  });

  it('is what the kernel shows', () => {
    expect(inspect('/proc/self/maps').unusable).toMatch(/^lies on proc/);
    expect(inspect('/proc/none').unusable).toMatch(/^lies on proc/);
    expect(inspect('/sys/kernel/profiling').unusable).toMatch(/^lies on sysfs/);
  });

  it('is a device whose name is wrong', () => {
    expect(inspect('/dev/nvme77n1').unusable).toMatch(/is its name right/);
  });

  it('has a name too long', () => {
    expect(inspect(`/tmp/${'x'.repeat(300)}`).unusable).toBe('is too long a name');
  });
});

describe('a file that must not be written', () => {
  const withAttribute = (attribute: string, path: string): void => {
    expect(run('chattr', `+${attribute}`, path)).toBe(true);
    onTestFinished(() => void run('chattr', `-${attribute}`, path));
  };

  it.skipIf(ext4.missing)('is immutable or append-only', () => {
    const path = fileIn(ext4.path, 'x');
    withAttribute('i', path);
    expect(inspect(path).unwritable).toMatch(/immutable/);
    expect(inspect(path).unreadable).toBeNull();
  });

  it.skipIf(ext4.missing ?? typeof loadSyscalls() === 'string')('is append-only', () => {
    const path = fileIn(ext4.path, 'x');
    withAttribute('a', path);
    expect(inspect(path).unwritable).toMatch(/append-only/);
  });

  it.skipIf(tmpfs.missing)('lies on a mount that is read-only', () => {
    const path = fileIn(tmpfs.path, 'x');
    expect(inspect(path).unwritable).toBeNull();
    expect(run('mount', '-o', 'remount,ro', tmpfs.path)).toBe(true);
    onTestFinished(() => void run('mount', '-o', 'remount,rw', tmpfs.path));
    expect(inspect(path).unwritable).toBe(
      'cannot be written: its file system is mounted read-only',
    );
    expect(inspect(`${path}-2`).unwritable).toMatch(/cannot be made in .*mounted read-only/);
  });

  it.skipIf(ext4.missing)('is in use as swap', ({ skip }) => {
    const path = join(ext4.path, 'swap');
    writeFileSync(path, Buffer.alloc(4 * MIB), { mode: 0o600 });
    if (!run('mkswap', path) || !run('swapon', path)) skip('swap cannot be had here');
    onTestFinished(() => void run('swapoff', path));
    expect(inspect(path).unusable).toBe('is in use as swap; give another file');
  });
});

describe('what O_DIRECT asks', () => {
  it.skipIf(ext4.missing)('is a logical block of the device', () => {
    const folder = join(ext4.path, 'direct');
    mkdirSync(folder);
    const found = { fileSystem: 'ext4', logicalBlockBytes: 512 };
    expect(inspect(fileIn(folder, 'x'))).toMatchObject(found);
    expect(inspect(join(folder, 'none'))).toMatchObject(found);
  });

  it.skipIf(btrfs.missing)('is a block of a file system that would buffer less in silence', () => {
    const found = { fileSystem: 'btrfs', logicalBlockBytes: 4096 };
    expect(inspect(fileIn(btrfs.path, 'x'))).toMatchObject(found);
  });

  it.skipIf(tmpfs.missing)('is nothing on tmpfs', () => {
    const found = { fileSystem: 'tmpfs', logicalBlockBytes: 1 };
    expect(inspect(join(tmpfs.path, 'none'))).toMatchObject(found);
  });
});
