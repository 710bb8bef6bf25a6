/** In which order a job's I/Os visit its region: from what a job says to positions. */

import { assert } from '../units/assert.ts';
import type { Distribution, Zone } from '../units/distribution.ts';
import type { Bytes } from '../units/quantity.ts';
import type { Sizes } from '../units/sizes.ts';
import { type Draw, EachOnceDraw, EvenDraw } from './draw.ts';
import { DrawnPositions, DrawnTurns } from './drawn.ts';
import { PlainPositions, type Positions } from './positions.ts';
import { SizedDrawn, SizedMap, SizedSequence } from './sized.ts';
import { sizeDraw } from './sizes.ts';
import { NormalDraw, ParetoDraw, ZipfDraw } from './skewed-draw.ts';
import type { SlotDirection } from './slots.ts';
import { StridedPositions } from './stride.ts';
import { type ZoneBlocks, ZonedDraw } from './zoned-draw.ts';

/** What an order has beside being random or not. */
export interface OrderSpec {
  /** Sequential: the gap between two blocks; below 0 backwards. 0: none. */
  readonly strideBytes: Bytes;
  /** Random: I/Os for each offset that is drawn. */
  readonly runIos: number;
  /** Random: percent of the offsets that are. */
  readonly percentRandom: Readonly<Record<SlotDirection, number>>;
  readonly distribution: Distribution;
}

export const PLAIN_ORDER: OrderSpec = {
  strideBytes: 0,
  runIos: 1,
  percentRandom: { read: 100, write: 100, copy: 100, trim: 100 },
  distribution: { kind: 'random' },
};

/** How I/Os are sized and aligned where that is not all by one block size. */
export interface SizesSpec {
  /** At offsets that are drawn. */
  readonly drawn: Readonly<Record<SlotDirection, Sizes>>;
  /** Of those that follow the one before. */
  readonly following: Readonly<Record<SlotDirection, Sizes>>;
  /** What drawn offsets are multiples of; null: of the smallest size, and a random map is kept. */
  readonly alignBytes: Readonly<Record<SlotDirection, Bytes | null>>;
}

export interface RegionSpec {
  readonly sizeBytes: Bytes;
  /** Of one I/O, or the largest. */
  readonly blockBytes: Readonly<Record<SlotDirection, Bytes>>;
  /** null: I/Os of a direction are all of its blockBytes, and aligned to it. */
  readonly sizes: SizesSpec | null;
  readonly random: boolean;
  readonly norandommap: boolean;
  readonly order: OrderSpec;
  readonly seeds: readonly number[];
}

/** Of the streams that draw, by direction: numbers of the slots. */
const STREAMS = { read: 0, write: 1, copy: 2, trim: 3 } as const;
/** Zones are given by read, write, trim, copy. */
const ZONES = { read: 0, write: 1, trim: 2, copy: 3 } as const;
/** Tells the stream of places from those of the directions. */
const PLACES = 0x686f_7421;
/** Tells the sizes of I/Os that follow from those of the others. */
const FOLLOWING = 0x666f_6c6c;

export function positionsOf(spec: RegionSpec, direction: SlotDirection): Positions {
  const { order, random, sizeBytes } = spec;
  const { strideBytes, runIos, distribution } = order;
  const blockBytes = spec.blockBytes[direction];
  const seeds = [...spec.seeds, STREAMS[direction]];
  if (spec.sizes !== null) return sizedPositions(spec, spec.sizes, direction, seeds);
  const blocks = Math.floor(sizeBytes / blockBytes);
  if (!random && strideBytes !== 0) {
    return new StridedPositions(sizeBytes, blockBytes, strideBytes);
  }
  const percentRandom = order.percentRandom[direction];
  const plain = runIos === 1 && percentRandom === 100 && distribution.kind === 'random';
  if (plain || !random) {
    return new PlainPositions({ blocks, blockBytes, random, repeats: spec.norandommap, seeds });
  }
  const draw = drawOf(spec, direction, { blocks, blockBytes }, seeds);
  return new DrawnPositions({ blocks, blockBytes, runIos, percentRandom, seeds }, draw);
}

function sizedPositions(
  spec: RegionSpec,
  { drawn, following, alignBytes }: SizesSpec,
  direction: SlotDirection,
  seeds: readonly number[],
): Positions {
  const { order, random, sizeBytes } = spec;
  const { strideBytes, runIos, distribution } = order;
  const sizes = sizeDraw((random ? drawn : following)[direction], seeds);
  if (!random) return new SizedSequence(sizeBytes, sizes, strideBytes);
  const percentRandom = order.percentRandom[direction];
  const aligned = alignBytes[direction];
  const plain = runIos === 1 && percentRandom === 100 && distribution.kind === 'random';
  if (plain && !spec.norandommap && aligned === null) return new SizedMap(sizeBytes, sizes, seeds);
  const unitBytes = aligned ?? sizes.smallestBytes;
  const blocks = Math.floor((sizeBytes - sizes.smallestBytes) / unitBytes) + 1;
  const repeats = spec.norandommap || aligned !== null;
  const draw = drawOf(
    { ...spec, norandommap: repeats },
    direction,
    { blocks, blockBytes: unitBytes },
    seeds,
  );
  return new SizedDrawn(
    { sizeBytes, alignBytes: unitBytes },
    { drawn: sizes, following: sizeDraw(following[direction], [...seeds, FOLLOWING]) },
    new DrawnTurns({ runIos, percentRandom, seeds }),
    draw,
  );
}

/** What a draw counts in. */
interface Units {
  readonly blocks: number;
  readonly blockBytes: Bytes;
}

/** A random map is kept of even draws alone, as in fio: the others repeat blocks. */
function drawOf(
  { order: { distribution }, norandommap, seeds: jobSeeds, sizeBytes }: RegionSpec,
  direction: SlotDirection,
  { blocks, blockBytes }: Units,
  seeds: readonly number[],
): Draw {
  const places = [...jobSeeds, PLACES];
  switch (distribution.kind) {
    case 'random':
      return norandommap ? new EvenDraw(blocks, seeds) : new EachOnceDraw(blocks, seeds);
    case 'zipf':
      return new ZipfDraw(blocks, distribution.theta, seeds, places);
    case 'pareto':
      return new ParetoDraw(blocks, distribution.h, seeds, places);
    case 'normal':
      return new NormalDraw(blocks, distribution.deviationPercent, seeds, places);
    case 'zoned': {
      const zones = distribution.zones[ZONES[direction]] ?? [];
      const bytes = (size: number) =>
        distribution.sizes === 'percent' ? (sizeBytes * size) / 100 : size;
      return new ZonedDraw(zoneBlocks(zones, bytes, blockBytes), seeds);
    }
  }
}

/** A zone begins with the whole block that its first byte is in. */
function zoneBlocks(
  zones: readonly Zone[],
  bytes: (size: number) => Bytes,
  blockBytes: Bytes,
): readonly ZoneBlocks[] {
  let end = 0;
  let first = 0;
  return zones.map(({ accessPercent, size }) => {
    end += size;
    const begin = first;
    first = Math.floor(bytes(end) / blockBytes);
    assert(first > begin || accessPercent === 0, 'a zone holds a block');
    return { accessPercent, first: begin, blocks: first - begin };
  });
}
