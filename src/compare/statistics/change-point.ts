/**
 * Where a series of values changes its level, if it does: the stretch of values whose ranks differ
 * most from those of the rest. A stretch that reaches to an end is one change; one in the middle is
 * two, a level that came and went (circular binary segmentation: Olshen and others 2004). The rank
 * sum of each stretch is held against its mean under chance, in standard deviations, and the
 * largest counts (maximally selected rank statistics: Lausen and Schumacher 1992).
 *
 * p is the share of shuffled series whose largest is as large: of all orders of up to 8 values,
 * else of up to 19,999 drawn ones, (1 + as large) / (1 + drawn) (Davison and Hinkley 1997, 4.3). It
 * holds if, without a change, any order of the values is as likely as any other: values that drift,
 * or that hang together from one to the next, are called more often.
 *
 * Left out: what changes the spread and not the level.
 */

import { Random } from '../../sim/random.ts';
import { assert } from '../../units/assert.ts';
import { type Ranks, rank, tieTerm } from './ranks.ts';

export interface ChangePoint {
  /** One or two: how many values lie before each change, rising. */
  readonly splits: readonly number[];
  /** Of there being none at all. */
  readonly p: number;
}

/** One value alone has no level. */
export const STRETCH_MIN = 2;

/** Of all orders up to so many values: 40,320. */
const ENUMERATED_MAX = 8;
const SEED = 1945;

/** Stretches grow with the square of the values: of a long series fewer orders are drawn. */
const DRAWS_MAX = 19_999;
const DRAWS_MIN = 1999;
const STRETCHES_MAX = 2e8;

/** The likeliest change; null: too few values for one. */
export function changePoint(values: readonly number[]): ChangePoint | null {
  if (values.length < 2 * STRETCH_MIN) return null;
  const ranks = rank(values);
  const found = largest(Float64Array.from(ranks.doubled), weightsOf(values.length));
  if (found.size === 0) return { splits: [Math.floor(values.length / 2)], p: 1 };
  const shuffled = shuffledSizes(ranks);
  const p = pOf(found.size, shuffled.sizes, shuffled.all);
  // One change says as much as two, unless a single one is likelier to be chance.
  const pOfOne = pOf(found.splitSize, shuffled.splitSizes, shuffled.all);
  return { splits: pOfOne <= p ? [found.split] : [found.start, found.end], p };
}

/** Sizes: of a doubled rank sum's distance from its mean, by its deviation less constants. */
interface Largest {
  /** Of any stretch, from `start` to before `end`. */
  readonly size: number;
  readonly start: number;
  readonly end: number;
  /** Of those that reach to an end. */
  readonly splitSize: number;
  readonly split: number;
}

/** By the length of a stretch: 1 / deviation, but for what all stretches share. */
function weightsOf(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, length) =>
    length === 0 ? 0 : 1 / Math.sqrt(length * (count - length)),
  );
}

function largest(doubled: Float64Array, weights: Float64Array): Largest {
  const count = doubled.length;
  // Sums of all before, less their mean: twice the mean rank is count + 1.
  const sums = new Float64Array(count + 1);
  for (let place = 0; place < count; place += 1) {
    sums[place + 1] = (sums[place] ?? 0) + (doubled[place] ?? 0) - (count + 1);
  }
  let [splitSize, split] = [0, 0];
  for (let length = STRETCH_MIN; length <= count - STRETCH_MIN; length += 1) {
    const size = Math.abs(sums[length] ?? 0) * (weights[length] ?? 0);
    if (size > splitSize) [splitSize, split] = [size, length];
  }
  let [size, start, end] = [splitSize, 0, split];
  const range = rangeOf(sums);
  for (let length = STRETCH_MIN; length <= count - 2 * STRETCH_MIN; length += 1) {
    const weight = weights[length] ?? 0;
    if (range * weight <= size) continue;
    for (let from = STRETCH_MIN; from + length <= count - STRETCH_MIN; from += 1) {
      const here = Math.abs((sums[from + length] ?? 0) - (sums[from] ?? 0)) * weight;
      if (here > size) [size, start, end] = [here, from, from + length];
    }
  }
  return { size, start, end, splitSize, split };
}

/** No stretch has a larger sum. */
function rangeOf(sums: Float64Array): number {
  let [low, high] = [0, 0];
  for (const sum of sums) {
    if (sum < low) low = sum;
    if (sum > high) high = sum;
  }
  return high - low;
}

/** Largest sizes of shuffled series, sorted; the series as it is counts among those drawn. */
interface Shuffled {
  readonly sizes: Float64Array;
  readonly splitSizes: Float64Array;
  readonly all: boolean;
}

/** Sums in doubles are as large as another if they differ by no more than this share. */
const ROUNDING = 1e-12;

function pOf(size: number, sizes: Float64Array, all: boolean): number {
  const needed = size * (1 - ROUNDING);
  let low = 0;
  let high = sizes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sizes[middle] ?? 0) < needed) low = middle + 1;
    else high = middle;
  }
  const asLarge = sizes.length - low;
  return all ? asLarge / sizes.length : (1 + asLarge) / (1 + sizes.length);
}

/** Most series of a history are as long, and few have ties: shuffled once. */
const known = new Map<string, Shuffled>();
const KNOWN_MAX = 100;

/** Ties that narrow the rank sums by less than this share are as if there were none. */
const TIES_THAT_COUNT = 0.001;

function shuffledSizes(ranks: Ranks): Shuffled {
  const count = ranks.doubled.length;
  const few = tieTerm(ranks.ties) < TIES_THAT_COUNT * tieTerm([count]);
  const { doubled, ties } = few ? rank(ranks.doubled.map((_, place) => place)) : ranks;
  const key = ties.join(' ');
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= KNOWN_MAX) known.clear();
  const sorted = Float64Array.from(doubled).sort();
  const weights = weightsOf(sorted.length);
  const all = sorted.length <= ENUMERATED_MAX;
  const orders = all ? allOrders(sorted) : drawnOrders(sorted);
  const sizes: number[] = [];
  const splitSizes: number[] = [];
  for (const order of orders) {
    const { size, splitSize } = largest(order, weights);
    sizes.push(size);
    splitSizes.push(splitSize);
  }
  const shuffled = {
    sizes: Float64Array.from(sizes).sort(),
    splitSizes: Float64Array.from(splitSizes).sort(),
    all,
  };
  known.set(key, shuffled);
  return shuffled;
}

/** Each in the place of the one before. */
function* drawnOrders(values: Float64Array): Generator<Float64Array> {
  const random = new Random(SEED, values.length);
  const affordable = Math.floor(STRETCHES_MAX / (values.length * values.length));
  const draws = Math.max(DRAWS_MIN, Math.min(DRAWS_MAX, affordable));
  for (let draw = 0; draw < draws; draw += 1) {
    for (let place = values.length - 1; place > 0; place -= 1) {
      swap(values, place, random.below(place + 1));
    }
    yield values;
  }
}

/** Heap's (1963) way through all orders, one exchange apart. */
function* allOrders(values: Float64Array): Generator<Float64Array> {
  assert(values.length <= ENUMERATED_MAX, `${values.length} values have too many orders`);
  yield values;
  const turns = values.map(() => 0);
  let place = 1;
  while (place < values.length) {
    const turn = turns[place] ?? 0;
    if (turn >= place) {
      turns[place] = 0;
      place += 1;
      continue;
    }
    swap(values, place % 2 === 0 ? 0 : turn, place);
    yield values;
    turns[place] = turn + 1;
    place = 1;
  }
}

function swap(values: Float64Array, one: number, other: number): void {
  const moved = values[one] ?? 0;
  values[one] = values[other] ?? 0;
  values[other] = moved;
}

/** The smallest p that a series of so many values can give; 1: none at all. */
export function attainableChangeP(count: number): number {
  if (count < 2 * STRETCH_MIN) return 1;
  const rising = Array.from({ length: count }, (_, place) => place);
  return changePoint(rising)?.p ?? 1;
}
