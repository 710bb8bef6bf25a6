/**
 * exp, log and pow from + − × ÷ alone, which IEEE 754 rounds the same everywhere: `Math.pow` and
 * friends differ between Node versions. Reduced and summed as in Muller, Elementary Functions
 * (2016): log over the inverse hyperbolic tangent, exp over Taylor's series within half of ln 2.
 *
 * exp and log are good to 1e-15 of their value, pow(x, y) to that times |y log x|. Left out:
 * numbers below e^-707, which no draw gives: exp says 0 there.
 */

const view = new DataView(new ArrayBuffer(8));
/** ln 2 in two parts: the first has zeros enough that a multiple of it is exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const LN2_INVERSE = 1 / LN2_HIGH;
const SQRT2 = Math.sqrt(2);
const EXPONENT_BIAS = 1023;
const MANTISSA_MASK = 0x000f_ffff;
/** Beyond these a double has no room for the result. */
const EXP_MAX = 709.78;
const EXP_MIN = -707;
/** The last terms that count of each series. */
const LOG_TERMS = 23;
const EXP_TERMS = 15;

/** The natural logarithm of `x` above 0. */
export const log = (x: number): number => {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  view.setFloat64(0, x);
  const high = view.getUint32(0);
  let exponent = (high >>> 20) - EXPONENT_BIAS;
  view.setUint32(0, (high & MANTISSA_MASK) | (EXPONENT_BIAS << 20));
  let mantissa = view.getFloat64(0);
  if (mantissa > SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let sum = 0;
  for (let term = LOG_TERMS; term >= 3; term -= 2) sum = (sum + 1 / term) * square;
  return exponent * LN2_HIGH + (2 * s + (2 * s * sum + exponent * LN2_LOW));
};

export const exp = (x: number): number => {
  if (x > EXP_MAX) return Infinity;
  if (x < EXP_MIN) return 0;
  const exponent = Math.floor(x * LN2_INVERSE + 0.5);
  const rest = x - exponent * LN2_HIGH - exponent * LN2_LOW;
  let sum = 1 + rest / EXP_TERMS;
  for (let term = EXP_TERMS - 1; term >= 1; term -= 1) sum = 1 + (sum * rest) / term;
  // 2^1024 is no double; what it multiplies may be one.
  view.setUint32(0, (exponent - 1 + EXPONENT_BIAS) << 20);
  view.setUint32(4, 0);
  return sum * view.getFloat64(0) * 2;
};

/** `x` above 0 to the power of `y`. */
export const pow = (x: number, y: number): number => exp(y * log(x));
