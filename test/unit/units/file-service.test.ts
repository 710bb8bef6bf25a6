import { expect, test } from 'vitest';
import { canonicalFileService, parseFileService } from '../../../src/units/file-service.ts';

test.each([
  ['roundrobin', 'roundrobin', { kind: 'roundrobin', ios: 1 }],
  ['roundrobin:1', 'roundrobin', { kind: 'roundrobin', ios: 1 }],
  ['roundrobin:8', 'roundrobin:8', { kind: 'roundrobin', ios: 8 }],
  ['random:4', 'random:4', { kind: 'random', ios: 4 }],
  ['sequential:4', 'sequential', { kind: 'sequential', ios: 4 }],
  ['zipf', 'zipf:1.1', { kind: 'skewed', skew: { kind: 'zipf', theta: 1.1 } }],
  ['pareto:0.3', 'pareto:0.3', { kind: 'skewed', skew: { kind: 'pareto', h: 0.3 } }],
  ['gauss:10', 'normal:10', { kind: 'skewed', skew: { kind: 'normal', deviationPercent: 10 } }],
])('%s is %s', (text, canonical, value) => {
  const parsed = parseFileService(text);
  expect(parsed).toEqual({ ok: true, value });
  if (!parsed.ok) return;
  expect(canonicalFileService(parsed.value)).toBe(canonical);
});

test.each([
  ['', 'is not known; write one of roundrobin, sequential'],
  ['randomly', 'is not known'],
  ['random:abc', '"abc" is not a whole number'],
  ['roundrobin:0', '0 is no number of I/Os; give at least 1'],
  ['random:4:4', '"4:4" is not a whole number'],
  ['zipf:1', 'theta is 1; give one above 0'],
  ['pareto:1.5', 'the number behind pareto is 1.5'],
  ['gauss:120', 'the deviation is 120 %'],
  ['zipf:1.2:0.5', 'would put what is hot at a place of its own'],
  ['zoned:100/100', 'is not known'],
])('%s is refused', (text, what) => {
  const parsed = parseFileService(text);
  if (parsed.ok) throw new Error('accepted');
  expect(parsed.what).toContain(what);
});
