import { expect, test } from 'vitest';
import { PLAIN_ORDER } from '../../../src/workload/order.ts';
import { aWorkload, runWhole } from '../../support/workload-spec.ts';

// Offsets of fio 3.33, in KiB, where its file ends where the region does:
//   fio --name=a --ioengine=null --filename=x --debug=io --bs=BS --size=SIZE --rw=RW [--io_size=IO]

const KIB = 1024;

interface Job {
  readonly strideKib: number;
  readonly sizeKib: number;
  readonly ioSizeKib?: number;
  readonly bsKib?: number;
}

function offsets({ strideKib, sizeKib, ioSizeKib = sizeKib, bsKib = 4 }: Job): string {
  const bytes = bsKib * KIB;
  const workload = aWorkload({
    blockBytes: { read: bytes, write: bytes, copy: bytes, trim: bytes },
    sizeBytes: sizeKib * KIB,
    ioSizeBytes: ioSizeKib * KIB,
    order: { ...PLAIN_ORDER, strideBytes: strideKib * KIB },
  });
  return runWhole(workload)
    .map(({ offsetBytes }) => offsetBytes / KIB)
    .join(' ');
}

test.each([
  [{ strideKib: 8, sizeKib: 60 }, '0 12 24 36 48 0 12 24 36 48 0 12 24 36 48'],
  [{ strideKib: 8, sizeKib: 68 }, '0 12 24 36 48 60 0 12 24 36 48 60 0 12 24 36 48'],
  [{ strideKib: 4, sizeKib: 64 }, '0 8 16 24 32 40 48 56 0 8 16 24 32 40 48 56'],
  [
    { strideKib: 8, sizeKib: 64, ioSizeKib: 128 },
    '0 12 24 36 48 60 0 12 24 36 48 60 0 12 24 36 48 60 0 12 24 36 48 60 0 12 24 36 48 60 0 12',
  ],
  [{ strideKib: 60, sizeKib: 64 }, '0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0'],
  [{ strideKib: -4, sizeKib: 64 }, '0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0'],
  [{ strideKib: -8, sizeKib: 64 }, '0 56 52 48 44 40 36 32 28 24 20 16 12 8 4 0'],
  [{ strideKib: -12, sizeKib: 64 }, '0 52 44 36 28 20 12 4 52 44 36 28 20 12 4 52'],
  [{ strideKib: -8, sizeKib: 64, bsKib: 8 }, '0 0 0 0 0 0 0 0'],
])('as fio places them: %o', (job, expected) => {
  expect(offsets(job)).toBe(expected);
});

test('goes on until its bytes are done where the last I/O ends just at the end; fio stops', () => {
  expect(offsets({ strideKib: 8, sizeKib: 64 })).toBe(
    '0 12 24 36 48 60 0 12 24 36 48 60 0 12 24 36',
  );
});

test('no I/O leaves the region, whatever the stride and the size', () => {
  for (let strideKib = -64; strideKib <= 96; strideKib += 1) {
    if (strideKib < 0 && strideKib > -4) continue;
    const visited = offsets({ strideKib, sizeKib: 64, ioSizeKib: 256 }).split(' ').map(Number);
    expect(Math.min(...visited), `stride ${strideKib}k`).toBeGreaterThanOrEqual(0);
    expect(Math.max(...visited), `stride ${strideKib}k`).toBeLessThanOrEqual(60);
  }
});
