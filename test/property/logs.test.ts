/** Logs over windows: whatever ends when, no I/O and no byte is lost, and none counts twice. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IoLog, type IoLogData } from '../../src/measure/io-log.ts';
import { WINDOW_WORDS } from '../../src/measure/log-windows.ts';
import { Slots } from '../../src/workload/slots.ts';

interface Io {
  readonly direction: number;
  readonly pauseNs: number;
  readonly latNs: number;
  readonly bytes: number;
}

const io = fc.record({
  direction: fc.integer({ min: 0, max: 2 }),
  pauseNs: fc.integer({ min: 0, max: 5000 }),
  latNs: fc.integer({ min: 1, max: 9000 }),
  bytes: fc.integer({ min: 1, max: 65_536 }),
});
const ios = fc.array(io, { maxLength: 400 });
const widthNs = fc.integer({ min: 1, max: 20_000 });

function logged(all: readonly Io[], windowNs: number): IoLogData {
  const slots = new Slots(1, 1);
  const spec = { each: false, windowsNs: [windowNs], histogramNs: windowNs, issued: false };
  const log = new IoLog({ ...spec, submission: true, directions: 3 }, slots, () => {
    throw new Error('too much for this law');
  });
  let nowNs = 1000;
  log.begin(nowNs);
  for (const { direction, pauseNs, latNs, bytes } of all) {
    nowNs += pauseNs;
    slots.direction[0] = direction;
    slots.startNs[0] = nowNs - latNs;
    slots.issuedNs[0] = nowNs - latNs / 2;
    log.endNs = nowNs;
    log.bytes = bytes;
    log.ended(0);
  }
  return log.finish(nowNs);
}

function windowsOf({ streams }: IoLogData): number[][] {
  const words = [...(streams.find(({ kind }) => kind === 'window')?.rest ?? [])];
  return Array.from({ length: words.length / WINDOW_WORDS }, (_, row) =>
    words.slice(row * WINDOW_WORDS, (row + 1) * WINDOW_WORDS),
  );
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

test('windows sum up to the I/Os, by direction, and never overlap', () => {
  fc.assert(
    fc.property(ios, widthNs, (all, windowNs) => {
      const windows = windowsOf(logged(all, windowNs));
      for (const direction of [0, 1, 2]) {
        const mine = all.filter((each) => each.direction === direction);
        const rows = windows.filter((row) => row[2] === direction);
        expect(total(rows.map((row) => row[3] ?? 0))).toBe(mine.length);
        expect(total(rows.map((row) => row[4] ?? 0))).toBe(total(mine.map(({ bytes }) => bytes)));
        expect(total(rows.map((row) => row[5] ?? 0))).toBe(total(mine.map(({ latNs }) => latNs)));
        const largest = Math.max(0, ...mine.map(({ latNs }) => latNs));
        expect(Math.max(0, ...rows.map((row) => row[6] ?? 0))).toBe(largest);
        for (const [at, [fromNs = 0, toNs = 0]] of rows.entries()) {
          expect(fromNs).toBeGreaterThanOrEqual(rows[at - 1]?.[1] ?? 0);
          expect(toNs - fromNs).toBeLessThan(windowNs * 1.5);
        }
      }
    }),
  );
});

test('histograms count each completion once', () => {
  fc.assert(
    fc.property(ios, widthNs, (all, windowNs) => {
      const { streams } = logged(all, windowNs);
      const words = [...(streams.find(({ kind }) => kind === 'histogram')?.rest ?? [])];
      let counted = 0;
      for (let at = 0; at < words.length; ) {
        const pairs = words[at + 3] ?? 0;
        for (let pair = 0; pair < pairs; pair += 1) counted += words[at + 5 + 2 * pair] ?? 0;
        at += 4 + 2 * pairs;
      }
      expect(counted).toBe(all.length);
    }),
  );
});
