/** One end of a job's I/O, as far as its region asks: a device, or the real files of its clones. */

export interface Side {
  /** For messages; where each clone has a file of its own, the first. */
  readonly name: string;
  /** What tells files apart: one for all clones, or one for each. */
  readonly keys: readonly string[];
  /** What is there, which shares are taken of; 0: nothing yet. */
  readonly sizeBytes: number;
  /** No region may reach further; Infinity: it is a file, and grows. */
  readonly endBytes: number;
  /** What offsets and lengths are multiples of. */
  readonly blockBytes: number;
}

/** What a job reads or writes, and where its copies go: the same, unless dest_filename is given. */
export interface Target {
  readonly host: string;
  readonly source: Side;
  readonly destination: Side;
}

/** Whether some clone's copies go to a file that some clone reads. */
export function sharesFile(target: Target, numjobs: number): boolean {
  return nearest(target, 0, 0, numjobs) !== Infinity;
}

/**
 * The least distance from any clone's source to any clone's destination in the same file: they are
 * `distance` apart, and each further clone is moved on by `increment`. Infinity: they share none.
 */
export function nearest(
  { source, destination }: Target,
  distance: number,
  increment: number,
  numjobs: number,
): number {
  const [from] = source.keys;
  const [to] = destination.keys;
  if (source.keys.length === 1 && destination.keys.length === 1) {
    return from === to ? nearestClone(distance, increment, numjobs) : Infinity;
  }
  // On one side each key comes once: these loops meet each clone once.
  const writers = clonesByKey(destination, numjobs);
  let least = Infinity;
  for (const [key, readers] of clonesByKey(source, numjobs)) {
    for (const reader of readers) {
      for (const writer of writers.get(key) ?? []) {
        const apart = distance + (writer - reader) * increment;
        if (Math.abs(apart) < Math.abs(least)) least = apart;
      }
    }
  }
  return least;
}

function clonesByKey({ keys }: Side, numjobs: number): Map<string, readonly number[]> {
  const clones = Array.from({ length: numjobs }, (_, clone) => clone);
  const [only] = keys;
  if (keys.length === 1 && only !== undefined) return new Map([[only, clones]]);
  return new Map(keys.map((key, clone) => [key, [clone]]));
}

/** They are (a - b) steps apart. */
function nearestClone(distance: number, increment: number, numjobs: number): number {
  if (increment === 0) return distance;
  const steps = Math.round(distance / increment);
  const within = Math.max(1 - numjobs, Math.min(numjobs - 1, steps));
  return distance - within * increment;
}
