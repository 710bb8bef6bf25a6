/**
 * Colour, shape and dash of a series: three ways to tell it, for eyes and printers without colour.
 * Colours are those of Okabe & Ito (Color Universal Design, 2008), which colour-blind people tell
 * apart; all have a contrast of 3:1 on both backgrounds. A path looks the same in every figure.
 */

export interface Look {
  readonly colour: string;
  /** A symbol of Vega. */
  readonly shape: string;
  /** Lengths of stroke and gap; empty: solid. */
  readonly dash: readonly number[];
}

const PATH_LOOKS: ReadonlyMap<string, Look> = new Map([
  ['offload', { colour: '#0b7fc4', shape: 'circle', dash: [] }],
  ['emulation', { colour: '#009e73', shape: 'square', dash: [6, 3] }],
  ['read-write', { colour: '#d55e00', shape: 'triangle-up', dash: [2, 3] }],
]);

/** Of what is no path: other colours first, so that nobody takes one for a path. */
const OTHER_LOOKS: readonly Look[] = [
  { colour: '#b8609a', shape: 'diamond', dash: [] },
  { colour: '#bb8200', shape: 'cross', dash: [6, 3] },
  { colour: '#3f97c9', shape: 'triangle-down', dash: [2, 3] },
  { colour: '#7a828c', shape: 'circle', dash: [8, 3, 2, 3] },
  { colour: '#009e73', shape: 'triangle-right', dash: [4, 2] },
  { colour: '#d55e00', shape: 'square', dash: [10, 4] },
  { colour: '#0b7fc4', shape: 'triangle-left', dash: [1, 2] },
  { colour: '#8f8a1f', shape: 'triangle-up', dash: [6, 2, 1, 2, 1, 2] },
];

/** One look per name; offload, emulation and read-write keep theirs. */
export function looksOf(names: readonly string[]): readonly Look[] {
  let next = 0;
  return names.map((name) => {
    // A ratio of paths, `offload ÷ read-write`, has the look of the path above the line.
    const known = PATH_LOOKS.get(name.split(' ')[0] ?? '');
    if (known !== undefined) return known;
    const look = OTHER_LOOKS[next % OTHER_LOOKS.length] ?? OTHER_LOOKS[0];
    next += 1;
    return look ?? { colour: '#7a828c', shape: 'circle', dash: [] };
  });
}
