import { expect, test } from 'vitest';
import { verifyMethod } from '../../../src/checksum/verify-method.ts';
import { VerifiedContents, type VerifiedSpec } from '../../../src/linux/verified-contents.ts';
import { present } from '../../../src/units/assert.ts';
import { aWorkload } from '../../support/workload-spec.ts';

const BLOCK = 4096;
const VERIFY = { backlog: 0, batch: 0, only: false, unitBytes: BLOCK, sorts: false };

function rig(access: 'read' | 'write', changes: Partial<VerifiedSpec> = {}) {
  const verification = { ...VERIFY, phase: access === 'write' };
  const workload = aWorkload({ access, verification, sizeBytes: BLOCK });
  const phase = present(workload.verification, 'it verifies');
  const bytes = new Uint8Array(BLOCK);
  const spec: VerifiedSpec = {
    name: 'crc32c',
    blocks: {
      method: verifyMethod('crc32c'),
      pattern: null,
      strict: false,
      intervalBytes: 512,
      headerOffsetBytes: 0,
    },
    checks: { seed: true, number: true },
    fatal: false,
    dumps: null,
    seed: 2 ** 40 + 7,
    clone: 0,
    ...changes,
  };
  const contents = new VerifiedContents(workload.slots, phase, { bytes, bufferBytes: BLOCK }, spec);
  workload.begin(0);
  workload.next(0, 0);
  return { bytes, contents, workload };
}

/** A write whose buffer is read back as it was written. */
function readBack(changes: Partial<VerifiedSpec> = {}) {
  const made = rig('write', changes);
  made.contents.fill(0);
  made.workload.complete(0, 10, BLOCK, false);
  made.workload.next(0, 10);
  made.workload.readBack(20);
  made.workload.next(0, 20);
  return made;
}

test('what the job wrote is right', () => {
  const { contents } = readBack();
  expect(contents.errors).toBe(null);
  expect(contents.check(0, BLOCK)).toBe(null);
  expect(contents.errors).toBe(0);
});

test('each block that is wrong counts, and the first is told', () => {
  const { bytes, contents } = readBack();
  bytes[600] = (bytes[600] ?? 0) ^ 1;
  bytes.fill(0, 1024, 1536);
  expect(contents.check(0, BLOCK)).toMatch(
    /^verify=crc32c: the block of 512 bytes at 512 holds bytes of checksum/,
  );
  expect(contents.errors).toBe(2);
});

test('verify_fatal counts one', () => {
  const { bytes, contents } = readBack({ fatal: true });
  bytes.fill(0);
  contents.check(0, BLOCK);
  expect(contents.errors).toBe(1);
});

test('what is not there is wrong too', () => {
  const { contents } = readBack();
  expect(contents.check(0, 512)).toBe('verify=crc32c: of 4096 bytes at 0 only 512 are there');
  expect(contents.errors).toBe(1);
});

test('a block of another run with the same headers is found by its seed', () => {
  const { bytes, contents } = readBack();
  const other = readBack({ seed: 2 ** 40 + 8 });
  bytes.set(other.bytes);
  expect(contents.check(0, BLOCK)).toMatch(/has the seed 0x[0-9a-f]{16}, not 0x/);
  expect(readBack({ seed: 2 ** 41 + 7 }).bytes).not.toEqual(other.bytes);
});

test('a reader takes whatever agrees with its own header', () => {
  const written = readBack({ seed: 5, clone: 3 });
  const { bytes, contents } = rig('read');
  bytes.set(written.bytes);
  expect(contents.check(0, BLOCK)).toBe(null);
  bytes.fill(0);
  expect(contents.check(0, BLOCK)).toMatch(/has no header: its magic is 0x0000, not 0xacca$/);
});
