import { expect, test } from 'vitest';
import { loadSyscalls } from '../../../src/linux/syscalls.ts';
import { Words } from '../../../src/linux/words.ts';

const syscalls = loadSyscalls();

test
  .skipIf(typeof syscalls === 'string')
  .each([0, 1, 0xffffffff, 0x100000000, 0x180000001, Number.MAX_SAFE_INTEGER])(
  '%i is set and read back',
  (value) => {
    if (typeof syscalls === 'string') return;
    const words = new Words(syscalls, 3);
    try {
      words.set(0, Number.MAX_SAFE_INTEGER);
      words.set(2, Number.MAX_SAFE_INTEGER);
      words.set(1, value);
      expect(new BigUint64Array(syscalls.view(words.addressOf(0), 24))).toEqual(
        BigUint64Array.of(2n ** 53n - 1n, BigInt(value), 2n ** 53n - 1n),
      );
      expect(words.get(1)).toBe(value);
      expect(words.half(2)).toBe(value % 2 ** 32);
    } finally {
      words.close();
    }
  },
);
