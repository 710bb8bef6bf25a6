import { expect, test } from 'vitest';
import {
  canonicalSteadyCriterion,
  parseSteadyCriterion,
  type SteadyCriterion,
} from '../../../src/units/steady-criterion.ts';

test.each<[string, SteadyCriterion, string]>([
  ['iops:10', { figure: 'iops', slope: false, limit: 10, percent: false }, 'iops:10'],
  ['iops:0.5%', { figure: 'iops', slope: false, limit: 0.5, percent: true }, 'iops:0.5%'],
  ['iops_slope:2', { figure: 'iops', slope: true, limit: 2, percent: false }, 'iops_slope:2'],
  ['bw:1m', { figure: 'bw', slope: false, limit: 1_048_576, percent: false }, 'bw:1m'],
  ['bw_slope:3%', { figure: 'bw', slope: true, limit: 3, percent: true }, 'bw_slope:3%'],
  ['lat:10', { figure: 'lat', slope: false, limit: 10_000, percent: false }, 'lat:10us'],
  ['lat_slope:1ms', { figure: 'lat', slope: true, limit: 1e6, percent: false }, 'lat_slope:1ms'],
])('%s', (text, criterion, canonical) => {
  expect(parseSteadyCriterion(text)).toEqual({ ok: true, value: criterion });
  expect(canonicalSteadyCriterion(criterion)).toBe(canonical);
  expect(parseSteadyCriterion(canonical)).toEqual({ ok: true, value: criterion });
});

test.each([
  ['cpu:1', '"cpu" is not known; write one of iops, iops_slope, bw, bw_slope, lat, lat_slope'],
  ['iops', '"iops" has no limit; write one, as iops:1%'],
  ['iops:', '"iops:" has no limit; write one, as iops:1%'],
  ['iops:0%', '"iops:0%" is never reached: it asks for less than 0%; give more'],
  ['iops:1k', '"1k" is not a number; write digits, with a decimal point if need be'],
  ['bw:x%', '"x" is not a number; write digits, with a decimal point if need be'],
])('%s is refused', (text, what) => {
  expect(parseSteadyCriterion(text)).toMatchObject({ ok: false, what });
});
