import { expect, test } from 'vitest';
import { exp, log, pow } from '../../../src/sim/exact-math.ts';

// Expectations by Python's decimal with 60 digits, from the doubles that stand here:
//   D(float(x)).ln(), D(float(x)).exp(), (D(float(y)) * D(float(x)).ln()).exp()

function near(value: number, text: string, ulps: number): void {
  const expected = Number(text);
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(ulps * 2 ** -52 * Math.abs(expected));
}

test.each([
  [0.5, '-0.69314718055994528622676'],
  [2, '0.69314718055994528622676'],
  [10, '2.3025850929940459010936'],
  [1e-9, '-20.723265836946410445307'],
  [0.9999999, '-1.0000000494736473776e-7'],
  [123456789.125, '18.63140176718051677085'],
  [Math.SQRT2, '0.34657359027997269862453'],
  [9007199254740991, '36.73680056967710072513'],
  [3e-200, '-459.41840631014105156282'],
])('log %d', (x, expected) => near(log(x), expected, 2));

test.each([
  [1, '2.7182818284590450907956'],
  [-1, '0.36787944117144233402428'],
  [0.5, '1.6487212707001281941643'],
  [-20.25, '1.6052280551856116452304e-9'],
  [30, '1.0686474581524462890625e13'],
  [1e-9, '1.0000000010000000827404'],
  [700, '1.014232054735004492788e304'],
  [-700, '9.8596765437597707718283e-305'],
  [0.34657359027997264, '1.41421356237309492343'],
])('exp %d', (x, expected) => near(exp(x), expected, 4));

test.each([
  [0.5, 1.1, '0.46651649576840370503561'],
  [0.3, -10, '169350.8780843029380776'],
  [16384, -0.1, '0.37892914162759949725512'],
  [1e-7, 0.1386, '0.10710259659660713305041'],
  [2, 0.5, '1.4142135623730951454746'],
  [10240, 0.8, '1615.2508018692954010476'],
  [0.999, -10, '1.0100552207170070406761'],
])('pow %d %d', (x, y, expected) => near(pow(x, y), expected, 16));

test('says what has no logarithm, and what no double holds', () => {
  expect([log(1), log(0), log(-1), log(Infinity)]).toEqual([0, -Infinity, NaN, Infinity]);
  expect([exp(0), exp(710), exp(-708), exp(-Infinity)]).toEqual([1, Infinity, 0, 0]);
  expect([pow(5, 0), pow(1, 7)]).toEqual([1, 1]);
  expect(exp(709.7)).toBeLessThan(Infinity);
});

test('is as good over the whole range as the engine, which is good to a unit in the last place', () => {
  let worstLog = 0;
  let worstExp = 0;
  for (let step = 1; step < 20_000; step += 1) {
    const x = step * 0.03541;
    worstLog = Math.max(worstLog, Math.abs(log(x) / Math.log(x) - 1));
    worstExp = Math.max(worstExp, Math.abs(exp(x - 354) / Math.exp(x - 354) - 1));
  }
  expect(worstLog).toBeLessThan(1e-15);
  expect(worstExp).toBeLessThan(1e-15);
});
