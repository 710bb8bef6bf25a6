import { expect, test } from 'vitest';
import { canonicalDistribution, parseDistribution } from '../../../src/units/distribution.ts';

function reading(text: string): string {
  const parsed = parseDistribution(text);
  return parsed.ok ? canonicalDistribution(parsed.value) : parsed.what;
}

test.each([
  ['random', 'random'],
  ['zipf', 'zipf:1.1'],
  ['zipf:1.20', 'zipf:1.2'],
  ['pareto', 'pareto:0.2'],
  ['pareto:.3', 'pareto:0.3'],
  ['normal', 'normal:0'],
  ['normal:20', 'normal:20'],
  ['zoned:60/10:30/20:8/30:2/40', 'zoned:60/10:30/20:8/30:2/40'],
  ['zoned:60/10:40/90,100/50,100/50', 'zoned:60/10:40/90,100/50'],
  ['zoned_abs:60/1024k:40/2g', 'zoned_abs:60/1m:40/2g'],
  // fio's rand-zones.fio: the last zone has what is left.
  ['zoned:50/5:30/15:20/', 'zoned:50/5:30/15:20/80'],
])('%s is %s', (text, canonical) => {
  expect(reading(text)).toBe(canonical);
  expect(reading(canonical)).toBe(canonical);
});

test.each([
  ['gauss', '"gauss" is not known; write one of random, zipf, pareto, normal, zoned, zoned_abs'],
  ['random:3', 'random takes no number; write random'],
  ['zipf:1.0', 'theta is 1; give one above 0, up to 10, and not 1'],
  ['zipf:0', 'theta is 0; give one above 0, up to 10, and not 1'],
  ['pareto:1', 'the number behind pareto is 1; give one between 0 and 1'],
  ['normal:100', 'the deviation is 100 %; give one from 0, below 100'],
  ['zipf:x', '"x" is not a number; write digits, with a decimal point if need be'],
  ['zoned', 'nothing is no zone; write ACCESS%/SIZE, such as 60/10'],
  ['zoned_abs:60', '"60" is no zone; write ACCESS%/SIZE, such as 60/1g'],
  ['zoned:60/0:40/10', '"60/0" is no zone; write ACCESS%/SIZE, such as 60/10'],
  ['zoned:60/10', 'the shares of accesses of "60/10" are 60 % together; make them 100'],
  ['zoned:60/:20/:20/', '"60/:20/:20/" leaves 100 % for 3 zones without a size; write their sizes'],
  ['zoned:60/60:40/50', 'the zones of "60/60:40/50" are 110 % together; 100 is the most'],
  [
    'zoned_abs:100/4q',
    '"4q" is not a size; write a whole number with k, m, g, t or p behind it, such as 4k',
  ],
  [
    'zoned:100/1,100/1,100/1,100/1,100/1',
    '"zoned:100/1,100/1,100/1,100/1,100/1" has 5 parts; at most four, by direction',
  ],
])('%s: %s', (text, sentence) => {
  expect(reading(text)).toBe(sentence);
});

test('a centre is well written, and not done', () => {
  const parsed = parseDistribution('zipf:1.2:0.25');
  expect(parsed).toEqual({
    ok: false,
    wellWritten: true,
    what: 'zipf:1.2:0.25 would put what is hot at a place of its own; write zipf:1.2',
  });
});
