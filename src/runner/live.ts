/** What the clones on real targets have done so far, for whoever shows how far a run is. */

export interface Live {
  readonly ios: number;
  readonly bytes: number;
}

/** null: nothing runs that tells. */
export type ReadLive = () => Live | null;
