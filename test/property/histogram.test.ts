/** A histogram that was merged is the one that recorded all; and it stays near the values themselves. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Histogram } from '../../src/measure/histogram.ts';

const latency = fc.oneof(
  fc.nat({ max: 300 }),
  fc.nat({ max: 1_000_000 }),
  fc.double({ min: 0, max: 1e11, noNaN: true }),
);
const latencies = fc.array(latency, { maxLength: 100 });

function of(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

/** As they are computed by hand. */
function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Its words less the six sums behind them. */
function bucketsOf(histogram: Histogram): Float64Array {
  return histogram.words.slice(0, -6);
}

function stddevOf(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return Math.sqrt(squares / (values.length - 1));
}

test('merging parts is recording the whole', () => {
  fc.assert(
    fc.property(fc.array(latencies, { maxLength: 5 }), (parts) => {
      const whole = of(parts.flat());
      const merged = of([]);
      for (const part of parts) merged.merge(of(part));
      expect(bucketsOf(merged)).toEqual(bucketsOf(whole));
      expect([merged.count, merged.minNs, merged.maxNs]).toEqual([
        whole.count,
        whole.minNs,
        whole.maxNs,
      ]);
      if (whole.count === 0) return;
      const tolerance = 1e-9 * (whole.maxNs + 1);
      expect(Math.abs(merged.meanNs - whole.meanNs)).toBeLessThan(tolerance);
      if (whole.count < 2) return;
      expect(Math.abs(merged.stddevNs - whole.stddevNs)).toBeLessThan(1e-6 * (whole.maxNs + 1));
    }),
  );
});

test('mean and deviation are those of the values', () => {
  fc.assert(
    fc.property(fc.array(latency, { minLength: 2, maxLength: 100 }), (values) => {
      const histogram = of(values);
      const tolerance = 1e-6 * (histogram.maxNs + 1);
      expect(Math.abs(histogram.meanNs - meanOf(values))).toBeLessThan(tolerance);
      expect(Math.abs(histogram.stddevNs - stddevOf(values))).toBeLessThan(tolerance);
    }),
  );
});

test('percentiles rise, stay within min … max, and lie within a bucket of the value of that rank', () => {
  fc.assert(
    fc.property(fc.array(latency, { minLength: 1, maxLength: 200 }), (values) => {
      const histogram = of(values);
      const sorted = [...values].sort((a, b) => a - b);
      let before = histogram.minNs;
      for (const percent of [1, 10, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 99.999, 100]) {
        const found = histogram.percentileNs(percent);
        expect(found).toBeGreaterThanOrEqual(before);
        expect(found).toBeLessThanOrEqual(histogram.maxNs);
        const rank = Math.max(1, Math.ceil((percent * values.length) / 100));
        const exact = sorted[rank - 1] ?? NaN;
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(Math.max(1, exact / 64));
        before = found;
      }
    }),
  );
});
