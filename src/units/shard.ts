/**
 * A share of a list that several machines work off: places are dealt in rounds, one to each shard,
 * and each round begins one shard further on. So the sizes of shards differ by one at most, and an
 * axis of a sweep whose length is a multiple of their count does not put all points of its slowest
 * value into one shard. Plain arithmetic on places: who merges needs no list of who had what.
 */

/** `2/4`: the second of four. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

export type ParsedShard =
  | { readonly ok: true; readonly shard: Shard }
  | { readonly ok: false; readonly what: string };

export function parseShard(text: string): ParsedShard {
  const [, indexText = '', countText = ''] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (indexText === '') return { ok: false, what: 'write i/n, as 2/4 for the second of four' };
  const [index, count] = [Number(indexText), Number(countText)];
  if (!Number.isSafeInteger(count)) return { ok: false, what: 'nobody has so many shards' };
  if (count === 0) return { ok: false, what: 'of no shard there is none; 1/1 is all' };
  if (index >= 1 && index <= count) return { ok: true, shard: { index, count } };
  const which = count === 1 ? 'the only one is 1/1' : `they are 1/${count} to ${count}/${count}`;
  return { ok: false, what: `there is no such shard; ${which}` };
}

export function formatShard({ index, count }: Shard): string {
  return `${index}/${count}`;
}

/** Whether the place, from 0, is one of this shard's. */
export function holdsPlace({ index, count }: Shard, place: number): boolean {
  const round = Math.floor(place / count);
  return (place + round) % count === index - 1;
}

/** The place, in the whole list, of what is the nth of the shard, from 0. */
export function placeOf({ index, count }: Shard, nth: number): number {
  const withinRound = (index - 1 - (nth % count) + count) % count;
  return nth * count + withinRound;
}

/** How many of so many places the shard has. */
export function shareOf(shard: Shard, places: number): number {
  const rounds = Math.floor(places / shard.count);
  return rounds + (placeOf(shard, rounds) < places ? 1 : 0);
}
