import { expect, test } from 'vitest';
import {
  verifyMethod,
  verifyMethodNames,
  isVerifyMethod,
} from '../../../src/checksum/verify-method.ts';
import { type BlockSpec, VerifiedBlocks } from '../../../src/linux/verified-block.ts';

const WRITE = { seedLow: 11, seedHigh: 12, thread: 0, number: 3 };
const CHECKS = { seed: true, number: true };
const CRC32C: BlockSpec = {
  method: verifyMethod('crc32c'),
  pattern: null,
  strict: false,
  intervalBytes: 512,
  headerOffsetBytes: 0,
};

function blocks(changes: Partial<BlockSpec> = {}): VerifiedBlocks {
  return new VerifiedBlocks({ ...CRC32C, ...changes }, CHECKS);
}

function rendered(made: VerifiedBlocks, offsetBytes = 4096): Uint8Array {
  const bytes = new Uint8Array(2048);
  made.render(bytes, offsetBytes, WRITE, 5);
  return bytes;
}

const HEADED = verifyMethodNames()
  .filter(isVerifyMethod)
  .filter((name) => verifyMethod(name) !== null);

test.each(HEADED)('%s: what was written is right, wherever its headers lie', (name) => {
  for (const headerOffsetBytes of [0, 120]) {
    const made = blocks({ method: verifyMethod(name), headerOffsetBytes });
    expect(made.problems(rendered(made), 4096, WRITE)).toEqual([]);
    expect(made.problems(rendered(made), 4096, null)).toEqual([]);
  }
});

test.each(HEADED.filter((name) => name !== 'meta' && name !== 'pattern_hdr'))(
  '%s: a bit that flips in the payload is found, in its block alone',
  (name) => {
    const made = blocks({ method: verifyMethod(name) });
    const bytes = rendered(made);
    bytes[1400] = (bytes[1400] ?? 0) ^ 8;
    const problems = made.problems(bytes, 4096, WRITE);
    expect(problems).toMatchObject([{ offsetBytes: 4096 + 1024, lengthBytes: 512 }]);
    expect(problems[0]?.what).toMatch(/^holds bytes of checksum [0-9a-f]+, not [0-9a-f]+$/);
  },
);

test('meta looks at the header alone', () => {
  const made = blocks({ method: verifyMethod('meta') });
  const bytes = rendered(made);
  bytes[1400] = (bytes[1400] ?? 0) ^ 8;
  expect(made.problems(bytes, 4096, WRITE)).toEqual([]);
  bytes[1024 + 20] = 0xff;
  expect(made.problems(bytes, 4096, WRITE)).toHaveLength(1);
});

test('blocks of another place or another write are wrong', () => {
  const made = blocks();
  expect(made.problems(rendered(made), 0, null)).toHaveLength(4);
  const other = { ...WRITE, number: 4 };
  expect(made.problems(rendered(made), 4096, other).map(({ what }) => what)).toEqual(
    Array.from({ length: 4 }, () => 'is of write 3, not 4'),
  );
});

test('a pattern begins with the I/O, and %o is the offset of the I/O, as in fio', () => {
  // fio --verify=crc32c --verify_pattern='"ab"%o"zz"' --verify_interval=512, the I/O at 4096
  const pattern = { bytes: `ab${'\0'.repeat(8)}zz`, offsetsAt: [2] };
  const bytes = Buffer.from(rendered(blocks({ pattern })));
  expect(bytes.subarray(0x2c, 0x38).toString('hex')).toBe('00007a7a6162001000000000');
  expect(bytes.subarray(0x22c, 0x236).toString('hex')).toBe('0000000000007a7a6162');
});

test('verify=pattern has no headers, and holds every byte', () => {
  const made = blocks({
    method: null,
    strict: true,
    pattern: { bytes: '\xde\xad', offsetsAt: [] },
  });
  const bytes = rendered(made);
  expect(Buffer.from(bytes.subarray(0, 4)).toString('hex')).toBe('deaddead');
  expect(made.problems(bytes, 4096, null)).toEqual([]);
  bytes[700] = 0x12;
  expect(made.problems(bytes, 4096, null)).toEqual([
    { offsetBytes: 4096, lengthBytes: 2048, what: 'holds 0x12 at its byte 700, not 0xde' },
  ]);
});

test('pattern_hdr holds what is behind the header', () => {
  const made = blocks({
    method: verifyMethod('pattern_hdr'),
    strict: true,
    pattern: { bytes: 'xyz', offsetsAt: [] },
  });
  const bytes = rendered(made);
  expect(made.problems(bytes, 4096, WRITE)).toEqual([]);
  bytes[600] = 0;
  expect(made.problems(bytes, 4096, WRITE)).toMatchObject([{ offsetBytes: 4096 + 512 }]);
});

test('verify=null looks at nothing', () => {
  const made = blocks({ method: null });
  expect(made.problems(new Uint8Array(2048), 0, null)).toEqual([]);
});

test('bytes of chance differ from write to write, and not for one', () => {
  const made = blocks();
  const other = new Uint8Array(2048);
  made.render(other, 4096, { ...WRITE, seedLow: 99 }, 5);
  expect(rendered(made)).toEqual(rendered(made));
  expect(other.subarray(44, 512)).not.toEqual(rendered(made).subarray(44, 512));
});

test('a pattern is held against I/Os of any length and offset, one after the other', () => {
  const plain = { method: null, strict: true, intervalBytes: 2048 };
  for (const offsetsAt of [[], [2]]) {
    const pattern = { bytes: `ab${'\0'.repeat(8)}zz`, offsetsAt };
    const made = blocks({ ...plain, pattern });
    const other = rendered(made, 8192);
    expect(made.problems(rendered(made), 4096, null)).toEqual([]);
    expect(made.problems(other, 8192, null)).toEqual([]);
    expect(made.problems(other.subarray(0, 1024), 8192, null)).toEqual([]);
    other[1000] = 1;
    expect(made.problems(other, 8192, null)).toHaveLength(1);
  }
});
