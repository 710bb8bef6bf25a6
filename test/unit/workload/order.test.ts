import { expect, test } from 'vitest';
import { type Distribution, parseDistribution } from '../../../src/units/distribution.ts';
import {
  type OrderSpec,
  PLAIN_ORDER,
  positionsOf,
  type RegionSpec,
} from '../../../src/workload/order.ts';
import { zeta } from '../../../src/workload/skewed-draw.ts';

const BLOCK = 4096;

interface Asked extends Partial<Omit<RegionSpec, 'order'>> {
  readonly blocks: number;
  readonly order?: Partial<OrderSpec>;
}

/** Blocks that so many I/Os visit. */
function visit(
  { blocks, order = {}, ...spec }: Asked,
  ios = blocks,
  direction: 'read' | 'write' = 'read',
): number[] {
  const positions = positionsOf(
    {
      sizeBytes: blocks * BLOCK,
      blockBytes: { read: BLOCK, write: BLOCK, copy: BLOCK, trim: BLOCK },
      sizes: null,
      random: true,
      norandommap: false,
      seeds: [1, 0, 1],
      ...spec,
      order: { ...PLAIN_ORDER, ...order },
    },
    direction,
  );
  return Array.from({ length: ios }, () => positions.next());
}

function spread(text: string): Distribution {
  const parsed = parseDistribution(text);
  if (!parsed.ok) throw new Error(parsed.what);
  return parsed.value;
}

/** How often each block is visited, most first. */
function counts(visited: readonly number[]): number[] {
  const found = new Map<number, number>();
  for (const block of visited) found.set(block, (found.get(block) ?? 0) + 1);
  return [...found.values()].sort((left, right) => right - left);
}

const BLOCKS = 16_384;
const IOS = 524_288;
const SHARES = [0.001, 0.01, 0.05, 0.1, 0.2, 0.5];

// Shares of the I/Os that the most visited 0.1, 1, 5, 10, 20 and 50 % of the blocks have in fio 3.33,
// and the share of blocks that are visited at all:
//   fio --name=a --ioengine=null --filename=x --size=64m --io_size=2g --bs=4k --rw=randread
//     --random_distribution=WHICH --write_iolog=log
function expectCurve(text: string, touched: number, curve: readonly number[], within: number) {
  const hits = counts(visit({ blocks: BLOCKS, order: { distribution: spread(text) } }, IOS));
  for (const [place, expected] of curve.entries()) {
    const most = hits.slice(0, Math.round((SHARES[place] ?? 0) * BLOCKS));
    const share = most.reduce((sum, hit) => sum + hit, 0) / IOS;
    expect(Math.abs(share / expected - 1), `${text} at ${place}: ${share}`).toBeLessThan(within);
  }
  expect(Math.abs(hits.length / BLOCKS / touched - 1)).toBeLessThan(0.02);
}

test.each([
  ['zipf:1.2', 0.8457, [0.5818, 0.7896, 0.8861, 0.9198, 0.9496, 0.985]],
  ['zipf:1.1', 0.9515, [0.4635, 0.6862, 0.813, 0.8624, 0.9092, 0.9679]],
  ['zipf:0.9', 0.9989, [0.2342, 0.4349, 0.6042, 0.6864, 0.7757, 0.9058]],
  ['zipf:0.5', 1, [0.026911, 0.09639, 0.221811, 0.316366, 0.450924, 0.721182]],
  ['zipf:2', 0.052, [0.9698, 0.9973, 0.9999, 1, 1, 1]],
  ['pareto:0.1', 0.9227, [0.7281, 0.8098, 0.8726, 0.9015, 0.9322, 0.9756]],
  ['pareto:0.2', 0.998, [0.3822, 0.5283, 0.6608, 0.7282, 0.8035, 0.9172]],
  ['pareto:0.4', 0.9999, [0.020939, 0.077087, 0.19017, 0.280401, 0.414871, 0.696268]],
])('%s has the hit curve of fio, to 2 %%', (text, touched, curve) => {
  expectCurve(text, touched, curve, 0.02);
});

// Flat, so that the first share is of 1,400 I/Os, whose number is known to 3 %.
test.each([
  ['normal', 0.5393, [0.005512, 0.052483, 0.24094, 0.451641, 0.769115, 0.998772]],
  ['normal:20', 0.6377, [0.004566, 0.043711, 0.200571, 0.378265, 0.672024, 0.989719]],
  ['normal:35', 0.7584, [0.003487, 0.03285, 0.150925, 0.2871, 0.53223, 0.953573]],
  ['normal:70', 0.8863, [0.002705, 0.025297, 0.116398, 0.222334, 0.41814, 0.869915]],
  ['normal:50', 0.8863, [0.002705, 0.025297, 0.116398, 0.222334, 0.41814, 0.869915]],
])('%s has the hit curve of fio, to 3 %%', (text, touched, curve) => {
  expectCurve(text, touched, curve, 0.03);
});

test('what is hot lies scattered, and is the same for reads and writes, another for each clone', () => {
  const order = { distribution: spread('zipf:1.2') };
  const hottest = (visited: readonly number[]): number => {
    const hits = new Map<number, number>();
    for (const block of visited) hits.set(block, (hits.get(block) ?? 0) + 1);
    return [...hits].reduce((most, next) => (next[1] > most[1] ? next : most))[0];
  };
  const reads = visit({ blocks: 1000, order }, 5000);
  const writes = visit({ blocks: 1000, order }, 5000, 'write');
  expect(hottest(writes)).toBe(hottest(reads));
  expect(writes).not.toEqual(reads);
  expect(hottest(visit({ blocks: 1000, order, seeds: [1, 1, 1] }, 5000))).not.toBe(hottest(reads));
  expect(hottest(reads)).not.toBe(0);
});

test.each(['zipf:0.5', 'zipf:9.9', 'pareto:0.01', 'pareto:0.99', 'normal:99'])(
  '%s stays in regions of any size',
  (text) => {
    const order = { distribution: spread(text) };
    for (const blocks of [1, 2, 3, 5, 100]) {
      for (const block of visit({ blocks, order }, 500)) {
        expect(Number.isInteger(block) && block >= 0 && block < blocks, `${block}`).toBe(true);
      }
    }
    const far = visit({ blocks: 2 ** 40, order }, 500);
    expect(Math.max(...far)).toBeLessThan(2 ** 40);
  },
);

test.each([
  ['zoned:60/10:30/20:8/30:2/40', 'read', [0.6, 0.3, 0.08, 0.02]],
  ['zoned:60/10:30/20:8/30:2/40,0/10:0/20:10/30:90/40', 'write', [0, 0, 0.1, 0.9]],
  ['zoned_abs:60/400k:30/800k:8/1200k:2/1600k', 'read', [0.6, 0.3, 0.08, 0.02]],
] as const)('%s: %s', (text, direction, expected) => {
  const order = { distribution: spread(text) };
  const zones = [0, 0, 0, 0];
  for (const block of visit({ blocks: 1000, order }, 100_000, direction)) {
    const zone = block < 100 ? 0 : block < 300 ? 1 : block < 600 ? 2 : 3;
    zones[zone] = (zones[zone] ?? 0) + 1;
  }
  for (const [zone, share] of expected.entries()) {
    expect(Math.abs((zones[zone] ?? 0) / 100_000 - share)).toBeLessThan(0.005);
  }
});

// As fio 3.33, but for what it draws: --rw=randread:8 --bs=4k --size=128k --debug=io.
test('draws for each eighth I/O; the others follow, and at the end another is drawn', () => {
  const visited = visit({ blocks: 4096, order: { runIos: 8 } }, 4096);
  const begins = visited.filter((_, io) => io % 8 === 0);
  expect(new Set(begins).size).toBe(512);
  for (const [io, block] of visited.entries()) {
    if (io % 8 === 0 || visited[io - 1] === 4095) continue;
    expect(block).toBe((visited[io - 1] ?? 0) + 1);
  }
});

test('each block once a pass where runs are of one, with the map, and not without it', () => {
  expect(new Set(visit({ blocks: 512 })).size).toBe(512);
  expect(new Set(visit({ blocks: 512, norandommap: true })).size).toBeLessThan(512);
  const runs = { order: { runIos: 2 }, blocks: 512 };
  const drawn = (norandommap: boolean) =>
    visit({ ...runs, norandommap }, 1024).filter((_, io) => io % 2 === 0);
  expect(new Set(drawn(false)).size).toBeGreaterThan(508);
  expect(new Set(drawn(true)).size).toBeLessThan(400);
});

test('percentage_random: the others follow the I/O before; 0 is in order from the start', () => {
  const percent = (read: number) => ({ percentRandom: { read, write: 100, copy: 100, trim: 100 } });
  const blocks = 1_000_000;
  expect(visit({ blocks, order: percent(0) }, 5)).toEqual([0, 1, 2, 3, 4]);
  const visited = visit({ blocks, order: percent(30) }, 100_000);
  const follow = visited.filter((block, io) => block === (visited[io - 1] ?? -1) + 1).length;
  expect(Math.abs(follow / 100_000 - 0.7)).toBeLessThan(0.01);
});

test('a plain order draws what it always drew', () => {
  expect(visit({ blocks: 8, random: false })).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(visit({ blocks: 8, random: false, order: { runIos: 8 } }, 3)).toEqual([0, 1, 2]);
});

// Python's decimal, 30 digits, term by term.
test.each([
  [5000, 1.2, 4.68131854457851570572],
  [5000, 0.5, 139.968072678460657698],
  [20_000, 0.9, 17.4916854663929797198],
  [300, 2, 1.64160628289762278165],
])('zeta of %d terms, theta %d', (n, theta, expected) => {
  expect(Math.abs(zeta(n, theta) / expected - 1)).toBeLessThan(1e-12);
});
