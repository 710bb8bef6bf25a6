/** What a job on real files gives, and what comes to nothing there: never without a word. */

import type { RealEngine } from './plan.ts';
import { isAsynchronous, isDeep } from './real-engines.ts';
import type { Access } from './rw.ts';
import type { Settings } from './settings.ts';
import type { Surroundings } from './surroundings.ts';

const OF_IO_URING = ['fixedbufs', 'registerfiles'] as const;
const OF_SEVERAL = ['stamps'] as const;
const OF_WRITES = ['fsync', 'fdatasync', 'end_fsync'] as const;
const OF_FILES = [
  'direct',
  'fallocate',
  'unlink',
  'buffer_pattern',
  'invalidate',
  'prewarm',
  ...OF_WRITES,
] as const;

export function warnReal(
  settings: Settings,
  surroundings: Surroundings,
  engine: RealEngine,
  access: Access,
): void {
  const without = (options: readonly string[], why: string) => {
    for (const name of options) if (settings.has(name)) settings.warn(name, `has no effect${why}`);
  };
  const withEngine = ` with ioengine=${engine}`;
  if (engine !== 'io_uring') without(OF_IO_URING, `${withEngine}: it is for io_uring`);
  // The null engine at depth goes the way of the asynchronous ones.
  const deepNull = engine === 'null' && settings.int('iodepth') > 1;
  if (!isAsynchronous(engine) && !deepNull) {
    without(OF_SEVERAL, `${withEngine}, which does one I/O with each call`);
  }
  warnDepth(settings, engine);
  if (settings.has('filename') && settings.isOwn('filename_format')) {
    settings.warn('filename_format', 'has no effect: filename names the file');
  }
  if (engine === 'null') {
    without(OF_FILES, `${withEngine}: it touches no file`);
    return;
  }
  if (access === 'read') {
    for (const name of OF_WRITES.filter((option) => settings.isOwn(option))) {
      settings.warn(name, 'has no effect: the job writes nothing');
    }
  }
  warnCache(settings, engine);
  if (surroundings.readonly && settings.flag('unlink')) {
    settings.warn('unlink', 'has no effect with --readonly: nothing is removed');
  }
}

function warnDepth(settings: Settings, engine: RealEngine): void {
  const iodepth = settings.int('iodepth');
  if (iodepth === 1) return;
  if (!isDeep(engine)) {
    const what =
      `${engine} keeps one I/O in flight, so iodepth=${iodepth} has no effect; ` +
      'ioengine=io_uring keeps more';
    settings.warn('iodepth', what);
  } else if (engine === 'libaio' && !settings.flag('direct')) {
    const what = 'io_submit(2) waits for I/O through the page cache; give direct=1 to go deep';
    settings.warn('iodepth', what);
  }
}

function warnCache(settings: Settings, engine: RealEngine): void {
  if (!settings.flag('direct')) return;
  if (engine === 'mmap') {
    settings.warn('direct', 'has no effect with ioengine=mmap: mappings are the page cache');
  } else if (settings.flag('prewarm')) {
    settings.warn('prewarm', 'has no effect with direct=1: the I/O goes past the page cache');
  }
}
