import { expect, test } from 'vitest';
import { JobRates } from '../../../src/cli/job-rates.ts';
import { jobLive } from '../../support/job-live.ts';

const MS = 1_000_000;

test('what was done in the last second, by the clock of the run', () => {
  const rates = new JobRates();
  const at = (ms: number, ios: number): unknown =>
    rates.rate('a', jobLive({ ios, bytes: ios * 4096, atNs: ms * MS }), ms);
  expect(at(0, 0)).toBe(null);
  expect(at(500, 100)).toEqual({ iops: 200, bytesPerS: 819_200 });
  expect(at(1000, 100)).toEqual({ iops: 100, bytesPerS: 409_600 });
  expect(at(1500, 100)).toEqual({ iops: 0, bytesPerS: 0 });
});

test('a virtual second is as long as the model says', () => {
  const rates = new JobRates();
  rates.rate('a', jobLive({ ios: 0, bytes: 0, atNs: 0 }), 0);
  const rate = rates.rate('a', jobLive({ ios: 1000, bytes: 1000, atNs: 10 * MS }), 900);
  expect(rate).toEqual({ iops: 100_000, bytesPerS: 100_000 });
});

test('a run that has told nothing new keeps its rate', () => {
  const rates = new JobRates();
  rates.rate('a', jobLive({ ios: 0, bytes: 0, atNs: 0 }), 0);
  const told = jobLive({ ios: 50, bytes: 50, atNs: 500 * MS });
  const rate = { iops: 100, bytesPerS: 100 };
  expect(rates.rate('a', told, 500)).toEqual(rate);
  expect(rates.rate('a', told, 9500)).toEqual(rate);
});

test('nothing is said over the end of a ramp, nor of what was forgotten', () => {
  const rates = new JobRates();
  rates.rate('a', jobLive({ ios: 5, bytes: 500, atNs: 0 }), 0);
  expect(rates.rate('a', jobLive({ ios: 6, bytes: 1, atNs: 500 * MS }), 500)).toBe(null);
  expect(rates.rate('a', jobLive({ ios: 7, bytes: 2, atNs: 1000 * MS }), 1000)).not.toBe(null);
  rates.keep(new Set(['b']));
  expect(rates.rate('a', jobLive({ ios: 8, bytes: 3, atNs: 1500 * MS }), 1500)).toBe(null);
});
