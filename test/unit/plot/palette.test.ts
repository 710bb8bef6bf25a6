import { expect, test } from 'vitest';
import { looksOf } from '../../../src/plot/palette.ts';
import { THEME_COLOURS } from '../../../src/plot/theme.ts';

const PATHS = ['offload', 'emulation', 'read-write'];

test('a path looks the same whatever stands beside it, and as a ratio', () => {
  const [offload] = looksOf(PATHS);
  expect(looksOf(['no path', 'offload'])[1]).toEqual(offload);
  expect(looksOf(['offload ÷ read-write'])[0]).toEqual(offload);
});

test('eight series are told apart by shape or dash alone', () => {
  const names = [...PATHS, 'a', 'b', 'c', 'd', 'e'];
  const looks = looksOf(names).map(({ shape, dash }) => `${shape} ${dash.join()}`);
  expect(new Set(looks).size).toBe(names.length);
});

/** WCAG 2.2, 1.4.11: 3:1 for what one has to see to understand a picture. */
test.each(['light', 'dark'] as const)('colours stand out from the %s background', (theme) => {
  const { background } = THEME_COLOURS[theme];
  const looks = looksOf([...PATHS, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
  for (const { colour } of looks) expect(contrast(colour, background)).toBeGreaterThanOrEqual(3);
});

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (Number(light) + 0.05) / (Number(dark) + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
