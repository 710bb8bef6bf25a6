/** Whether and how what a job writes, or finds, is verified; copies have a check of their own. */

import {
  headBytes,
  isVerifyMethod,
  type VerifyMethodName,
  verifyMethod,
} from '../checksum/verify-method.ts';
import { canonicalBytes } from '../units/bytes.ts';
import { commonDivisor } from '../units/common-divisor.ts';
import type { Sizes } from '../units/sizes.ts';
import { parsePattern } from './buffer-pattern.ts';
import type { VerificationPlan } from './content-plan.ts';
import type { OrderPlan } from './plan.ts';
import type { Region, Shape } from './region.ts';
import { type Access, readRw, rwMeaning } from './rw.ts';
import type { Settings } from './settings.ts';

/** What it depends on, of the job. */
export interface VerifiedJob {
  readonly shape: Shape;
  readonly order: OrderPlan;
  /** By file. */
  readonly regions: readonly Region[];
  /** Why nothing that was written can be read again; null: it can. */
  readonly noData: string | null;
  /** Clones work on the same files or devices. */
  readonly shared: boolean;
  readonly readonly: boolean;
}

/** Options that say nothing without `verify=`. */
const OF_VERIFY = [
  'do_verify',
  'verify_only',
  'verify_backlog',
  'verify_backlog_batch',
  'verify_pattern',
  'verify_interval',
  'verify_offset',
  'verify_header_seed',
  'verify_write_sequence',
  'verify_fatal',
  'verify_dump',
] as const;

/** Directions that it looks at, or writes so that they can be looked at. */
const WHY_NOT: Readonly<Partial<Record<Access, string>>> = {
  copy: 'copies are held against their sources; give verify=copy, or none',
  trim: 'what is trimmed has no content; give verify=none',
  trimwrite: 'writes behind trims are not verified; give rw=write, or verify=none',
};

/** What a job does to its files: one of `verify_only` reads them (accessOfPlan, of its plan). */
export function accessOf(settings: Settings): Access {
  const { access } = rwMeaning(readRw(settings.text('rw')).rw);
  const only = access === 'write' && methodOf(settings) !== null && settings.flag('verify_only');
  return only ? 'read' : access;
}

/** Whether the job verifies what it finds: that must stay as it is. */
export function verifiesWhatIsThere(settings: Settings): boolean {
  return verifies(settings) && accessOf(settings) === 'read';
}

/** Whether what the job writes is made to be verified. */
export function verifies(settings: Settings): boolean {
  return methodOf(settings) !== null;
}

/** null: nothing is verified, or there are mistakes, which have been reported. */
export function resolveVerification(settings: Settings, job: VerifiedJob): VerificationPlan | null {
  const method = methodOf(settings);
  if (method === null) {
    for (const name of OF_VERIFY) {
      if (!settings.isOwn(name) || settings.isHarmless(name)) continue;
      settings.warn(name, 'has no effect without verify=');
    }
    return null;
  }
  const { access, random } = rwMeaning(readRw(settings.text('rw')).rw);
  const why = WHY_NOT[access] ?? job.noData;
  if (why !== null) {
    settings.refuse(['verify', 'rw', 'filename', 'ioengine'], `${method}: ${why}`);
    return null;
  }
  const only = settings.flag('verify_only') && access !== 'read';
  if (isUnaligned(job, access)) {
    const what = 'I/Os of any length are no blocks that can be verified; leave it out';
    settings.refuse(['bs_unaligned', 'bsrange', 'verify'], what);
    return null;
  }
  if (only && access === 'mixed') {
    const what = 'reads in the place of writes, and a mix has reads of its own; give rw=write';
    settings.refuse(['verify_only', 'rw'], what);
  }
  const writes = access !== 'read' && !only;
  const readsBack = writes && settings.flag('do_verify');
  // A pass by time has no end, unless number_ios is one.
  const endless = settings.flag('time_based') && settings.optionalInt('number_ios') === null;
  const backlog = readsBack ? settings.int('verify_backlog') : 0;
  if (readsBack) checkReadBack(settings, job, backlog);
  if (job.readonly && settings.flag('verify_dump')) {
    settings.warn('verify_dump', 'has no effect with --readonly: no file is written');
  }
  const repeats = settings.flag('norandommap') || job.order.distribution.kind !== 'random';
  return {
    method,
    ...blocksOf(settings, method, job, access),
    unitBytes: unitOf(job, access),
    phase: readsBack && !endless,
    sorts: random && repeats,
    backlog,
    batch: (settings.optionalInt('verify_backlog_batch') ?? 0) || backlog,
    only,
    fatal: settings.flag('verify_fatal'),
    dump: settings.kind === 'real' && !job.readonly && settings.flag('verify_dump'),
    seed: settings.flag('verify_header_seed'),
    number: settings.flag('verify_write_sequence'),
  };
}

/** What `verify=` names for reads and writes; null: nothing, or copies. */
function methodOf(settings: Settings): VerifyMethodName | null {
  const given = settings.optionalText('verify') ?? 'none';
  return isVerifyMethod(given) ? given : null;
}

/** Whether what is written is still there, and is read at all, when it is to be verified. */
function checkReadBack(settings: Settings, job: VerifiedJob, backlog: number): void {
  const { numjobs } = job.shape;
  const [first] = job.regions;
  const meets = first !== undefined && first.offsetIncrementBytes < first.sizeBytes;
  if (numjobs > 1 && job.shared && meets) {
    const what =
      'clones write over what others verify; give offset_increment, or files of their own';
    settings.warn('verify', what);
  }
  if (settings.int('latency_target') > 0) {
    const what =
      'the record shows the last window of the search, and the reads that verify come after it; ' +
      'give do_verify=0, or verify without a search';
    settings.refuse(['latency_target', 'verify'], what);
  }
  if (backlog > 0) return;
  if (settings.flag('time_based')) {
    const what = 'nothing is read back: the writes take all of runtime; give verify_backlog';
    settings.warn('time_based', what);
  } else if (settings.int('steadystate_duration') > 0) {
    const what = 'nothing is read back once the figure is steady; give verify_backlog';
    settings.warn('steadystate_duration', what);
  }
}

type Blocks = Pick<VerificationPlan, 'pattern' | 'intervalBytes' | 'headerOffsetBytes'>;

/** What the content of a real file is made of; of a simulated device it is only a name. */
function blocksOf(
  settings: Settings,
  name: VerifyMethodName,
  { shape }: VerifiedJob,
  access: Access,
): Blocks {
  const sizes = sizesOf(shape, access);
  const wholeBytes = sizes.reduce(commonDivisor);
  if (settings.kind === 'simulated') {
    return { pattern: null, intervalBytes: wholeBytes, headerOffsetBytes: 0 };
  }
  const text = settings.optionalText('verify_pattern');
  const parsed = text === null ? null : parsePattern(text);
  if (parsed?.ok === false) settings.refuse(['verify_pattern'], parsed.what);
  if (text === null && (name === 'pattern' || name === 'pattern_hdr')) {
    settings.refuse(['verify'], `${name} is held against verify_pattern; give one`);
  }
  const intervalBytes = settings.optionalInt('verify_interval') ?? wholeBytes;
  const headerOffsetBytes = settings.int('verify_offset');
  checkBlocks(settings, name, { wholeBytes, intervalBytes, headerOffsetBytes });
  return { pattern: parsed?.ok === true ? parsed.value : null, intervalBytes, headerOffsetBytes };
}

function checkBlocks(
  settings: Settings,
  name: VerifyMethodName,
  bytes: Readonly<Record<'wholeBytes' | 'intervalBytes' | 'headerOffsetBytes', number>>,
): void {
  const { wholeBytes, intervalBytes, headerOffsetBytes } = bytes;
  const method = verifyMethod(name);
  if (method === null) {
    for (const option of ['verify_interval', 'verify_offset']) {
      if (!settings.isOwn(option) || settings.isHarmless(option)) continue;
      settings.warn(option, `has no effect with verify=${name}, which has no headers`);
    }
    return;
  }
  const head = headBytes(method);
  const interval = canonicalBytes(intervalBytes);
  if (wholeBytes % intervalBytes !== 0) {
    const what = `${interval} is no divisor of ${canonicalBytes(wholeBytes)}, the I/Os of the job`;
    settings.refuse(['verify_interval', 'bs'], `${what}; give one`);
  } else if (intervalBytes < head || intervalBytes % 4 !== 0) {
    const what = `blocks of ${interval} have no room for a header of ${head} bytes`;
    const odd = `blocks of ${interval} are not made of whole words of 4 bytes`;
    settings.refuse(['verify_interval', 'bs', 'verify'], intervalBytes < head ? what : odd);
  } else if (
    headerOffsetBytes !== 0 &&
    (headerOffsetBytes < head || headerOffsetBytes + head > intervalBytes)
  ) {
    const what =
      `the header of verify=${name} is ${head} bytes long: it may begin from byte ${head} to ` +
      `${intervalBytes - head} of a block of ${interval}`;
    settings.refuse(['verify_offset'], what);
  }
}

/** Sizes that make all others by addition, of what is written, or else read. */
function sizesOf({ bsBytes, sizes }: Shape, access: Access): readonly number[] {
  const direction = access === 'read' ? 'read' : 'write';
  if (sizes === null) return [bsBytes[direction]];
  const { drawn, following } = sizes;
  return [drawn[direction], following[direction]].flatMap(partsOf);
}

function partsOf(sizes: Sizes): readonly number[] {
  switch (sizes.kind) {
    case 'fixed':
      return [sizes.bytes];
    case 'range':
      return sizes.unaligned ? [1] : [sizes.lowBytes, sizes.highBytes];
    case 'shares':
      return sizes.shares.map(({ bytes }) => bytes);
  }
}

function isUnaligned({ shape }: VerifiedJob, access: Access): boolean {
  return shape.sizes !== null && sizesOf(shape, access).includes(1);
}

/** Whatever an I/O of the job begins or ends at is a multiple of it. */
function unitOf({ shape, order, regions }: VerifiedJob, access: Access): number {
  const direction = access === 'read' ? 'read' : 'write';
  const starts = regions.flatMap((region) => [region.offsetBytes, region.offsetIncrementBytes]);
  // Behind its last stride a job goes on at the end of its region.
  const around = order.strideBytes === 0 ? [] : regions.map(({ sizeBytes }) => sizeBytes);
  return [
    ...sizesOf(shape, access),
    ...starts,
    ...around,
    Math.abs(order.strideBytes),
    shape.sizes?.alignBytes[direction] ?? 0,
  ].reduce(commonDivisor);
}
