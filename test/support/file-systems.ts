/**
 * File systems that a test makes for itself: images on loop devices, and tmpfs. Nothing is mounted
 * before a test asks for the folder: Vitest runs no afterAll in a file whose tests are all skipped.
 */

import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MKFS = {
  xfs: ['mkfs.xfs', '-q', '-m', 'reflink=1'],
  /** Without reflinks. */
  xfs0: ['mkfs.xfs', '-q', '-m', 'reflink=0'],
  btrfs: ['mkfs.btrfs', '-q'],
  ext4: ['mkfs.ext4', '-q', '-F'],
} as const;
const CAP_SYS_ADMIN = 21n;

export type FileSystemKind = keyof typeof MKFS | 'tmpfs';

/** A folder of a file system of its own, or a block device. */
export class Place {
  /** Why it cannot be had here, in a sentence; null: it can. */
  readonly missing: string | null;
  private readonly make: () => string;
  private made: string | null = null;

  constructor(missing: string | null, make: () => string) {
    this.missing = missing;
    this.make = make;
  }

  get path(): string {
    this.made ??= this.make();
    return this.made;
  }
}

export class FileSystems {
  private scratch: string | null = null;
  private readonly mounted: string[] = [];
  private readonly loops: string[] = [];
  private count = 0;

  /** The smallest that mkfs.xfs makes is 300 MiB; images are sparse. */
  mount(kind: FileSystemKind, mebibytes = 320): Place {
    return new Place(whyNoMount(kind), () => {
      const folder = this.name(kind);
      mkdirSync(folder);
      if (kind === 'tmpfs') {
        run('mount', '-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder);
      } else {
        const image = this.image(mebibytes);
        const [program, ...options] = MKFS[kind];
        run(program, ...options, image);
        run('mount', '-o', 'loop', image, folder);
      }
      this.mounted.push(folder);
      return folder;
    });
  }

  loopDevice(mebibytes: number): Place {
    return new Place(whyNoLoop(), () => {
      const device = run('losetup', '--find', '--show', this.image(mebibytes));
      this.loops.push(device);
      return device;
    });
  }

  close(): void {
    for (const folder of this.mounted.splice(0)) run('umount', '--lazy', folder);
    for (const device of this.loops.splice(0)) run('losetup', '--detach', device);
    if (this.scratch !== null) rmSync(this.scratch, { recursive: true, force: true });
  }

  private name(what: string): string {
    this.scratch ??= mkdtempSync(join(tmpdir(), 'coffer-file-systems-'));
    this.count += 1;
    return join(this.scratch, `${what}-${this.count}`);
  }

  private image(mebibytes: number): string {
    const path = this.name('image');
    closeSync(openSync(path, 'w'));
    truncateSync(path, mebibytes * 1024 * 1024);
    return path;
  }
}

function whyNoMount(kind: FileSystemKind): string | null {
  if (!mayMount()) return 'mounting needs CAP_SYS_ADMIN';
  const type = kind === 'xfs0' ? 'xfs' : kind;
  if (!known(type)) return `this kernel has no ${type}`;
  if (kind === 'tmpfs') return null;
  const [program] = MKFS[kind];
  return spawnSync(program, ['-V']).error === undefined ? whyNoLoop() : `${program} is missing`;
}

function whyNoLoop(): string | null {
  if (!mayMount()) return 'a loop device needs CAP_SYS_ADMIN';
  return existsSync('/dev/loop-control') ? null : 'this kernel has no loop devices';
}

function mayMount(): boolean {
  const [, effective] = /^CapEff:\s+(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return ((BigInt(`0x${effective ?? '0'}`) >> CAP_SYS_ADMIN) & 1n) === 1n;
}

function known(type: string): boolean {
  const listed = readFileSync('/proc/filesystems', 'utf8').split(/\s+/);
  return listed.includes(type) || spawnSync('modprobe', ['--quiet', type]).status === 0;
}

/** What it prints. */
function run(program: string, ...options: readonly string[]): string {
  const { error, status, stdout, stderr } = spawnSync(program, options, { encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${options.join(' ')}: ${stderr.trim()}`);
  return stdout.trim();
}
