/** In which order a job's I/Os visit its region: from what a job says to positions. */

import { assert } from '../units/assert.ts';
import type { Distribution, Zone } from '../units/distribution.ts';
import type { Bytes } from '../units/quantity.ts';
import { type Draw, EachOnceDraw, EvenDraw } from './draw.ts';
import { DrawnPositions } from './drawn.ts';
import { PlainPositions, type Positions } from './positions.ts';
import { NormalDraw, ParetoDraw, ZipfDraw } from './skewed-draw.ts';
import { StridedPositions } from './stride.ts';
import { type ZoneBlocks, ZonedDraw } from './zoned-draw.ts';

/** What an order has beside being random or not. */
export interface OrderSpec {
  /** Sequential: the gap between two blocks; below 0 backwards. 0: none. */
  readonly strideBytes: Bytes;
  /** Random: I/Os for each offset that is drawn. */
  readonly runIos: number;
  /** Random: percent of the offsets that are. */
  readonly percentRandom: { readonly read: number; readonly write: number; readonly copy: number };
  readonly distribution: Distribution;
}

export const PLAIN_ORDER: OrderSpec = {
  strideBytes: 0,
  runIos: 1,
  percentRandom: { read: 100, write: 100, copy: 100 },
  distribution: { kind: 'random' },
};

export interface RegionSpec {
  readonly sizeBytes: Bytes;
  readonly blockBytes: { readonly read: Bytes; readonly write: Bytes; readonly copy: Bytes };
  readonly random: boolean;
  readonly norandommap: boolean;
  readonly order: OrderSpec;
  readonly seeds: readonly number[];
}

/** Of the streams that draw, by direction: numbers of the slots. */
const STREAMS = { read: 0, write: 1, copy: 2 } as const;
/** Zones are given by read, write, trim, copy. */
const ZONES = { read: 0, write: 1, copy: 3 } as const;
/** Tells the stream of places from those of the directions. */
const PLACES = 0x686f_7421;

export function positionsOf(spec: RegionSpec, direction: 'read' | 'write' | 'copy'): Positions {
  const { order, random, sizeBytes } = spec;
  const { strideBytes, runIos, distribution } = order;
  const blockBytes = spec.blockBytes[direction];
  const seeds = [...spec.seeds, STREAMS[direction]];
  const blocks = Math.floor(sizeBytes / blockBytes);
  if (!random && strideBytes !== 0) {
    return new StridedPositions(sizeBytes, blockBytes, strideBytes);
  }
  const percentRandom = order.percentRandom[direction];
  const plain = runIos === 1 && percentRandom === 100 && distribution.kind === 'random';
  if (plain || !random) {
    return new PlainPositions({ blocks, blockBytes, random, repeats: spec.norandommap, seeds });
  }
  const draw = drawOf(spec, direction, blocks, seeds);
  return new DrawnPositions({ blocks, blockBytes, runIos, percentRandom, seeds }, draw);
}

/** A random map is kept of even draws alone, as in fio: the others repeat blocks. */
function drawOf(
  { order: { distribution }, norandommap, seeds: jobSeeds, sizeBytes, blockBytes }: RegionSpec,
  direction: 'read' | 'write' | 'copy',
  blocks: number,
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
      return new ZonedDraw(zoneBlocks(zones, bytes, blockBytes[direction]), seeds);
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
