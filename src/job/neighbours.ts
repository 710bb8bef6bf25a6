/** The other jobs of the file, as far as this one can name them. */
export interface Neighbours {
  readonly earlier: readonly string[];
  readonly selected: readonly string[];
  readonly all: readonly string[];
}
