/**
 * Which write of a clone each unit of its files holds. A write owns its units from when it is
 * issued; of two that were in flight at once nobody can say which one the unit holds, so neither
 * owns it. Kept in chunks, for the regions of jobs are large and sparse.
 */

const CHUNK_UNITS = 4096;
/** Chunks of a file have numbers of their own. */
const FILE_STRIDE = 68_719_476_736;

class Chunk {
  /** Number of the write, from 1; 0: none, or several. */
  readonly owner = new Float64Array(CHUNK_UNITS);
  readonly inFlight = new Uint16Array(CHUNK_UNITS);
}

export class UnitOwners {
  private readonly chunks = new Map<number, Chunk>();
  /** The one asked for last: an I/O's units lie in one or two. */
  private last = new Chunk();
  private lastPlace = -1;

  /** A write is issued. False: another one to one of its units is in flight. */
  begin(file: number, first: number, units: number, number: number): boolean {
    let alone = true;
    for (let unit = first; unit < first + units; unit += 1) {
      const chunk = this.chunk(file, unit);
      const at = unit % CHUNK_UNITS;
      const inFlight = chunk.inFlight[at] ?? 0;
      if (inFlight > 0) alone = false;
      chunk.inFlight[at] = inFlight + 1;
      chunk.owner[at] = number;
    }
    return alone;
  }

  /** A write has ended. False: another one to one of its units was issued meanwhile. */
  end(file: number, first: number, units: number, number: number): boolean {
    let alone = true;
    for (let unit = first; unit < first + units; unit += 1) {
      const chunk = this.chunk(file, unit);
      const at = unit % CHUNK_UNITS;
      chunk.inFlight[at] = (chunk.inFlight[at] ?? 0) - 1;
      if (chunk.owner[at] !== number) alone = false;
    }
    return alone;
  }

  /** Nobody knows what these hold; units that another write owns by now stay its own. */
  disown(file: number, first: number, units: number, number: number): void {
    for (let unit = first; unit < first + units; unit += 1) {
      const { owner } = this.chunk(file, unit);
      if (owner[unit % CHUNK_UNITS] === number) owner[unit % CHUNK_UNITS] = 0;
    }
  }

  /** Whether all of them hold this write. */
  holds(file: number, first: number, units: number, number: number): boolean {
    for (let unit = first; unit < first + units; unit += 1) {
      if (this.chunk(file, unit).owner[unit % CHUNK_UNITS] !== number) return false;
    }
    return true;
  }

  private chunk(file: number, unit: number): Chunk {
    const place = file * FILE_STRIDE + Math.floor(unit / CHUNK_UNITS);
    if (place === this.lastPlace) return this.last;
    let chunk = this.chunks.get(place);
    if (chunk === undefined) {
      chunk = new Chunk();
      this.chunks.set(place, chunk);
    }
    this.last = chunk;
    this.lastPlace = place;
    return chunk;
  }
}
